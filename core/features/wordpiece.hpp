#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/library/error.hpp"

namespace hub::features {

/// Cuts texts into the pieces that BERT and its kin were trained on (WordPiece; Schuster and Nakajima 2012, Devlin et al. 2019), with the
/// same ids as the reference tokenizer for every text: lower case, without accents, the vocabulary's longest piece first.
class WordPiece {
 public:
  /// @param vocabulary  one piece a line, the first has id 0; a piece inside a word begins with “##”. Ends of lines of either kind.
  /// @return            Error "bad_vocabulary" where [PAD], [UNK], [CLS], [SEP] or [MASK] is missing or a piece is there twice.
  static Expected<WordPiece> read(std::string vocabulary);

  /// The ids of a text between those of [CLS] and [SEP]. Where the text itself says [SEP] (or another of the five words above, just so),
  /// that is its id, as in the reference.
  ///
  /// @param text  UTF-8, of any length; bytes that are none count as nothing.
  /// @param most  ids, at least 2: the end of a longer text is left out, [SEP] stays the last.
  /// @return      at least those two.
  std::vector<std::int32_t> encode(std::string_view text, std::size_t most = SIZE_MAX) const;

  std::size_t size() const { return ids_.size(); }

  /// A longer word is [UNK] as a whole; code points.
  static constexpr std::size_t longest_word = 100;

 private:
  struct Cutting;

  /// Without the special words.
  void encode_plain(std::string_view text, std::vector<std::int32_t>& ids, std::size_t most) const;
  void encode_word(std::string_view word, std::size_t letters, std::vector<std::int32_t>& ids) const;

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, std::int32_t, Hash, std::equal_to<>> ids_;
  std::size_t longest_piece_ = 0;  ///< bytes
  struct Special {
    std::string_view word;
    std::int32_t id;
  };
  std::vector<Special> specials_;
  std::int32_t unknown_ = 0;
  std::int32_t begin_ = 0;
  std::int32_t end_ = 0;
};

}  // namespace hub::features
