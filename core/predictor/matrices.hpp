#pragma once

#include <Eigen/Core>

namespace hub::predictor {

using Index = Eigen::Index;
using DenseMatrix = Eigen::MatrixXd;  ///< column-major
using Vector = Eigen::VectorXd;

}  // namespace hub::predictor
