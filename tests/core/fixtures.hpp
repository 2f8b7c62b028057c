#pragma once
// Where the files are that tests read.

#include <string>

namespace hub::tests {

/// @param name  a file below tests/core/data, such as "imdb/ratings.csv".
/// @return      its address on disk.
inline std::string data_file(const std::string& name) {
  return std::string(HUB_TEST_DATA) + "/" + name;
}

/// @param name  a file below models, such as "catalogue/film.json".
/// @return      its address on disk.
inline std::string model_file(const std::string& name) {
  return std::string(HUB_MODELS) + "/" + name;
}

}  // namespace hub::tests
