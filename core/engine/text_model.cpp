#include "core/engine/text_model.hpp"

#include <algorithm>

#include "core/library/json.hpp"

namespace hub::engine {
namespace {

/// More than any model that fits into a page has.
constexpr std::uint64_t most_dimensions = 4096;
constexpr std::uint64_t most_pieces_of_a_text = 8192;

std::string text_in(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::uint64_t count_in(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

bool is_hash(std::string_view text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

Expected<TextModel> read_text_model(std::string_view json) {
  const auto whole = parse_json(json);
  if (!whole || !whole->is_object() || !whole->contains("text") || !(*whole)["text"].is_object())
    return failure("bad_model", "models.json names no text model.");
  const Json& told = (*whole)["text"];
  TextModel model{text_in(told, "name"),
                  text_in(told, "licence"),
                  text_in(told, "hash"),
                  count_in(told, "download_bytes"),
                  count_in(told, "memory_bytes"),
                  static_cast<std::size_t>(std::min(count_in(told, "dimensions"), most_dimensions + 16)),
                  0};
  const std::uint64_t pieces = count_in(told, "most_pieces");
  if (model.name.empty() || !is_hash(model.hash) || model.download_bytes == 0)
    return failure("bad_model", "models.json lacks the name, the hash or the size of its text model.");
  if (model.dimensions == 0 || model.dimensions % 16 != 0 || model.dimensions > most_dimensions)
    return failure("bad_model", "The text model’s vectors have a number of dimensions that this page cannot use.");
  if (pieces < 3 || pieces > most_pieces_of_a_text)
    return failure("bad_model", "The text model takes texts of a length that this page cannot use.");
  model.most_pieces = static_cast<std::size_t>(pieces);
  return model;
}

}  // namespace hub::engine
