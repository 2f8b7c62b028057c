#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/item.hpp"

namespace hub {

/// Lower case, without accents, punctuation as single spaces, "&" as "and", full-width forms as plain ones; other scripts stay as they are.
///
/// Accents are taken off Latin letters (also where they stand as combining marks) and off Greek ones; Latin, Greek and Cyrillic letters
/// become lower case; ß is ss, æ is ae, þ is th.
std::string normalised_text(std::string_view text);

/// Search by title and creator as a person types: the last word may be unfinished, words may come in any order, accents and case do not
/// matter, one wrong letter is forgiven in words of 4 and more, two in words of 8 and more, subtitles may be left out.
///
/// Every word of the query must be found, except articles and the like (“the”, “of”), which only help. Words in which a letter is wrong are
/// looked for when there are fewer than `limit` hits without.
///
/// Ranking: whole title (a leading article does not count), then title prefix, then words at their beginnings, then forgiven ones, then
/// creators, then what else is known (search_all); among equals the better known (by votes) first.
class SearchIndex {
 public:
  struct Hit {
    std::uint32_t slot = 0;  ///< as given by add
    float score = 0;         ///< larger is better; only comparable within one query
  };

  struct All {
    std::vector<Hit> hits;  ///< best first
    std::string meant;  ///< where a letter was forgiven: the query with the words of the best hit in place of those not found; else empty
  };

  /// @return  the item's slot: 0, 1, … in the order of adding.
  std::uint32_t add(const Item& item);

  /// Replaces what `slot` is found by.
  void replace(std::uint32_t slot, const Item& item);

  /// @param query  as typed, UTF-8, at most 200 bytes count; empty or only punctuation gives no hits.
  /// @param type   only of this type, or of any.
  /// @param limit  how many at the most; `total` (optional) receives how many there were.
  /// @return       best first. At 50,000 items at most 10 ms natively (tests/bench).
  std::vector<Hit> search(std::string_view query, std::optional<MediaType> type, std::size_t limit, std::size_t* total = nullptr) const;

  /// Everything that is found by its titles, its creators, its cast, genres, keywords or series. One wrong letter is forgiven in words of 5
  /// and more, and only where nothing is found as it was typed. A query without a word finds nothing.
  /// @param among  which slots are looked at, by slot; those beyond its end are not.
  All search_all(std::string_view query, const std::vector<bool>& among) const;

  std::size_t size() const;

  SearchIndex();
  ~SearchIndex();
  SearchIndex(SearchIndex&&) noexcept;
  SearchIndex& operator=(SearchIndex&&) noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hub
