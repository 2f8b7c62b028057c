#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/imports/format.hpp"

namespace hub::imports {

/// What a column of an IMDb export holds.
enum class ImdbColumn {
  id,
  your_rating,
  date_rated,
  title,
  original_title,
  url,
  title_type,
  imdb_rating,
  runtime,
  year,
  genres,
  votes,
  release_date,
  directors,
  created,  ///< in old exports the day of the rating, in lists the day of listing
  other     ///< known and of no use here: position, modified, description
};

/// Which column is where.
class ImdbColumns {
 public:
  /// Goes by the headings first (English of all times, and other languages); a column whose heading is not known is then told by what its
  /// values look like: ids "tt…", addresses of titles, whole numbers of 1 to 10, dates, kinds of title, genres, and so on.
  static ImdbColumns find(const SourceFile& file);

  std::optional<std::size_t> operator[](ImdbColumn column) const { return where_[static_cast<std::size_t>(column)]; }
  bool has(ImdbColumn column) const { return (*this)[column].has_value(); }

  bool heading() const { return heading_; }          ///< the first record names the columns
  std::size_t count() const { return count_; }       ///< columns in the first record
  std::size_t named() const { return named_; }       ///< how many were known by their headings
  bool by_values() const { return !told_.empty(); }  ///< some had to be told by their values
  bool named_by_imdb() const { return imdbs_own_; }  ///< has headings that no other service has

 private:
  void by_heading(const SourceFile& file);
  void by_value(const SourceFile& file);
  bool place(ImdbColumn column, std::size_t at);

  std::array<std::optional<std::size_t>, 16> where_{};
  std::vector<bool> taken_;
  std::vector<std::size_t> told_;
  std::size_t count_ = 0;
  std::size_t named_ = 0;
  bool heading_ = false;
  bool imdbs_own_ = false;
};

/// The id in "tt0133093", " TT0133093 " or an address with "/title/tt0133093/"; nothing if there is none of 5 to 12 digits.
std::optional<std::string> imdb_id_in(std::string_view text);

}  // namespace hub::imports
