#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "core/library/error.hpp"
#include "core/library/library.hpp"

/// A library as files that other services and programs read. One file a service; what a service has no place for is left out and counted.
///
/// A rating is written on the service's own scale, rounded to its steps; on the way from a finer scale to a coarser one that loses what the
/// coarser has no place for. Text is one line without control characters and without marks that turn the reading order round. In tables a
/// value that a spreadsheet would take for a formula stands behind an apostrophe (OWASP, “CSV Injection”), which the readers of this
/// program take off again.
namespace hub::exports {

/// A service, or a kind of file, that a library can be written for.
struct Service {
  std::string_view key;   ///< for the command line and messages: "letterboxd"
  std::string_view name;  ///< for the person: "Letterboxd"
  std::string_view file;  ///< what the written file is called
  std::string_view mime;
  std::string_view takes;  ///< in words: which titles have a place there
  std::string (*write)(std::span<const Entry* const> entries, std::size_t& written);
};

/// In the order in which they are offered.
std::span<const Service> services();

struct Written {
  const Service* service = nullptr;
  std::string text;
  std::size_t written = 0;   ///< titles
  std::size_t left_out = 0;  ///< titles of the library that have no place there
};

/// @param key  of the service. @return Error "unknown_service", or "nothing_to_export" where no title has a place there; each says what to
/// do.
Expected<Written> write(const Library& library, std::string_view key);

}  // namespace hub::exports
