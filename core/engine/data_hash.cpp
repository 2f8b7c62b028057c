#include "core/engine/data_hash.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include "core/library/event_text.hpp"

namespace hub::engine {
namespace {

/// Facts of works that are not in use any more are forgotten with all others, once there are so many.
constexpr std::size_t most_known = 50'000;

}  // namespace

std::uint64_t DataHash::facts(const Works::Ref& item) {
  if (known_.size() > most_known) known_.clear();
  const auto [place, fresh] = known_.try_emplace(item, 0);
  if (fresh) place->second = key_of(item_text(*item));
  return place->second;
}

std::string DataHash::of(MediaType type, const Library& library, const Works& works) {
  std::vector<std::string> lines;
  std::array<char, 96> text{};
  for (const Entry* entry : library.entries()) {
    if (!entry->rating) continue;
    const auto item = works.find(entry->item->id);
    if (!item) continue;
    std::snprintf(text.data(), text.size(), " %016llx %.17g ", static_cast<unsigned long long>(facts(item)), entry->rating->normalised());
    lines.push_back(item->id + text.data() + entry->rating->date + "\n");
  }
  std::sort(lines.begin(), lines.end());
  std::string all(name_of(type));
  for (const auto& line : lines) all += line;
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(works.corpus().fingerprint()));
  all += text.data();
  std::snprintf(text.data(), text.size(), "%016llx", key_of(all));
  return text.data();
}

}  // namespace hub::engine
