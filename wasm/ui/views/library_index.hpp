#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/library/library.hpp"

namespace hub::ui::views {

enum class LibraryColumn { title, by, year, type, rating, predicted, gap, date };

struct LibraryQuery {
  std::string text;        ///< words that title or makers must contain
  unsigned types = 0;      ///< bit by MediaType; 0: all
  bool not_rated = false;  ///< only what is not rated
  LibraryColumn column = LibraryColumn::date;
  bool descending = true;
  bool operator==(const LibraryQuery&) const = default;
};

/// The library's entries in the order and selection that are asked for. What is derived is kept until the library, the predictions or the
/// question change; a frame with none of these costs nothing, whatever the number of entries.
class LibraryIndex {
 public:
  struct Row {
    const Entry* entry = nullptr;
    std::uint64_t key = 0;    ///< key_of the item
    float rating = 0;         ///< 0: not rated
    float predicted = 0;      ///< 0: unknown
    std::uint32_t words = 0;  ///< index of its search words
  };

  /// Call once a frame, before anything else. Rows are valid until the next frame.
  void update(const LibraryQuery& query);

  std::size_t size() const { return order_.size(); }
  const Row& row(std::size_t index) const { return rows_[order_[index]]; }
  std::size_t all() const { return rows_.size(); }
  std::size_t of_type(MediaType type) const { return by_type_[index_of(type)]; }
  std::size_t not_rated() const { return not_rated_; }

 private:
  /// Normalised texts of an item, for finding and for the alphabet; made once for each.
  struct Words {
    std::string title;  ///< as given, to notice corrections
    std::string sort;   ///< normalised title, without a leading article
    std::string find;   ///< normalised title and makers
    std::string by;
  };

  void read_library();
  void read_predictions();
  void choose(const LibraryQuery& query);

  std::uint64_t seen_library_ = 0;
  std::uint64_t seen_predictions_ = 0;
  LibraryQuery query_;
  std::vector<Row> rows_;
  std::vector<Words> words_;
  std::vector<std::uint64_t> word_keys_;
  std::vector<std::uint32_t> order_;
  std::array<std::size_t, media_type_count> by_type_{};
  std::size_t not_rated_ = 0;
};

}  // namespace hub::ui::views
