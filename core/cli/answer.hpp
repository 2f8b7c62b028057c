#pragma once

#include <iosfwd>
#include <span>
#include <string_view>

namespace hub::cli {

/// `hub answer SERVICE TYPE KIND FILE [KIND FILE]…`: what recorded answers of a metadata service say, one item a line as JSON.
///
/// @param arguments  SERVICE as "tvmaze", TYPE as "show", KIND as in metadata::name_of(Ask): "search" or "details" for the first file, and
/// for
///                   the further ones what the first one's answer leads to ("names", "edition", …).
/// @return           0; 1 when a file cannot be read or an answer says nothing; 2 for other arguments.
int answer_command(std::span<const std::string_view> arguments, std::ostream& out, std::ostream& warnings);

}  // namespace hub::cli
