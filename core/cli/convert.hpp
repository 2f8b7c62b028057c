#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

#include "core/imports/imports.hpp"

namespace hub::cli {

/// One rating as a JSON object in one line, without a line end: type, title, year, ids, rating, scale, date, line and, of an archive, file;
/// what is not known is left out. "scale" is the word of name_of(RatingScale), "rating" the value on that scale as the person gave it;
/// "line" is the line in its file. Keys are in alphabetical order.
///
/// What else the file says of the person and the work stands beside it, each only where it is so: seen, begun, dropped, wished, owned,
/// liked (true), times, parts, hours (numbers) and last (a day), as in imports::Facts.
std::string json_line(const imports::Parsed& parsed, const imports::Row& row);

/// A work that is named without a rating: the same without rating, scale and date.
std::string json_line(const imports::Parsed& parsed, const imports::Mention& mention);

/// A song: type ("song"), title, artist, album, ids, liked, disliked, times, broken_off, hours, last, line and file.
std::string json_line(const imports::Parsed& parsed, const imports::Song& song);

/// `hub convert FILE`: what the file contains, as JSON lines on `out`: ratings first, then works without one, then songs. On `warnings`
/// "line N: reason" (of an archive "FILE, line N: reason") for each line that holds no rating or does not count, and "note: …" for what is
/// to be known about the whole file.
///
/// @param arguments  behind the word "convert": one file's name, or "-" for the standard input.
/// @return           the exit code: 0, 1 when the file cannot be read (its sentence is on `warnings`), 2 for wrong arguments.
int convert_command(std::span<const std::string_view> arguments, std::ostream& out, std::ostream& warnings);

}  // namespace hub::cli
