#pragma once

#include <cstdint>
#include <span>

/// What the reference tokenizer of CLIP does to single code points (the package “tokenizers”: NFC, Lowercase, and what its regular
/// expressions mean by a letter, a number and white space). Its parts are of several Unicode versions, and every list here was read off
/// them. Lists are sorted by code point; they are unpacked when they are first asked for.
namespace hub::features::byte_pairs {

enum class Kind : std::uint8_t { other, letter, number, space };

/// From which code point on (times 4) there is which Kind; the first entry is for 0.
std::span<const std::uint32_t> kinds();

/// From which code point on (times 256) marks have which class, numbered in the order of Unicode's combining classes; 0 is none. The first
/// entry is for 0.
std::span<const std::uint32_t> classes();

/// All code points from `first` on, up to the next entry: each `step`th becomes lower case by adding `by`, modulo 2^32. The first entry is
/// for 0.
struct Moves {
  std::span<const std::uint32_t> first;
  std::span<const std::uint32_t> step;
  std::span<const std::uint32_t> by;
};
Moves moves();

/// Letters that are a letter and its mark.
struct Parts {
  std::span<const std::uint32_t> whole;
  std::span<const std::uint32_t> first;
  std::span<const std::uint32_t> second;  ///< twice, and one more where the two do not become the whole again
};
Parts parts();

/// Letters that are another.
struct Others {
  std::span<const std::uint32_t> whole;
  std::span<const std::uint32_t> other;
};
Others others();

}  // namespace hub::features::byte_pairs
