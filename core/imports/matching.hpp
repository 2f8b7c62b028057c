#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/imports/imports.hpp"
#include "core/library/event.hpp"

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

  /// A work that an item could be, and how surely: about the share of such works, with ids hidden, that were it (see README.md).
  struct Candidate {
    const Item* work = nullptr;
    double confidence = 0;  ///< 0 … 1
  };
  /// Works of the item's title that nothing says it is not, the likeliest first. One of find() is among them only by its title.
  std::vector<Candidate> candidates(const Item& item, std::string_view other_name = {}) const;

 private:
  template <typename Look>
  void each_of_title(const Item& item, Look&& look) const;

  std::unordered_map<std::string, const Item*> by_id_;
  std::unordered_map<std::string, const Item*> by_title_;  ///< further works of one title have a count behind it
};

/// How surely `item`, whose title is like that of `work`, is that work, 0 … 1.
///
/// @param by_short_title  one of the titles lacks a subtitle that the other has.
double confidence(const Item& item, std::string_view other_name, const Item& work, bool by_short_title);

/// Below this confidence a work is not worth asking about.
inline constexpr double least_asked = 0.05;

/// What came of matching a file.
struct MatchResult {
  std::size_t matched = 0;            ///< how many got another id by what they say
  std::size_t decided = 0;            ///< how many are what the person said
  std::vector<Imported::Line> taken;  ///< lines that were taken for works which their own words do not name
  std::vector<std::string> open;      ///< ids of titles that could be works that are known, but not surely; sorted
};

/// What the person said of lines with a key (Library::decision), or null.
using Decisions = std::function<const Matched*(const std::string& key)>;

/// Gives the rows and mentions that are works of `known` those works' ids and facts, and merges those that turn out to be one work (see
/// merge_repeated). Where the id is known already, all stays as it is. What the person said of a line goes before all that, and of a work
/// before what lines are taken for it. Notes say how many that were.
MatchResult match(Parsed& parsed, const Matcher& known, const Decisions& decisions = {});

}  // namespace hub::imports
