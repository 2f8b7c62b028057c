#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/features/vector_store.hpp"
#include "core/storage/file_system.hpp"

namespace hub::engine {

// Vectors of texts as they stand in files: a line of JSON, {"model":SHA-256,"dimensions":n}, then records of n + 16 bytes: the key and the
// scale, little endian, 8 and 4 bytes, the n values, and CRC-32C of all that.

/// Bytes of a record beside its values.
inline constexpr std::size_t beside_values = 16;

/// The line that a file of this model's vectors begins with.
std::string vectors_head(std::string_view model, std::size_t dimensions);

/// @param values  as many as the head says.
void add_record(storage::Bytes& bytes, std::uint64_t key, float scale, std::span<const std::int8_t> values);

/// Puts the records into the store, up to the first that is damaged.
/// @return how many bytes of the file are whole records, its head included; 0 for a file with another head.
std::size_t read_records(std::span<const std::uint8_t> bytes, std::string_view head, features::VectorStore& store);

}  // namespace hub::engine
