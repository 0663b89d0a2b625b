#pragma once
/// Names shared by every layer: index and matrix types, ranges, tasks.
#include <limits>

#include <Eigen/Core>

namespace quartic {

using Index = Eigen::Index;
using Vector = Eigen::VectorXd;
/// One row per observation, rows contiguous: the first n rows are a view.
using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using MatrixF = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
/// Read-only views of contiguous rows and of a vector; they own nothing.
using MatrixView = Eigen::Map<const Matrix>;
using VectorView = Eigen::Map<const Vector>;

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double nan =
    std::numeric_limits<double>::quiet_NaN();  ///< what is not measured, known or defined

/// The half-open range [first, first + count).
struct Range {
  Index first = 0;
  Index count = 0;
};

/// What y is: a real number, or a class in {0, 1} (predicted class = score > 0).
enum class Task { regression, classification };

}  // namespace quartic
