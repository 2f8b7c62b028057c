#include "core/engine/model_entry.hpp"

#include <algorithm>

namespace hub::engine {
namespace {

/// More than any model that fits into a page has.
constexpr std::uint64_t most_dimensions = 4096;

std::string text_in(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool is_hash(std::string_view text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

std::uint64_t count_in(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

Expected<ModelEntry> model_entry(const Json& json, std::string_view what) {
  const std::string named(what);
  if (!json.is_object()) return failure("bad_model", "models.json names no " + named + ".");
  ModelEntry entry{text_in(json, "name"),          text_in(json, "licence"),
                   text_in(json, "hash"),          count_in(json, "download_bytes"),
                   count_in(json, "memory_bytes"), static_cast<std::size_t>(std::min(count_in(json, "dimensions"), most_dimensions + 16))};
  if (entry.name.empty() || !is_hash(entry.hash) || entry.download_bytes == 0)
    return failure("bad_model", "models.json lacks the name, the hash or the size of its " + named + ".");
  if (entry.dimensions == 0 || entry.dimensions % 16 != 0 || entry.dimensions > most_dimensions)
    return failure("bad_model", "The " + named + "’s vectors have a number of dimensions that this page cannot use.");
  return entry;
}

}  // namespace hub::engine
