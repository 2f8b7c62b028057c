#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

#include "core/imports/imports.hpp"

namespace hub::cli {

/// One rating as a JSON object in one line, without a line end: type, title, year, ids, rating, scale, date and line; what is not known is
/// left out. "scale" is the word of name_of(RatingScale), "rating" the value on that scale as the person gave it. Keys are in alphabetical
/// order.
std::string json_line(const imports::Row& row);

/// `hub convert FILE`: what the file contains, as JSON lines on `out`; "line N: reason" for each line that was not taken, and "note: …" for
/// what is to be known about the whole file, on `warnings`.
///
/// @param arguments  behind the word "convert": one file's name, or "-" for the standard input.
/// @return           the exit code: 0, 1 when the file cannot be read (its sentence is on `warnings`), 2 for wrong arguments.
int convert_command(std::span<const std::string_view> arguments, std::ostream& out, std::ostream& warnings);

}  // namespace hub::cli
