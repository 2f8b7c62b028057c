#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hub::features {

/// Composes a text letter by letter: marks are put into their order and joined with the letter that bears them, where there is one letter
/// for both (normalisation form C; Unicode 15, 3.11 and Annex 15), by the Unicode version of the reference tokenizer.
class Composing {
 public:
  /// @param c    the next code point of the text. @param out  what is certain by now is appended to it.
  void put(char32_t c, std::u32string& out);

  /// The text has ended: the rest is appended to `out`, and another may begin.
  void finish(std::u32string& out);

 private:
  struct Mark {
    char32_t mark;
    std::uint8_t combining_class;
  };

  void put_part(char32_t c, std::u32string& out);
  void join_marks();
  void give(std::u32string& out);

  /// A letter that may still be joined with what follows, and the marks behind it; at the beginning of a text there is none.
  bool has_letter_ = false;
  char32_t letter_ = 0;
  std::vector<Mark> marks_;
};

}  // namespace hub::features
