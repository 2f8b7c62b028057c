#include "core/features/byte_pairs.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/features/byte_pairs_tables.hpp"
#include "core/features/composing.hpp"
#include "core/library/text.hpp"

namespace hub::features {
namespace {

constexpr std::string_view begin_word = "<|startoftext|>";
constexpr std::string_view end_word = "<|endoftext|>";
constexpr std::string_view suffix = "</w>";
constexpr std::int32_t bytes = 256;
constexpr std::int32_t first_merged = 2 * bytes;

/// Bytes that are letters to look at: in GPT-2's alphabet they stand for themselves, and before the others, which have letters from U+0100
/// on.
constexpr bool is_seen(int byte) {
  return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

constexpr std::array<std::int32_t, bytes> ids_of_bytes() {
  std::array<std::int32_t, bytes> ids{};
  std::int32_t next = 0;
  for (const bool seen : {true, false})
    for (int byte = 0; byte < bytes; ++byte)
      if (is_seen(byte) == seen) ids[static_cast<std::size_t>(byte)] = next++;
  return ids;
}
constexpr auto id_of_byte = ids_of_bytes();

struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using Pieces = std::unordered_map<std::string, std::int32_t, Hash, std::equal_to<>>;

/// The pieces that are there before anything is merged: each byte, inside a word and at its end.
Pieces single_bytes() {
  Pieces pieces;
  char32_t stand_in = 0x100;
  for (int byte = 0; byte < bytes; ++byte) {
    std::string letter;
    append_utf8(letter, is_seen(byte) ? static_cast<char32_t>(byte) : stand_in++);
    const auto id = id_of_byte[static_cast<std::size_t>(byte)];
    pieces.emplace(letter + std::string(suffix), id + bytes);
    pieces.emplace(std::move(letter), id);
  }
  return pieces;
}

std::uint32_t pair_of(std::int32_t left, std::int32_t right) {
  return static_cast<std::uint32_t>(left) << 16 | static_cast<std::uint32_t>(right);
}

byte_pairs::Kind kind_of(char32_t c) {
  if (c < 0x80) {
    // Most of all text.
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return byte_pairs::Kind::letter;
    if (c >= '0' && c <= '9') return byte_pairs::Kind::number;
  }
  const auto kinds = byte_pairs::kinds();
  const auto after =
      std::upper_bound(kinds.begin(), kinds.end(), c, [](char32_t value, std::uint32_t entry) { return value < entry >> 2; });
  return static_cast<byte_pairs::Kind>(*std::prev(after) & 3);
}

/// Letter by letter, whatever comes before or after: a final sigma is a sigma like others in the reference.
char32_t lower_of(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  const auto moves = byte_pairs::moves();
  const auto after = std::upper_bound(moves.first.begin(), moves.first.end(), c);
  const auto place = static_cast<std::size_t>(after - moves.first.begin()) - 1;
  return (c - moves.first[place]) % moves.step[place] == 0 ? c + moves.by[place] : c;
}

}  // namespace

std::size_t BytePairs::place_of(std::uint32_t pair) const {
  const std::size_t last = merges_.size() - 1;
  // The upper bits of a product depend on all of the pair (Knuth 6.4).
  std::size_t place = (pair * 0x9E3779B1u >> 8) & last;
  while (merges_[place].rank != no_rank && merges_[place].pair != pair) place = (place + 1) & last;
  return place;
}

std::uint32_t BytePairs::rank_of(std::int32_t left, std::int32_t right) const {
  return merges_[place_of(pair_of(left, right))].rank;
}

Expected<BytePairs> BytePairs::read(std::string_view list, std::size_t count) {
  BytePairs result;
  result.count_ = count;
  std::size_t places = 2;
  while (places < 2 * count) places *= 2;
  result.merges_.resize(places);

  const auto first_end = list.find('\n');
  if (first_end == list.npos || list.substr(0, first_end).find("#version:") == list.npos)
    return failure("bad_vocabulary", "The list of merges does not begin with its version.");
  list.remove_prefix(first_end + 1);
  auto pieces = single_bytes();
  for (std::size_t rank = 0; rank < count; ++rank) {
    const auto end = list.find('\n');
    if (end == list.npos)
      return failure("bad_vocabulary", "The list of merges ends after " + std::to_string(rank) + " of " + std::to_string(count) + ".");
    auto line = list.substr(0, end);
    list.remove_prefix(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto named = [&] { return "Line " + std::to_string(rank + 2) + " of the list of merges "; };
    const auto space = std::min(line.find(' '), line.size());
    const auto left = pieces.find(line.substr(0, space));
    const auto right = pieces.find(line.substr(std::min(space + 1, line.size())));
    if (left == pieces.end() || right == pieces.end())
      return failure("bad_vocabulary", named() + "is not two pieces that are known by then.");
    result.merges_[result.place_of(pair_of(left->second, right->second))] = {pair_of(left->second, right->second),
                                                                             static_cast<std::uint32_t>(rank)};
    if (!pieces.emplace(left->first + right->first, first_merged + static_cast<std::int32_t>(rank)).second)
      return failure("bad_vocabulary", named() + "makes a piece that is there already.");
  }
  return result;
}

/// A text on its way: letters become words, and words are merged when they end.
struct BytePairs::Cutting {
  Cutting(const BytePairs& made_of, std::vector<std::int32_t>& found) : pieces(made_of), ids(found) {}

  const BytePairs& pieces;
  std::vector<std::int32_t>& ids;

  /// What the word so far is: nothing, letters, neither letters nor numbers, or the beginning of what English shortens ('s 't 're 've 'm
  /// 'll 'd), which only the beginning of a word can be. `letter` is then the one behind the apostrophe.
  enum class Word { none, letters, others, apostrophe, shortened };
  Word state = Word::none;
  std::string word;
  char32_t letter = 0;
  /// How much of <|startoftext|> was there last.
  std::size_t begun = 0;

  struct Symbol {
    std::int32_t id;
    std::uint32_t before;
    std::uint32_t after;
  };
  static constexpr std::uint32_t none = UINT32_MAX;
  static constexpr std::int32_t gone = -1;
  std::vector<Symbol> symbols;
  /// Pairs to merge, by rank and then by place in the word; the least is on top.
  std::vector<std::uint64_t> waiting;

  void wait(std::uint32_t at) {
    const auto& left = symbols[at];
    if (left.after == none) return;
    const auto rank = pieces.rank_of(left.id, symbols[left.after].id);
    if (rank == no_rank) return;
    waiting.push_back(std::uint64_t{rank} << 32 | at);
    std::push_heap(waiting.begin(), waiting.end(), std::greater<>());
  }

  void merge_pairs() {
    while (!waiting.empty()) {
      std::pop_heap(waiting.begin(), waiting.end(), std::greater<>());
      const auto rank = static_cast<std::uint32_t>(waiting.back() >> 32);
      const auto at = static_cast<std::uint32_t>(waiting.back());
      waiting.pop_back();
      auto& left = symbols[at];
      // Another pair may have taken a part of this one since: no two have the same rank.
      if (left.id == gone || left.after == none || pieces.rank_of(left.id, symbols[left.after].id) != rank) continue;
      auto& right = symbols[left.after];
      left.id = first_merged + static_cast<std::int32_t>(rank);
      left.after = right.after;
      right.id = gone;
      if (left.after != none) symbols[left.after].before = at;
      if (left.before != none) wait(left.before);
      wait(at);
    }
  }

  void merge_word() {
    symbols.clear();
    for (const char c : word) {
      const auto at = static_cast<std::uint32_t>(symbols.size());
      symbols.push_back({id_of_byte[static_cast<unsigned char>(c)], at - 1, at + 1});
    }
    symbols.front().before = none;
    symbols.back().after = none;
    symbols.back().id += bytes;
    for (std::uint32_t at = 0; at < symbols.size(); ++at) wait(at);
    merge_pairs();
    for (std::uint32_t at = 0; at != none; at = symbols[at].after) ids.push_back(symbols[at].id);
    word.clear();
  }

  void finish_word() {
    if (!word.empty()) merge_word();
    if (state == Word::shortened) {
      append_utf8(word, letter);
      merge_word();
    }
    state = Word::none;
  }

  /// Behind an apostrophe. @return  whether the letter was taken.
  bool shorten(char32_t c) {
    if (state == Word::apostrophe) {
      if (c == 'r' || c == 'v' || c == 'l') {
        state = Word::shortened;
        letter = c;
        return true;
      }
      if (c == 's' || c == 't' || c == 'm' || c == 'd') {
        append_utf8(word, c);
        finish_word();
        return true;
      }
      state = Word::others;
      return false;
    }
    if (c == (letter == 'l' ? U'l' : U'e')) {
      append_utf8(word, letter);
      append_utf8(word, c);
      state = Word::others;
      finish_word();
      return true;
    }
    // Nothing shortened: the apostrophe was a word, and the letter begins the next.
    merge_word();
    append_utf8(word, letter);
    state = Word::letters;
    return false;
  }

  void take(char32_t c) {
    if ((state == Word::apostrophe || state == Word::shortened) && shorten(c)) return;
    const auto kind = kind_of(c);
    if (kind == byte_pairs::Kind::space) return finish_word();
    if (kind == byte_pairs::Kind::number) {
      // Each is a word.
      finish_word();
      append_utf8(word, c);
      return finish_word();
    }
    const auto wanted = kind == byte_pairs::Kind::letter ? Word::letters : Word::others;
    const bool goes_on = state == wanted;
    if (!goes_on) finish_word();
    append_utf8(word, c);
    state = !goes_on && c == '\'' ? Word::apostrophe : wanted;
  }

  /// What looked like <|startoftext|> was not.
  void take_begun() {
    const auto kept = std::exchange(begun, 0);
    for (std::size_t i = 0; i < kept; ++i) take(static_cast<char32_t>(begin_word[i]));
  }

  /// @param c  composed and in lower case, as <|startoftext|> is found.
  void put(char32_t c) {
    if (c == static_cast<char32_t>(begin_word[begun])) {
      if (++begun < begin_word.size()) return;
      begun = 0;
      finish_word();
      ids.push_back(pieces.begin());
      return;
    }
    // Its first letter is nowhere else in it, so that it can only begin anew here.
    take_begun();
    if (c == static_cast<char32_t>(begin_word.front())) {
      begun = 1;
    } else {
      take(c);
    }
  }

  void put_all(std::u32string& composed) {
    for (const char32_t c : composed) {
      put(lower_of(c));
      // The one letter that becomes two.
      if (c == 0x130) put(0x307);
    }
    composed.clear();
  }

  /// Without <|endoftext|>.
  void cut(std::string_view text, std::size_t most) {
    Composing composing;
    std::u32string composed;
    for (std::size_t at = 0; at < text.size() && ids.size() < most;) {
      composing.put(next_code_point(text, at), composed);
      put_all(composed);
    }
    composing.finish(composed);
    put_all(composed);
    take_begun();
    finish_word();
  }
};

std::vector<std::int32_t> BytePairs::encode(std::string_view text, std::size_t most) const {
  std::vector<std::int32_t> ids{begin()};
  const std::size_t room = std::max<std::size_t>(most, 2) - 1;
  Cutting cutting(*this, ids);
  while (ids.size() < room) {
    // Found in the text as it was written, before anything else is done to it; <|startoftext|> is found in what has been made of the text.
    const auto at = std::min(text.find(end_word), text.size());
    cutting.cut(text.substr(0, at), room);
    if (at == text.size()) break;
    ids.push_back(end());
    text.remove_prefix(at + end_word.size());
  }
  if (ids.size() > room) ids.resize(room);
  ids.push_back(end());
  return ids;
}

}  // namespace hub::features
