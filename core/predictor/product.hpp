#pragma once

#include <algorithm>

#include "core/predictor/matrices.hpp"

namespace hub::predictor {

/// What is known of a product of matrices beforehand.
enum class Shape {
  any,
  lower_sum  ///< of the sum only the lower triangle is wanted; above it some numbers may change, others not
};

/// A matrix laid out for Product: some neighbouring rows together, column by column, the last filled up with zeros.
class Panels {
 public:
  static constexpr Index height = 4;

  /// @param matrix  any expression whose coefficients can be read: a block, its transpose.
  template <typename Matrix>
  explicit Panels(const Matrix& matrix) : rows_(matrix.rows()), depth_(matrix.cols()), values_(height, count() * depth_) {
    for (Index panel = 0; panel < count(); ++panel) {
      const Index row = panel * height;
      const Index within = std::min(height, rows_ - row);
      auto to = values_.middleCols(panel * depth_, depth_);
      if (within == height) {
        to = matrix.template middleRows<height>(row);
      } else {
        to.topRows(within) = matrix.middleRows(row, within);
        to.bottomRows(height - within).setZero();
      }
    }
  }

  Index rows() const { return rows_; }
  Index depth() const { return depth_; }
  Index count() const { return (rows_ + height - 1) / height; }
  const double* panel(Index place) const { return values_.data() + place * depth_ * height; }

 private:
  Index rows_;
  Index depth_;
  Eigen::Matrix<double, height, Eigen::Dynamic> values_;  ///< height x depth of the first panel, of the next, …
};

/// sum += scale · left rightᵀ, the same in every build.
///
/// Eigen has no instructions of WebAssembly for several numbers at once: there its own product takes twice as long.
void add_product(Eigen::Ref<DenseMatrix> sum, double scale, const Panels& left, const Panels& right, Shape shape = Shape::any);

}  // namespace hub::predictor
