#pragma once

#include <iosfwd>
#include <span>
#include <string_view>

namespace hub::cli {

/// `hub stories ITEMS`: the text of each work that has one (features::story_of), for a model to read: {"item_id": "…", "text": "…"} a line.
/// ITEMS is a table as `hub evaluate --items` reads it.
///
/// @param arguments  behind the word "stories".
/// @return           the exit code: 0, 1 when the table cannot be read (a sentence is on `notes`), 2 for wrong arguments.
int stories_command(std::span<const std::string_view> arguments, std::ostream& out, std::ostream& notes);

}  // namespace hub::cli
