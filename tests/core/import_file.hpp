#pragma once
// Reading a sample file of tests/core/data/imports, and looking into what came of it.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "core/imports/imports.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/fixtures.hpp"

namespace hub::tests {

inline std::string text_of(const std::string& name) {
  std::ifstream stream(data_file("imports/" + name), std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Of a file that is taken; every line of it is a row or skipped.
inline imports::Parsed parse(std::string_view text, const std::string& name = "ratings.csv") {
  auto parsed = imports::parse(name, {text.begin(), text.end()});
  INFO((parsed ? "" : parsed.error().message));
  REQUIRE(parsed);
  CHECK(parsed->rows.size() + parsed->skipped.size() == parsed->lines);
  return std::move(*parsed);
}

inline imports::Parsed parse_file(const std::string& name) {
  return parse(text_of(name), name);
}

/// The row of the item with this id or, where it is no id, with this title.
inline const imports::Row& row_of(const imports::Parsed& parsed, std::string_view id_or_title) {
  const auto found = std::find_if(parsed.rows.begin(), parsed.rows.end(),
                                  [&](const imports::Row& row) { return row.item.id == id_or_title || row.item.title == id_or_title; });
  INFO(id_or_title);
  REQUIRE(found != parsed.rows.end());
  return *found;
}

/// Why a line was skipped; empty when it was not.
inline std::string reason_of(const imports::Parsed& parsed, std::size_t line) {
  for (const auto& skipped : parsed.skipped)
    if (skipped.line == line) return skipped.reason;
  return {};
}

inline bool notes_say(const imports::Parsed& parsed, std::string_view words) {
  return std::any_of(parsed.notes.begin(), parsed.notes.end(),
                     [&](const std::string& note) { return note.find(words) != std::string::npos; });
}

}  // namespace hub::tests
