#pragma once

#include <cstdint>
#include <span>

/// What the reference tokenizer of CLIP does to single code points (the package “tokenizers”: NFC, Lowercase, and what its regular
/// expressions mean by a letter, a number and white space). Its parts are of several Unicode versions, and every list here was read off
/// them. Lists are sorted by code point; numbers that belong together are in lists beside each other, as they are packed smaller so.
namespace hub::features::byte_pairs {

enum class Kind : std::uint8_t { other, letter, number, space };

/// All code points from `first` on, up to the next entry: each `step`th is that far away from its lower-case letter.
struct Move {
  std::uint32_t first;
  std::uint32_t step;
  std::int32_t by;
};

/// Letters that are a letter and its mark.
struct Parts {
  std::span<const std::uint32_t> whole;
  std::span<const std::uint32_t> first;
  std::span<const std::uint32_t> second;  ///< with never_joined where the two do not become the whole again
};
inline constexpr std::uint32_t never_joined = 0x80000000;

/// Letters that are another.
struct Others {
  std::span<const std::uint32_t> whole;
  std::span<const std::uint32_t> other;
};

std::span<const std::uint32_t> kinds();  ///< from which code point on (times 4) there is which Kind; the first entry is for 0
std::span<const std::uint32_t>
classes();  ///< from which code point on (times 256) marks have which class, in the order of combining classes; 0 is none
std::span<const Move> moves();  ///< the first entry is for 0
Parts parts();
Others others();

}  // namespace hub::features::byte_pairs
