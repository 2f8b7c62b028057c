#pragma once

#include <string>
#include <string_view>

namespace hub::imports {

/// What IMDb's "Title Type" says a line is about.
enum class ImdbKind {
  film,  ///< also shorts, TV films and specials, videos
  show,  ///< series and mini-series
  game,
  episode,  ///< of a series
  podcast,  ///< series or episode
  music_video,
  unknown  ///< a word that is not known, or none
};

/// @param word  as in the file: IMDb's own names ("tvMiniSeries"), those shown ("TV Mini Series", in old exports "Mini-Series", "Feature
/// Film"), and
///              what IMDb shows to people who use it in another language ("Serie TV", "Court métrage"), told by the stems that such words
///              have.
ImdbKind imdb_kind(std::string_view word);

/// A genre in the words of the catalogue ("Sci-Fi" is "Science fiction"), from IMDb's English, German, French, Italian, Spanish, Portuguese
/// or Hindi. A genre that is not in the table comes back as it is, with a capital letter.
std::string imdb_genre(std::string_view word);

/// Whether the table has it.
bool is_imdb_genre(std::string_view word);

}  // namespace hub::imports
