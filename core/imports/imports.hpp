#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/imports/byte_source.hpp"
#include "core/library/deeds.hpp"
#include "core/library/error.hpp"
#include "core/library/item.hpp"
#include "core/library/rating.hpp"
#include "core/library/song.hpp"

namespace hub::imports {

/// What a file says that a person did with a work, apart from rating it.
using Facts = Deeds;

/// One line of an export file that holds a rating.
struct Row {
  std::size_t line = 0;  ///< 1 is the first line of the file; of a quoted field over several lines the first. Of JSON: which entry
  Item item;             ///< with the facts the file has; its id is made of the file's own, or of what it says (see id_of)
  Rating rating;
  std::string other_name;         ///< the first creator's in another script, where the file has both; matching may go by either
  Facts facts{};                  ///< of the same work, from this line and others
  std::vector<Rating> earlier{};  ///< what the work was rated on other days before, from other lines, by day
  std::uint32_t file = 0;         ///< which of Parsed::files
};

/// A work that is named without a rating: seen, liked, wished for … Each work once; its lines are among the skipped ones.
struct Mention {
  std::size_t line = 0;  ///< the first of them
  Item item;
  Facts facts;
  std::uint32_t file = 0;
};

/// A song that was heard or liked. Songs are no works that are rated; what is known of them is for the likes.
struct Song {
  std::size_t line = 0;  ///< the first that names it; its lines are among the skipped ones
  std::string title;
  std::string artist;
  std::string album;             ///< or empty
  std::string spotify;           ///< Spotify's id, or empty
  bool liked = false;            ///< kept in the person's library
  bool disliked = false;         ///< hidden by the person
  std::uint32_t plays = 0;       ///< how often it was heard for 30 seconds or more; 0 where that is not told
  std::uint32_t broken_off = 0;  ///< how often for less
  double hours = 0;              ///< that it was heard, 0 where that is not told
  std::string last;              ///< the latest day on which it was heard, ISO 8601 calendar date, or empty
  std::uint32_t file = 0;
  AudioFeatures audio{};  ///< what the file tells of how it sounds
};

/// One line that holds no rating that counts, and why, in words for the person.
struct SkippedLine {
  std::size_t line = 0;
  std::string reason;
  std::uint32_t file = 0;
  bool kept = false;  ///< what it says is kept all the same: among the facts of a row, its earlier ratings, the mentions or the songs
};

struct Parsed {
  std::string source;  ///< "IMDb"; of an archive "Letterboxd" or "Letterboxd and IMDb"
  std::vector<Row> rows;
  std::vector<SkippedLine> skipped;
  std::vector<std::string> notes;  ///< about the whole file, such as the encoding that was assumed
  std::size_t lines = 0;          ///< data lines (records) in the file, header and blank lines aside: rows + skipped, duplicates in skipped
  std::vector<Mention> mentions;  ///< in the order of their lines
  std::vector<Song> songs;        ///< likewise
  std::vector<std::string> files;  ///< of an archive, with their folders; empty for a file of its own
};

/// "line 12", or of an archive "ratings.csv, line 12".
std::string place_of(const Parsed& parsed, std::uint32_t file, std::size_t line);

/// Parses in slices, so that a large file neither blocks the worker's messages nor the person's cancel.
class Reader {
 public:
  virtual ~Reader() = default;
  /// Parses about `records` more. @return whether there is more to do.
  virtual bool step(std::size_t records) = 0;
  virtual double progress() const = 0;  ///< 0 … 1 of the bytes
  virtual Parsed take() = 0;            ///< once step has returned false
};

/// Recognises the format by content (the name is not trusted) and prepares to read it. A gzip file is read as what is packed in it; a zip
/// archive as all the files in it that are known, together, and each work once: files are unpacked one at a time, as they are read.
///
/// @param name    of the file, for messages, and where two lists look alike and only their names say what they list.
/// @param source  the file, any encoding (UTF-8 with or without BOM, UTF-16, Windows-1252); an archive is read file by file where it lies.
/// @return       Error "unknown_format", "empty_file", "wrong_export" (for instance a watchlist without ratings), and for archives
/// "damaged", "too_large", "encrypted", "unknown_method" and "several_parts", or "unreadable", each saying what was seen and what to do.
Expected<std::unique_ptr<Reader>> open(std::string_view name, std::unique_ptr<const ByteSource> source);

/// The same of a file that is in memory.
Expected<std::unique_ptr<Reader>> open(std::string_view name, std::vector<std::uint8_t> bytes);

/// open and read at once.
Expected<Parsed> parse(std::string_view name, std::vector<std::uint8_t> bytes);

}  // namespace hub::imports
