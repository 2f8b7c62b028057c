#pragma once

#include <cstdint>
#include <span>

/// What the reference tokenizer of BERT does to single code points (BertNormalizer and BertPreTokenizer of the package “tokenizers”). Its
/// Unicode version is its own, and every list here was read off it.
namespace hub::features::wordpiece {

/// From `first` to `last`, both included. Lists of them are sorted.
struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

/// Each `step`th code point from `first` to `last` becomes one as far from `to` as it is from `first`.
struct Run {
  std::uint32_t first;
  std::uint32_t last;
  std::uint32_t step;
  std::uint32_t to;
};

/// One code point becomes two or three; 0 where there is no third.
struct Longer {
  std::uint32_t from;
  std::uint32_t first;
  std::uint32_t second;
  std::uint32_t third;
};

std::span<const Range> dropped();  ///< control characters, and marks that a letter bears
std::span<const Range> alone();    ///< ideographs: each is a word
std::span<const Range> spaces();   ///< between words
std::span<const Range> marks();    ///< punctuation: each is a word
std::span<const Run> runs();       ///< letters without their marks, in lower case
std::span<const Longer> longer();  ///< letters that are taken apart

}  // namespace hub::features::wordpiece
