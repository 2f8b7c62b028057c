#pragma once

#include <iosfwd>
#include <span>
#include <string_view>

#include "core/predictor/for_each.hpp"

namespace hub::cli {

/// `hub evaluate`: scores the predictor on rating files, or the like classifier on a file of songs, beside what each has to beat.
///
/// @param args      what follows "evaluate" on the command line.
/// @param out       tables or JSON. @param err  progress, remarks and errors.
/// @param for_each  how the parts of the evaluation are run.
/// @return          0, 1 when a file cannot be read or training fails, 2 when the arguments are wrong.
int evaluate_command(std::span<const std::string_view> args, std::ostream& out, std::ostream& err, const predictor::ForEach& for_each);

}  // namespace hub::cli
