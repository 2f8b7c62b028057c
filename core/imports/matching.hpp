#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/imports/imports.hpp"

namespace hub::imports {

/// Finds the known work that an item from a file is, by ids and else by title, year, makers and type. Precision first: what is not
/// certain, or could be two works, is none.
///
/// By ids: one of the same service and type in common. Otherwise the titles (or original titles) must be equal as normalised_text writes
/// them, leading articles aside, no id of a service that names works may differ, and
/// - a film, show or game is of the same year; a year apart, it has a maker in common (festivals and releases);
/// - an album has its artist in common and is at most a year apart; without years it must not be named after the artist;
/// - a book has an author in common; one of the titles may lack a subtitle that the other has, if the years do not speak against it.
class Matcher {
 public:
  /// @param work  must outlive the matcher.
  void add(const Item& work);

  bool holds(const std::string& item_id) const { return by_id_.contains(item_id); }

  /// @param other_name  the first creator's in another script, or empty.
  /// @return            the one work that `item` is, or null.
  const Item* find(const Item& item, std::string_view other_name = {}) const;

 private:
  std::unordered_map<std::string, const Item*> by_id_;
  std::unordered_map<std::string, const Item*> by_title_;  ///< further works of one title have a count behind it
};

/// Gives the rows and mentions that are works of `known` those works' ids and facts, and merges those that turn out to be one work (see
/// merge_repeated). Where the id is known already, all stays as it is. @return  how many got another id; a note says so too.
std::size_t match(Parsed& parsed, const Matcher& known);

}  // namespace hub::imports
