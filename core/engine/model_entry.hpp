#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/library/error.hpp"
#include "core/library/json.hpp"

namespace hub::engine {

/// What every model's entry of models.json says.
struct ModelEntry {
  std::string name;
  std::string licence;  ///< SPDX identifier
  std::string hash;     ///< SHA-256 of its weights, hexadecimal
  std::uint64_t download_bytes = 0;
  std::uint64_t memory_bytes = 0;
  std::size_t dimensions = 0;  ///< a multiple of 16
  Json json;                   ///< the rest
};

/// @param key   of the entry. @param what  for messages: “text model”.
/// @return Error "bad_model" where there is none, or none that this program can use.
Expected<ModelEntry> model_entry(std::string_view json, std::string_view key, std::string_view what);

/// A whole number of an entry, or 0.
std::uint64_t count_in(const Json& json, const char* name);

}  // namespace hub::engine
