#include "core/engine/vector_records.hpp"

#include <cmath>
#include <cstring>

#include "core/storage/crc32c.hpp"

namespace hub::engine {
namespace {

void put_number(storage::Bytes& bytes, std::uint64_t number, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}

std::uint64_t number_at(const std::uint8_t* bytes, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i) number |= std::uint64_t{bytes[i]} << (8 * i);
  return number;
}

std::uint32_t sum_of(const std::uint8_t* bytes, std::size_t size) {
  return storage::crc32c(static_cast<const void*>(bytes), size);
}

}  // namespace

std::string vectors_head(std::string_view model, std::size_t dimensions) {
  return "{\"model\":\"" + std::string(model) + "\",\"dimensions\":" + std::to_string(dimensions) + "}\n";
}

void add_record(storage::Bytes& bytes, std::uint64_t key, float scale, std::span<const std::int8_t> values) {
  const std::size_t begin = bytes.size();
  std::uint32_t bits = 0;
  std::memcpy(&bits, &scale, sizeof bits);
  put_number(bytes, key, 8);
  put_number(bytes, bits, 4);
  for (const std::int8_t value : values) bytes.push_back(static_cast<std::uint8_t>(value));
  put_number(bytes, sum_of(bytes.data() + begin, bytes.size() - begin), 4);
}

std::size_t read_records(std::span<const std::uint8_t> bytes, std::string_view head, features::VectorStore& store) {
  if (bytes.size() < head.size() || std::memcmp(bytes.data(), head.data(), head.size()) != 0) return 0;
  const std::size_t dimensions = store.dimensions();
  const std::size_t record = dimensions + beside_values;
  std::size_t at = head.size();
  for (; at + record <= bytes.size(); at += record) {
    const std::uint8_t* from = bytes.data() + at;
    if (sum_of(from, record - 4) != number_at(from + record - 4, 4)) break;
    features::Quantised vector;
    const auto scale = static_cast<std::uint32_t>(number_at(from + 8, 4));
    std::memcpy(&vector.scale, &scale, sizeof scale);
    if (!std::isfinite(vector.scale)) break;
    vector.values.resize(dimensions);
    std::memcpy(vector.values.data(), from + 12, dimensions);
    store.put(number_at(from, 8), vector);
  }
  return at;
}

}  // namespace hub::engine
