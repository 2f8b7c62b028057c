#pragma once

#include <iosfwd>
#include <span>
#include <string_view>

namespace hub::cli {

/// `hub export KIND FILE`: what FILE holds, which is a backup of the page or an export that `hub convert` reads, as a file of the kind on
/// `out`. On `notes` how many titles were written, and how many have no place there.
///
/// @param arguments  behind the word "export": a key of exports::services(), and one file's name or "-" for the standard input.
/// @return           the exit code: 0, 1 when the file cannot be read or nothing of it has a place there (a sentence is on `notes`), 2 for
/// wrong arguments.
int export_command(std::span<const std::string_view> arguments, std::ostream& out, std::ostream& notes);

}  // namespace hub::cli
