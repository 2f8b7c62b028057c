#include "core/engine/text_model.hpp"

#include "core/engine/model_entry.hpp"

namespace hub::engine {

Expected<TextModel> read_text_model(std::string_view json) {
  constexpr std::uint64_t most_pieces_of_a_text = 8192;
  const auto whole = parse_json(json);
  const Json told = whole && whole->is_object() && whole->contains("text") ? (*whole)["text"] : Json();
  auto entry = model_entry(told, "text model");
  if (!entry) return tl::unexpected(entry.error());
  const std::uint64_t pieces = count_in(told, "most_pieces");
  if (pieces < 3 || pieces > most_pieces_of_a_text)
    return failure("bad_model", "The text model takes texts of a length that this page cannot use.");
  return TextModel{std::move(entry->name), std::move(entry->licence), std::move(entry->hash),          entry->download_bytes,
                   entry->memory_bytes,    entry->dimensions,         static_cast<std::size_t>(pieces)};
}

}  // namespace hub::engine
