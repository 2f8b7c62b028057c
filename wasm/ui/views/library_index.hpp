#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/library/library.hpp"
#include "core/library/library_query.hpp"
#include "core/library/number_table.hpp"

namespace hub::ui::views {

using hub::LibraryChoice;
using hub::LibraryColumn;
using hub::LibraryGrouping;
using hub::LibraryQuery;

/// The library's entries in the order and selection that are asked for. What is derived is kept until the library, the predictions or the
/// question change; a frame with none of these costs nothing, whatever the number of entries. A rating moves its own row; all rows are put
/// in order only when the order asked for is another, and the one from before words were looked for is kept until they no longer are.
/// Words are looked for by the engine, which has what titles are found by; until it has answered, what it found before is shown.
class LibraryIndex {
 public:
  struct Row {
    const Entry* entry = nullptr;
    std::uint64_t key = 0;    ///< key_of the item
    std::uint64_t group = 0;  ///< where its group stands among the groups
    std::uint64_t facts = 0;  ///< tells whether `first` is of the title as it is
    std::uint64_t first = 0;  ///< the title's first eight bytes, normalised, as a number: settles most comparisons
    float rating = 0;         ///< 0: not rated
    float predicted = 0;      ///< 0: unknown
    std::uint32_t found = 0;  ///< how well it fits the words that are looked for: 1 best; 0: not at all
    bool wished = false;
    bool seen = false;    ///< and not rated
    bool chosen = false;  ///< to do something with it and all others that are
  };

  /// Call once a frame, before anything else. Rows are valid until the next frame.
  void update(const LibraryQuery& query);

  std::size_t size() const { return shown_.size(); }
  const Row& row(std::size_t index) const { return rows_[shown_[index]]; }
  std::size_t all() const { return rows_.size(); }
  std::size_t of_type(MediaType type) const { return by_type_[index_of(type)]; }
  std::size_t of_choice(LibraryChoice choice) const { return by_choice_[static_cast<std::size_t>(choice)]; }

  /// Where nothing is found as it was typed: the words that were looked for instead. Else empty.
  const std::string& meant() const;

  /// A value that titles can be chosen by, and how many there would be.
  struct Value {
    std::string name;
    std::size_t titles = 0;
  };
  /// What there is to choose by. Beside each value stands how many titles it would show with all else that is chosen.
  struct Values {
    std::vector<Value> genres;                         ///< the most frequent first
    std::vector<Value> languages;                      ///< codes, likewise
    std::vector<std::pair<int, std::size_t>> decades;  ///< the latest first
    std::array<std::size_t, media_type_count> types{};
    std::array<std::size_t, library_choice_count> choices{};
    std::array<std::size_t, 10> ratings{};      ///< by half star, from half a star on
    std::array<std::size_t, 10> predictions{};  ///< likewise
    /// How many titles one part of the question alone leaves out, by LibraryPart.
    std::array<std::size_t, library_part_count> left_out{};
  };
  /// Looks through all titles when something has changed since it was asked last.
  const Values& values();

  /// Titles that are shown together under a heading.
  struct Group {
    std::size_t first = 0;  ///< place of the first of them among those shown
    std::size_t titles = 0;
    std::size_t before = 0;  ///< headings and titles of open groups above its heading
    std::size_t rated = 0;
    std::size_t chosen = 0;
    double mean = 0;        ///< of the person's ratings in it, 0 where there are none
    std::uint64_t key = 0;  ///< tells it from others, also after a change
    bool open = true;
  };
  /// Empty where nothing is grouped.
  const std::vector<Group>& groups() const { return groups_; }
  std::string label_of(const Group& group) const;
  /// How many headings and titles there are to be seen.
  std::size_t places() const { return places_; }
  /// Opens a group, or closes it.
  void turn(const Group& group);
  void turn_all(bool open);
  /// Another whenever the groups, or what is shown, are others.
  std::uint64_t shown_revision() const { return shown_revision_; }

  /// What is chosen, and what of it there is to change.
  struct Chosen {
    std::size_t titles = 0;
    std::size_t shown = 0;  ///< that the question shows
    std::size_t rated = 0;
    std::size_t wished = 0;
    std::size_t seen = 0;
  };
  const Chosen& chosen() const { return chosen_; }
  bool is_chosen(std::size_t index) const { return row(index).chosen; }
  /// Of those shown, from one place to another, both included, in either order.
  void choose_between(std::size_t from, std::size_t to, bool on);
  void choose_none();
  std::vector<std::string> chosen_ids() const;
  /// Where a title is shown; nothing when it is not.
  std::optional<std::size_t> place_of(std::uint64_t key) const;

 private:
  void count_chosen();
  void read_library();
  bool read_entries(const std::vector<std::string>& ids, std::vector<std::uint32_t>& changed);
  void read_entry(Row& row, const Entry& entry);
  std::optional<std::uint32_t> find_row(std::uint64_t key) const;
  void hold_row(std::uint32_t row);
  void count(const Row& row, bool in);
  void read_predictions();

  void put_in_order();
  void sort();
  void move(const std::vector<std::uint32_t>& changed);
  void choose();
  unsigned against(const Row& row) const;
  void read_found();
  std::uint64_t rank(const Row& row) const;
  void rank_words();
  std::uint64_t group_rank(const Row& row) const;
  std::string group_label(const Row& row) const;
  bool has_new_words(const std::vector<std::uint32_t>& changed) const;
  void make_groups();
  void place_groups();
  struct Texts {
    std::string by;  ///< only where makers are sorted by
    std::string title;
    std::uint32_t row;
  };
  Texts texts_of(std::uint32_t row) const;
  bool earlier(const Texts& a, const Texts& b) const;

  std::uint64_t seen_library_ = 0;
  std::uint64_t seen_predictions_ = 0;
  std::uint64_t seen_found_ = 0;
  LibraryQuery query_;
  std::vector<Row> rows_;              ///< in order of first appearance
  NumberTable row_of_;                 ///< by key
  std::vector<std::uint32_t> found_;   ///< the rows that the words were found in, best first
  std::vector<std::uint32_t> sorted_;  ///< all rows in the order asked for; by how well they fit words, those found
  std::vector<std::uint8_t> parts_;    ///< by row, the parts of the question that leave it out
  std::vector<std::uint32_t> shown_;   ///< of those in order the ones that no part leaves out
  /// The order of all rows from before words were looked for, and what it is. Empty where it holds no more.
  struct Resting {
    LibraryColumn column = LibraryColumn::match;
    bool descending = false;
    LibraryGrouping grouping = LibraryGrouping::none;
    std::vector<std::uint32_t> sorted;
  };
  Resting resting_;
  std::array<std::size_t, media_type_count> by_type_{};
  std::array<std::size_t, library_choice_count> by_choice_{};
  Chosen chosen_;
  using WordRanks = std::unordered_map<std::string, std::uint64_t>;
  WordRanks word_ranks_;   ///< where the words of the column stand in the alphabet
  WordRanks group_ranks_;  ///< and those of the groups
  std::vector<Group> groups_;
  std::unordered_set<std::uint64_t> closed_;  ///< keys of groups
  std::size_t places_ = 0;
  std::uint64_t shown_revision_ = 0;
  Values values_;
  /// Of what `values_` are: shown_revision_ and predictions.
  std::pair<std::uint64_t, std::uint64_t> values_of_{};
};

}  // namespace hub::ui::views
