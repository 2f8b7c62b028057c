#include "core/predictor/squared_norms.hpp"

#include <algorithm>

#include "core/predictor/lanes.hpp"

namespace hub::predictor {

namespace {

constexpr Index rows = 2 * static_cast<Index>(half_lane_count);  ///< of a tile
constexpr Index columns = 4;                                     ///< that are worked on together
/// As many vectors at once as the second cache holds beside one tile of W.
constexpr Index columns_at_once = 128;

/// Columns of a tile's product up to its diagonal.
constexpr Index depth(Index tile, Index n) {
  return std::min(n, (tile + 1) * rows);
}

/// Adds the squares of one tile times four columns to `sums`.
/// @param k  four columns side by side, row by row.
void add_squares(const float* w, const float* k, Index depth, HalfLanes& sums) {
  HalfLanes a0{}, a1{}, b0{}, b1{}, c0{}, c1{}, d0{}, d1{};
  for (Index j = 0; j < depth; ++j) {
    const HalfLanes upper = load(w);
    const HalfLanes lower = load(w + half_lane_count);
    a0 += upper * k[0];
    a1 += lower * k[0];
    b0 += upper * k[1];
    b1 += lower * k[1];
    c0 += upper * k[2];
    c1 += lower * k[2];
    d0 += upper * k[3];
    d1 += lower * k[3];
    w += rows;
    k += columns;
  }
  const auto total = [](HalfLanes x, HalfLanes y) {
    const HalfLanes squares = x * x + y * y;
    return (squares[0] + squares[1]) + (squares[2] + squares[3]);
  };
  sums += HalfLanes{total(a0, a1), total(b0, b1), total(c0, c1), total(d0, d1)};
}

}  // namespace

SquaredNorms::SquaredNorms(const LowerTriangle<float>& w) : n_(w.rows()) {
  lay_out(w);
}

SquaredNorms::SquaredNorms(const LowerTriangle<double>& w) : n_(w.rows()) {
  lay_out(w);
}

template <typename Matrix>
void SquaredNorms::lay_out(const Matrix& w) {
  std::size_t size = 0;
  for (Index tile = 0; tile * rows < n_; ++tile) size += static_cast<std::size_t>(rows * depth(tile, n_));
  tiles_.resize(size);
  float* to = tiles_.data();
  for (Index begin = 0; begin < n_; begin += rows) {
    const Index within = std::min(rows, n_ - begin);
    for (Index j = 0; j < depth(begin / rows, n_); ++j, to += rows) {
      for (Index i = std::max(Index{0}, j - begin); i < within; ++i) to[i] = static_cast<float>(w(begin + i, j));
    }
  }
}

Vector SquaredNorms::of(const DenseMatrix& k) const {
  Vector norms(k.cols());
  std::vector<float> packed(static_cast<std::size_t>(columns_at_once * n_));
  for (Index begin = 0; begin < k.cols(); begin += columns_at_once) {
    const Index count = std::min(columns_at_once, k.cols() - begin);
    const Index quads = (count + columns - 1) / columns;
    for (Index quad = 0; quad < quads; ++quad) {
      for (Index column = 0; column < columns; ++column) {
        const Index from = begin + quad * columns + column;
        float* to = packed.data() + quad * columns * n_ + column;
        for (Index j = 0; j < n_; ++j) to[j * columns] = from < k.cols() ? static_cast<float>(k(j, from)) : 0.0F;
      }
    }
    HalfLanes sums[columns_at_once / columns] = {};
    const float* w = tiles_.data();
    for (Index tile = 0; tile * rows < n_; ++tile) {
      const Index end = depth(tile, n_);
      for (Index quad = 0; quad < quads; ++quad) add_squares(w, packed.data() + quad * columns * n_, end, sums[quad]);
      w += rows * end;
    }
    for (Index i = 0; i < count; ++i) norms[begin + i] = static_cast<double>(sums[i / columns][i % columns]);
  }
  return norms;
}

}  // namespace hub::predictor
