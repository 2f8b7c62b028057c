#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "core/library/error.hpp"
#include "core/library/item.hpp"
#include "core/predictor/evaluation.hpp"
#include "core/predictor/songs.hpp"

namespace hub::cli {

struct RatingFiles {
  std::string items;    ///< item_id, media_type, title, year, genres, creators, cast, keywords, companies, countries, language, length,
                        ///< community_rating, community_votes, community_source, synopsis, series, awards, awards_won, nominations; lists
                        ///< joined with '|'; the first two are needed; without series those of books are read off their titles
  std::string ratings;  ///< user, item_id, rating, date; without a user all are one person's
  std::optional<double> scale;            ///< the highest rating; nothing: 5 where no rating is above 5, else 10
  std::optional<double> community_scale;  ///< of the public's ratings, likewise
};

/// Works and people as the files have them.
struct RatedWorks {
  std::deque<Item> items;
  std::vector<const Item*> pointers;      ///< to `items`, in their order
  std::vector<predictor::Person> people;  ///< by name; a rating's first occurrence counts
  std::vector<std::string> remarks;       ///< what was left out, a sentence each

  RatedWorks() = default;
  RatedWorks(RatedWorks&&) = default;
  RatedWorks& operator=(RatedWorks&&) = default;
};

/// The works of RatingFiles::items alone.
///
/// @return  Error with the file, and where there is one the line and the column.
Expected<std::deque<Item>> read_works(const std::string& path);

/// @return  Error with the file, and where there is one the line and the column.
Expected<RatedWorks> read_rated_works(const RatingFiles& files);

struct LikedSongs {
  predictor::Songs songs;
  std::vector<double> liked;
  std::vector<std::string> remarks;
};

/// @param path  a table with "target" (or "liked"): 1 liked, 0 heard and not liked; "artist" (several joined with '|' or ';') and any of
/// the
///              columns of audio features as Spotify names them. All but the first may be missing.
/// @return      Error with the file, and where there is one the line and the column.
Expected<LikedSongs> read_liked_songs(const std::string& path);

}  // namespace hub::cli
