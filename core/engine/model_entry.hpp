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
};

/// @param what  for messages: “text model”. @return Error "bad_model" where this program cannot use it.
Expected<ModelEntry> model_entry(const Json& json, std::string_view what);

/// A whole number of an entry, or 0.
std::uint64_t count_in(const Json& json, const char* name);

}  // namespace hub::engine
