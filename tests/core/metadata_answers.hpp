#pragma once
// Answers of the services, written for the tests in the form that each service documents.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "core/metadata/inquiry.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/fixtures.hpp"

namespace hub::tests {

inline std::string answer_file(const std::string& name) {
  std::ifstream stream(data_file("metadata/" + name), std::ios::binary);
  REQUIRE(stream);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Answers what is wanted from files by kind, and gives up on what there is no file for.
inline std::vector<Item> played(Expected<metadata::Inquiry> inquiry, const std::map<metadata::Ask, std::string>& files) {
  REQUIRE(inquiry);
  while (!inquiry->wanted().empty()) {
    const metadata::Request asked = inquiry->wanted().front();
    const auto file = files.find(asked.ask);
    if (file == files.end()) {
      inquiry->give_up(asked);
      continue;
    }
    const auto taken = inquiry->take(asked, 200, answer_file(file->second));
    INFO(file->second << ": " << (taken ? "" : taken.error().message));
    REQUIRE(taken);
  }
  return inquiry->items();
}

}  // namespace hub::tests
