#pragma once

#include <iosfwd>
#include <span>
#include <string_view>

namespace hub::cli {

/// `hub matching FILE ITEMS [--hide years] [--hide makers] [--half]`: how right titles without ids are matched. FILE is an export whose
/// lines have ids, ITEMS a table of works as `hub evaluate --items` reads it, whose ids are of the same service. The ids are hidden, the
/// lines are matched by what else they say, and for several confidences it is told how many of those taken were right, and how many of
/// those that can be found were taken. The first line is what the page takes by itself.
///
/// @param arguments  behind the word "matching". --hide years, --hide makers: as if the file did not tell them; --half: every other work
///                   is unknown, so that its lines can only be taken wrongly.
/// @return           the exit code: 0, 1 when a file cannot be read or has no line in common with the works (a sentence is on `notes`), 2
///                   for wrong arguments.
int matching_command(std::span<const std::string_view> arguments, std::ostream& out, std::ostream& notes);

}  // namespace hub::cli
