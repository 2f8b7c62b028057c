#include "core/predictor/product.hpp"

#include "core/predictor/lanes.hpp"

namespace hub::predictor {

namespace {

constexpr Index height = Panels::height;
/// So many columns of a panel as leave room for another in the first cache.
constexpr Index columns_at_once = 256;

/// The product of two panels over some of their columns, times `scale`, is added to `sum`, column by column.
void add_tile(const double* left, const double* right, Index depth, double scale, double* sum, Index stride) {
  Lanes a0{}, a1{}, b0{}, b1{}, c0{}, c1{}, d0{}, d1{};
  for (Index k = 0; k < depth; ++k) {
    const Lanes upper = load(left);
    const Lanes lower = load(left + lane_count);
    a0 += upper * right[0];
    a1 += lower * right[0];
    b0 += upper * right[1];
    b1 += lower * right[1];
    c0 += upper * right[2];
    c1 += lower * right[2];
    d0 += upper * right[3];
    d1 += lower * right[3];
    left += height;
    right += height;
  }
  const auto add = [scale](double* to, Lanes upper, Lanes lower) {
    store(to, load(to) + upper * scale);
    store(to + lane_count, load(to + lane_count) + lower * scale);
  };
  add(sum, a0, a1);
  add(sum + stride, b0, b1);
  add(sum + 2 * stride, c0, c1);
  add(sum + 3 * stride, d0, d1);
}

}  // namespace

void add_product(Eigen::Ref<DenseMatrix> sum, double scale, const Panels& left, const Panels& right, Shape shape) {
  const Index depth = left.depth();
  for (Index from = 0; from < depth; from += columns_at_once) {
    const Index to = std::min(depth, from + columns_at_once);
    for (Index upper = 0; upper < left.count(); ++upper) {
      const Index row = upper * height;
      const Index last = shape == Shape::lower_sum ? std::min(right.count(), upper + 1) : right.count();
      for (Index beside = 0; beside < last; ++beside) {
        const Index column = beside * height;
        const double* a = left.panel(upper) + from * height;
        const double* b = right.panel(beside) + from * height;
        if (row + height <= sum.rows() && column + height <= sum.cols()) {
          add_tile(a, b, to - from, scale, &sum(row, column), sum.outerStride());
          continue;
        }
        // At an edge the tile is larger than what is left of the sum.
        double tile[height * height] = {};
        add_tile(a, b, to - from, scale, tile, height);
        for (Index j = column; j < std::min(sum.cols(), column + height); ++j) {
          for (Index i = row; i < std::min(sum.rows(), row + height); ++i) sum(i, j) += tile[(j - column) * height + i - row];
        }
      }
    }
  }
}

}  // namespace hub::predictor
