#include "wasm/ui/moves.hpp"

#include <algorithm>

#include "wasm/ui/views/words.hpp"

namespace hub::ui {

void Moves::begin(std::string_view item_id) {
  rated_ = std::string(item_id);
  before_.clear();
}

void Moves::note(std::uint64_t key, float before) {
  if (rated_) before_.try_emplace(key, before);
}

std::string words_of(std::string_view whose, const Moves::Told& told, std::size_t most) {
  if (told.count == 0) return {};
  std::string words = std::string(whose) + " moved " + words::count(told.count, noun_of(told.type, false), noun_of(told.type, true));
  for (std::size_t i = 0; i < std::min(most, told.most.size()); ++i) {
    const Move& move = told.most[i];
    // Bound by no-break spaces: an arrow at the end of a line points nowhere.
    words += (i == 0 ? ": " : ", ") + move.title + " " + words::number(static_cast<double>(move.before), 2) + "\u00a0→\u00a0" +
             words::number(static_cast<double>(move.after), 2);
  }
  return words;
}

}  // namespace hub::ui
