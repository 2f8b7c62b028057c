#pragma once

#include <algorithm>
#include <vector>

#include "core/predictor/factorisation.hpp"

namespace hub::predictor {

/// What is known of a product of matrices beforehand.
enum class Shape {
  any,
  lower_left,  ///< the left matrix is lower triangular; what is above its diagonal is not read
  lower_sum    ///< of the sum only the lower triangle is wanted; above it some numbers may change, others not
};

/// A matrix laid out for Product: some neighbouring rows together, column by column, the last filled up with zeros.
class Panels {
 public:
  static constexpr Index height = 4;

  /// @param matrix  any expression whose coefficients can be read: a block, its transpose.
  /// @param lower   whether to lay out zeros above the diagonal, whatever is there.
  template <typename Matrix>
  explicit Panels(const Matrix& matrix, bool lower = false) : rows_(matrix.rows()), depth_(matrix.cols()) {
    values_.assign(static_cast<std::size_t>(count() * height * depth_), 0.0);
    for (Index panel = 0; panel < count(); ++panel) {
      double* to = values_.data() + panel * height * depth_;
      const Index begin = panel * height;
      const Index end = std::min(rows_, begin + height);
      for (Index k = 0; k < depth_; ++k, to += height) {
        for (Index i = lower ? std::max(begin, k) : begin; i < end; ++i) to[i - begin] = matrix(i, k);
      }
    }
  }

  Index rows() const { return rows_; }
  Index depth() const { return depth_; }
  Index count() const { return (rows_ + height - 1) / height; }
  const double* panel(Index place) const { return values_.data() + place * height * depth_; }

 private:
  Index rows_;
  Index depth_;
  std::vector<double> values_;
};

/// sum += scale · left rightᵀ, the same in every build.
///
/// Eigen has no instructions of WebAssembly for several numbers at once: there its own product takes twice as long.
void add_product(Eigen::Ref<DenseMatrix> sum, double scale, const Panels& left, const Panels& right, Shape shape = Shape::any);

}  // namespace hub::predictor
