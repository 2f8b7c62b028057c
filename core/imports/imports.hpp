#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/error.hpp"
#include "core/library/item.hpp"
#include "core/library/rating.hpp"

namespace hub::imports {

/// One line of an export file that holds a rating.
struct Row {
  std::size_t line = 0;  ///< 1 is the first line of the file; of a quoted field over several lines the first. Of JSON: which entry
  Item item;             ///< with the facts the file has; its id is made of the file's own, or of what it says (see id_of)
  Rating rating;
  std::string other_name;  ///< the first creator's in another script, where the file has both; matching may go by either
};

/// One line that was not taken, and why, in words for the person.
struct SkippedLine {
  std::size_t line = 0;
  std::string reason;
};

struct Parsed {
  std::string source;  ///< "IMDb"
  std::vector<Row> rows;
  std::vector<SkippedLine> skipped;
  std::vector<std::string> notes;  ///< about the whole file, such as the encoding that was assumed
  std::size_t lines = 0;  ///< data lines (records) in the file, header and blank lines aside: rows + skipped, duplicates in skipped
};

/// Parses in slices, so that a large file neither blocks the worker's messages nor the person's cancel.
class Reader {
 public:
  virtual ~Reader() = default;
  /// Parses about `records` more. @return whether there is more to do.
  virtual bool step(std::size_t records) = 0;
  virtual double progress() const = 0;  ///< 0 … 1 of the bytes
  virtual Parsed take() = 0;            ///< once step has returned false
};

/// Recognises the format by content (the name is not trusted) and prepares to read it.
///
/// @param name   of the file, only for messages.
/// @param bytes  the whole file, any encoding (UTF-8 with or without BOM, UTF-16, Windows-1252); moved in.
/// @return       Error "unknown_format", "empty_file", "wrong_export" (for instance a watchlist without ratings), each saying what was seen
/// and what to do.
Expected<std::unique_ptr<Reader>> open(std::string_view name, std::vector<std::uint8_t> bytes);

/// open and read at once.
Expected<Parsed> parse(std::string_view name, std::vector<std::uint8_t> bytes);

}  // namespace hub::imports
