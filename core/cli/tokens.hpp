#pragma once

#include <iosfwd>
#include <span>
#include <string_view>

namespace hub::cli {

/// `hub tokens FILE [--clip] [--max N] [--vocabulary FILE]`: for each line {"text": …} a line {"ids": […]}, the text cut into the pieces of
/// the embedding model's vocabulary; with --clip, into those of CLIP's list of merges, which may be packed (gzip). Not cut off unless --max
/// says so, which counts the two ids at the ends.
///
/// @param arguments  behind the word "tokens"; FILE may be "-" for the standard input.
/// @return           the exit code: 0, 1 when a file cannot be read or a line is none of that kind (`warnings` tells which), 2 for wrong
/// arguments.
int tokens_command(std::span<const std::string_view> arguments, std::ostream& out, std::ostream& warnings);

}  // namespace hub::cli
