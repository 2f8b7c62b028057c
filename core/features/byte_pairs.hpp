#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/library/error.hpp"

namespace hub::features {

/// Cuts texts into the pieces that CLIP was trained on (byte pairs; Sennrich et al. 2016, over bytes as in Radford et al. 2019 and 2021),
/// with the same ids as the reference tokenizer for every text: composed (NFC), in lower case, cut into words, and the bytes of each word
/// merged pair by pair, the pair that was learnt first before all others.
class BytePairs {
 public:
  /// Merges of CLIP that count; its list goes on behind them.
  static constexpr std::size_t merges_of_clip = 48'894;
  /// Ids that CLIP's tower of texts reads.
  static constexpr std::size_t context = 77;

  /// @param list   the list of merges, unpacked: a line that names its version, then one merge a line, two pieces with a space between
  /// them.
  ///               Pieces are written in GPT-2's letters for bytes, in UTF-8; one that ends a word ends with “</w>”. Lines of either kind,
  ///               each with its end, so that a line that was cut off is noticed.
  /// @param count  of merges to take, at most 65,000.
  /// @return       Error "bad_vocabulary" where the list does not begin with its version, ends too early, merges what is no piece by then,
  ///               or makes a piece twice.
  static Expected<BytePairs> read(std::string_view list, std::size_t count = merges_of_clip);

  /// The ids of a text between those of <|startoftext|> and <|endoftext|>. Where the text itself says one of the two, that is its id, as in
  /// the reference: the first in letters of either case, the second just so.
  ///
  /// @param text  UTF-8, of any length; each byte that is none counts as U+FFFD.
  /// @param most  ids, at least 2: the end of a longer text is left out, the last id stays the last.
  /// @return      at least those two. Nothing is filled up.
  std::vector<std::int32_t> encode(std::string_view text, std::size_t most = context) const;

  /// Ids there are; the last two are those of <|startoftext|> and <|endoftext|>.
  std::size_t size() const { return count_ + 2 * 256 + 2; }

 private:
  BytePairs() = default;

  struct Cutting;

  /// A place of the table of merges, which is found by the hash of its pair.
  struct Merge {
    std::uint32_t pair = 0;
    std::uint32_t rank = no_rank;
  };
  static constexpr std::uint32_t no_rank = UINT32_MAX;

  std::size_t place_of(std::uint32_t pair) const;
  std::uint32_t rank_of(std::int32_t left, std::int32_t right) const;
  std::int32_t begin() const { return static_cast<std::int32_t>(size() - 2); }
  std::int32_t end() const { return static_cast<std::int32_t>(size() - 1); }

  std::vector<Merge> merges_;  ///< a power of 2, at most half of it taken
  std::size_t count_ = 0;
};

}  // namespace hub::features
