#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/imports/csv.hpp"
#include "core/imports/imports.hpp"

namespace hub::imports {

/// A file whose bytes have been made text.
struct SourceFile {
  std::string name;                ///< with its folders, where it comes from an archive
  std::string text;                ///< well-formed UTF-8 without NUL characters, not empty
  std::vector<std::string> notes;  ///< on the encoding; the reader hands them on
  CsvLayout layout;                ///< as a table; meaningless for other files
  std::vector<std::string> head;   ///< the values of the first record, in the form of comparable()

  bool has_columns(std::initializer_list<std::string_view> names) const;
};

enum class Certainty {
  none,
  likely,  ///< by the look of the values
  sure     ///< by names that only this service uses
};

/// One file format of one service. A new one is a file of its own that defines a Format, and a line in formats.cpp.
struct Format {
  std::string_view service;
  Certainty (*recognise)(const SourceFile& file);
  Expected<std::unique_ptr<Reader>> (*open)(SourceFile&& file);
};

/// In the order in which they are asked. The surest answer counts, of equals the first.
std::span<const Format* const> formats();

extern const Format imdb_ratings;
extern const Format letterboxd;
extern const Format goodreads;
extern const Format rateyourmusic;
extern const Format storygraph;
extern const Format trakt;
extern const Format tmdb;
extern const Format myanimelist;
extern const Format anilist;
extern const Format criticker;
extern const Format kitsu;
extern const Format spotify;
extern const Format song_table;
extern const Format lastfm;
extern const Format netflix;
extern const Format yamtrack;
extern const Format ryot;
extern const Format media_tracker;
extern const Format tvtime;
extern const Format steam;
extern const Format gog;
extern const Format grouvee;
extern const Format how_long_to_beat;
extern const Format any_table;
extern const Format any_json;

/// As open() does for files that are neither archives nor packed. @param name  as shown, with its folders.
Expected<std::unique_ptr<Reader>> open_plain(std::string name, std::vector<std::uint8_t> bytes);

/// What can be brought instead, and how to get it from IMDb: the end of several messages.
extern const std::string_view what_is_read;
extern const std::string_view no_text_in_recordings;
extern const std::string_view how_to_export_from_imdb;

}  // namespace hub::imports
