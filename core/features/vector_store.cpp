#include "core/features/vector_store.hpp"

#include <algorithm>
#include <cmath>

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace hub::features {

Quantised quantised(std::span<const float> vector) {
  float largest = 0;
  for (const float one : vector) largest = std::max(largest, std::abs(one));
  Quantised result{largest / 127, std::vector<std::int8_t>(vector.size())};
  if (!(result.scale > 0)) return result;
  for (std::size_t i = 0; i < vector.size(); ++i) {
    const float rounded = std::round(vector[i] / result.scale);
    result.values[i] = static_cast<std::int8_t>(std::clamp(rounded, -127.0F, 127.0F));
  }
  return result;
}

// Pairs of products fit into 32 bits from the start, so that nothing can overflow on the way.
std::int32_t dot(const std::int8_t* left, const std::int8_t* right, std::size_t count) {
#if defined(__wasm_simd128__)
  v128_t sum = wasm_i32x4_splat(0);
  for (std::size_t i = 0; i < count; i += 16) {
    const v128_t a = wasm_v128_load(left + i);
    const v128_t b = wasm_v128_load(right + i);
    sum = wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(wasm_i16x8_extend_low_i8x16(a), wasm_i16x8_extend_low_i8x16(b)));
    sum = wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(wasm_i16x8_extend_high_i8x16(a), wasm_i16x8_extend_high_i8x16(b)));
  }
  return wasm_i32x4_extract_lane(sum, 0) + wasm_i32x4_extract_lane(sum, 1) + wasm_i32x4_extract_lane(sum, 2) +
         wasm_i32x4_extract_lane(sum, 3);
#elif defined(__SSE2__)
  const auto load = [](const std::int8_t* from) { return _mm_loadu_si128(static_cast<const __m128i*>(static_cast<const void*>(from))); };
  // SSE2 has no widening of signed bytes: each is put into the upper half of 16 bits and shifted down.
  const auto low = [](__m128i bytes) { return _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8); };
  const auto high = [](__m128i bytes) { return _mm_srai_epi16(_mm_unpackhi_epi8(bytes, bytes), 8); };
  __m128i sum = _mm_setzero_si128();
  for (std::size_t i = 0; i < count; i += 16) {
    const __m128i a = load(left + i);
    const __m128i b = load(right + i);
    sum = _mm_add_epi32(sum, _mm_madd_epi16(low(a), low(b)));
    sum = _mm_add_epi32(sum, _mm_madd_epi16(high(a), high(b)));
  }
  alignas(16) std::int32_t lanes[4];
  _mm_store_si128(static_cast<__m128i*>(static_cast<void*>(lanes)), sum);
  return lanes[0] + lanes[1] + lanes[2] + lanes[3];
#else
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += std::int32_t{left[i]} * std::int32_t{right[i]};
  return sum;
#endif
}

VectorStore::Row VectorStore::put(std::uint64_t key, const Quantised& vector) {
  const auto [place, fresh] = rows_.try_emplace(key, static_cast<Row>(scales_.size()));
  if (!fresh) return place->second;
  values_.insert(values_.end(), vector.values.begin(), vector.values.end());
  scales_.push_back(vector.scale);
  keys_.push_back(key);
  return place->second;
}

std::optional<VectorStore::Row> VectorStore::find(std::uint64_t key) const {
  const auto found = rows_.find(key);
  return found == rows_.end() ? std::nullopt : std::optional(found->second);
}

void VectorStore::read(Row row, std::span<float> into) const {
  const auto own = values(row);
  for (std::size_t i = 0; i < dimensions_; ++i) into[i] = scales_[row] * static_cast<float>(own[i]);
}

std::vector<float> VectorStore::products(const Quantised& vector, std::span<const Row> rows) const {
  std::vector<float> products(rows.size());
  for (std::size_t place = 0; place < rows.size(); ++place) {
    const Row row = rows[place];
    products[place] = static_cast<float>(dot(vector.values.data(), values(row).data(), dimensions_)) * vector.scale * scales_[row];
  }
  return products;
}

std::vector<VectorStore::Near> VectorStore::nearest(const Quantised& vector, std::span<const Row> rows, std::size_t most) const {
  const auto likeness = products(vector, rows);
  std::vector<Near> all(rows.size());
  for (std::size_t place = 0; place < rows.size(); ++place) all[place] = {place, likeness[place]};
  const auto closer = [](const Near& a, const Near& b) { return a.likeness != b.likeness ? a.likeness > b.likeness : a.place < b.place; };
  const std::size_t count = std::min(most, all.size());
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), all.end(), closer);
  all.resize(count);
  return all;
}

void VectorStore::clear() {
  values_.clear();
  scales_.clear();
  keys_.clear();
  rows_.clear();
}

}  // namespace hub::features
