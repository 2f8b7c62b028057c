#pragma once
// Numbers made by other people's code (tests/core/reference/), to compare ours with.

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/core/fixtures.hpp"

namespace hub::tests {

/// @param file     below tests/core/data/reference. @param section  of it.
inline nlohmann::json reference(const std::string& file, const std::string& section) {
  std::ifstream stream(data_file("reference/" + file));
  return nlohmann::json::parse(stream).at(section);
}

/// A list of numbers; null is not a number.
inline std::vector<double> numbers(const nlohmann::json& list) {
  std::vector<double> values;
  for (const auto& one : list) values.push_back(one.is_null() ? std::nan("") : one.get<double>());
  return values;
}

}  // namespace hub::tests
