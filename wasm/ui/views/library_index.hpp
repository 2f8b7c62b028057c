#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/library/library.hpp"

namespace hub::ui::views {

enum class LibraryColumn { title, by, year, type, rating, predicted, gap, date, mark, community, genres, length, language };
inline constexpr std::size_t library_column_count = 13;

/// Which titles of the library are shown.
enum class LibraryChoice : std::uint8_t { all, not_rated, wished, seen };
inline constexpr std::size_t library_choice_count = 4;

/// What titles are put together by: each by its first genre and its first maker, so that it stands in one place.
enum class LibraryGrouping : std::uint8_t { none, type, decade, genre, creator, rating, year_rated };
inline constexpr std::size_t library_grouping_count = 7;

struct LibraryQuery {
  std::string text;    ///< words that title or makers must contain
  unsigned types = 0;  ///< bit by MediaType; 0: all
  LibraryChoice choice = LibraryChoice::all;
  LibraryColumn column = LibraryColumn::date;
  bool descending = true;
  LibraryGrouping grouping = LibraryGrouping::none;
  bool operator==(const LibraryQuery&) const = default;
};

/// The library's entries in the order and selection that are asked for. What is derived is kept until the library, the predictions or the
/// question change; a frame with none of these costs nothing, whatever the number of entries. A rating moves its own row; a letter typed
/// passes over the rows in the order they stand in; all rows are put in order only when the order asked for is another.
class LibraryIndex {
 public:
  /// Texts of an item, normalised for finding and for the alphabet, in one string: “ title makers original title”.
  struct Words {
    std::string find;
    std::uint32_t title = 1;  ///< where the title begins without a leading article
    std::uint32_t title_end = 1;
    std::uint32_t by = 1;
    std::uint32_t by_end = 1;
    std::uint64_t first = 0;  ///< the title's first eight bytes as a number: settles most comparisons
  };

  struct Row {
    const Entry* entry = nullptr;
    std::uint64_t key = 0;    ///< key_of the item
    std::uint64_t group = 0;  ///< where its group stands among the groups
    std::uint64_t facts = 0;  ///< tells whether `words` are of the facts as they are
    float rating = 0;         ///< 0: not rated
    float predicted = 0;      ///< 0: unknown
    bool wished = false;
    bool seen = false;    ///< and not rated
    bool chosen = false;  ///< to do something with it and all others that are
    Words words;
  };

  /// Call once a frame, before anything else. Rows are valid until the next frame.
  void update(const LibraryQuery& query);

  std::size_t size() const { return shown_.size(); }
  const Row& row(std::size_t index) const { return rows_[shown_[index]]; }
  std::size_t all() const { return rows_.size(); }
  std::size_t of_type(MediaType type) const { return by_type_[index_of(type)]; }
  std::size_t of_choice(LibraryChoice choice) const { return by_choice_[static_cast<std::size_t>(choice)]; }

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
  void count(const Row& row, bool in);
  void read_predictions();
  static bool is_of(const Row& row, LibraryChoice choice);

  void sort();
  void move(const std::vector<std::uint32_t>& changed);
  void choose(bool narrower);
  bool shows(const Row& row, const std::vector<std::string>& parts) const;
  std::uint64_t rank(const Row& row) const;
  void rank_words();
  std::uint64_t group_rank(const Row& row) const;
  std::string group_label(const Row& row) const;
  bool has_new_words(const std::vector<std::uint32_t>& changed) const;
  void make_groups();
  void place_groups();
  bool earlier_among_equals(std::uint32_t a, std::uint32_t b) const;

  std::uint64_t seen_library_ = 0;
  std::uint64_t seen_predictions_ = 0;
  LibraryQuery query_;
  std::vector<Row> rows_;                                    ///< in order of first appearance
  std::unordered_map<std::uint64_t, std::uint32_t> row_of_;  ///< by key
  std::vector<std::uint32_t> sorted_;                        ///< all rows, in the order asked for
  std::vector<std::uint32_t> shown_;                         ///< of these the ones selected
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
};

}  // namespace hub::ui::views
