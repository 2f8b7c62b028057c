#pragma once

#include <string>
#include <tl/expected.hpp>

namespace hub {

/// A failure as a value: what a program decides by, and what a person reads.
struct Error {
  std::string code;     ///< Stable, lower case with underscores, such as "quota_exceeded"; tests and callers compare this.
  std::string message;  ///< One or two plain sentences: what happened, what is safe, what to do.
};

template <typename T>
using Expected = tl::expected<T, Error>;

/// Shorthand for returning a failure from a function that returns Expected<T>.
inline tl::unexpected<Error> failure(std::string code, std::string message) {
  return tl::unexpected<Error>(Error{std::move(code), std::move(message)});
}

}  // namespace hub
