#include "core/imports/item_ids.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/imports/words.hpp"
#include "core/library/search.hpp"
#include "core/library/text.hpp"

namespace hub::imports {
namespace {

/// Services whose ids name works, not editions of them.
constexpr std::array<std::string_view, 4> own_ids{"tmdb", "myanimelist", "anilist", "trakt"};

}  // namespace

std::string key_from(std::string_view text, std::size_t most) {
  std::string key = normalised_text(text);
  std::replace(key.begin(), key.end(), ' ', '-');
  if (key.empty() && !text.empty()) key = comparable(text);
  if (key.empty() || key.size() > most) {
    char hash[20];
    std::snprintf(hash, sizeof hash, "%016llx", key_of(text));
    key = clean_text(std::move(key), most - 17);
    key += (key.empty() ? "" : "-") + std::string(hash);
  }
  return key;
}

std::string_view without_series(std::string_view title) {
  if (!title.ends_with(')')) return title;
  const std::size_t open = title.rfind('(');
  if (open == std::string_view::npos || open == 0) return title;
  const std::string_view series = title.substr(open);
  return series.find('#') != std::string_view::npos ? trimmed(title.substr(0, open)) : title;
}

bool is_by_words(std::string_view item_id) {
  return item_id.find("--") != std::string_view::npos;
}

std::string id_of(const Item& item) {
  std::string id = std::string(name_of(item.type)) + "/";
  if (const auto imdb = item.ids.find("imdb"); imdb != item.ids.end()) return id + imdb->second;
  for (std::string_view service : own_ids)
    if (const auto own = item.ids.find(std::string(service)); own != item.ids.end())
      return id + std::string(service) + ":" + key_from(own->second);
  id += key_from(without_series(item.title)) + "--";
  const bool by_creator = item.type == MediaType::book || item.type == MediaType::album;
  if (by_creator && !item.creators.empty()) id += key_from(item.creators.front().name, 50);
  if (item.type != MediaType::book && item.year) id += (by_creator ? "-" : "") + std::to_string(*item.year);
  return id;
}

}  // namespace hub::imports
