#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace hub::features {

/// A vector as it is kept: whole numbers from -127 to 127, and what one of them stands for.
struct Quantised {
  float scale = 0;
  std::vector<std::int8_t> values;
};

/// Each number is rounded to the nearest multiple of scale = largest magnitude / 127, so that none is off by more than scale / 2. The
/// cosine of two vectors of 384 numbers with it differs from that of the vectors themselves by less than 0.01.
Quantised quantised(std::span<const float> vector);

/// Σ left[i] · right[i], exact. @param count  a multiple of 16, at most 2^17.
std::int32_t dot(const std::int8_t* left, const std::int8_t* right, std::size_t count);

/// Vectors of works under the hash of what they were made from, as whole numbers side by side, to be searched in by going through all.
class VectorStore {
 public:
  using Row = std::uint32_t;

  struct Near {
    std::size_t place = 0;  ///< in the list of rows that was searched
    float likeness = 0;     ///< product of the vectors: their cosine, as all have length 1
  };

  /// @param dimensions  of each vector; a multiple of 16.
  explicit VectorStore(std::size_t dimensions) : dimensions_(dimensions) {}

  std::size_t dimensions() const { return dimensions_; }
  std::size_t size() const { return scales_.size(); }

  /// A key that is there already keeps the vector that it has. @param vector  of `dimensions` numbers, length 1 or all 0.
  Row put(std::uint64_t key, const Quantised& vector);

  std::optional<Row> find(std::uint64_t key) const;

  /// @param into  receives `dimensions` numbers.
  void read(Row row, std::span<float> into) const;
  std::uint64_t key(Row row) const { return keys_[row]; }
  float scale(Row row) const { return scales_[row]; }
  std::span<const std::int8_t> values(Row row) const { return {values_.data() + row * dimensions_, dimensions_}; }

  /// Product of `vector` with each of `rows`.
  std::vector<float> products(const Quantised& vector, std::span<const Row> rows) const;

  /// The `most` of `rows` that are most like `vector`, most alike first; of equals the earlier one.
  std::vector<Near> nearest(const Quantised& vector, std::span<const Row> rows, std::size_t most) const;

  void clear();

 private:
  std::size_t dimensions_;
  std::vector<std::int8_t> values_;  ///< row by row
  std::vector<float> scales_;
  std::vector<std::uint64_t> keys_;
  std::unordered_map<std::uint64_t, Row> rows_;
};

}  // namespace hub::features
