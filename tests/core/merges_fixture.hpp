#pragma once
// A made-up vocabulary of CLIP's length.

#include <string>
#include <vector>

namespace hub::tests {

/// A list of merges as long as CLIP's, in a file of its own: pairs of two bytes, each pair once.
inline std::string long_merges() {
  std::string made = "#version: 0.2\n";
  // Letters that stand for themselves, and are one byte or two in UTF-8.
  std::vector<std::string> letters;
  for (char c = '!'; c <= '~'; ++c) letters.emplace_back(1, c);
  for (int c = 0xC0; c <= 0xFF; ++c) letters.push_back({static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))});
  for (const auto& left : letters)
    for (const auto& right : letters) made.append(left).append(" ").append(right).append("\n");
  for (const auto& left : letters)
    for (const auto& right : letters) made.append(left).append(" ").append(right).append("</w>\n");
  return made;
}

}  // namespace hub::tests
