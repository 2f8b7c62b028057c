#pragma once

#include <span>
#include <string_view>

namespace hub::cli {

/// `hub evaluate`: scores the predictor on rating files, beside what it has to beat.
///
/// @param args  what follows "evaluate" on the command line.
/// @return      0, 1 when a file cannot be read or training fails, 2 when the arguments are wrong.
int evaluate_command(std::span<const std::string_view> args);

}  // namespace hub::cli
