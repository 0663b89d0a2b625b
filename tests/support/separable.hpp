#pragma once
/// Whether a linear rule separates two classes, by trying every vertex of a linear programme: exact for small whole
/// numbers, and for few columns only.
#include <cmath>
#include <vector>

#include "core/types.hpp"

namespace quartic::support {

namespace detail {

/// By the first row.
inline double determinant(const Matrix& m) {
  if (m.rows() == 0) return 1;
  double sum = 0;
  for (Index j = 0; j < m.cols(); ++j) {
    Matrix minor(m.rows() - 1, m.cols() - 1);
    for (Index i = 1; i < m.rows(); ++i)
      for (Index k = 0, to = 0; k < m.cols(); ++k)
        if (k != j) minor(i - 1, to++) = m(i, k);
    sum += (j % 2 == 0 ? 1 : -1) * m(0, j) * determinant(minor);
  }
  return sum;
}

/// Columns that do not depend on those before them.
inline Matrix independent_columns(const Matrix& x) {
  Matrix rest = x, kept(x.rows(), 0);
  for (Index j = 0; j < x.cols(); ++j) {
    Index row = 0;
    const double largest = rest.rows() > 0 ? rest.col(j).cwiseAbs().maxCoeff(&row) : 0;
    if (!(largest > 1e-9)) continue;
    kept.conservativeResize(Eigen::NoChange, kept.cols() + 1);
    kept.col(kept.cols() - 1) = x.col(j);
    const Vector pivot = rest.col(j);
    for (Index k = j; k < x.cols(); ++k) rest.col(k) -= pivot * (rest(row, k) / pivot[row]);
  }
  return kept;
}

/// The vector orthogonal to q - 1 rows of q numbers: cofactors.
inline Vector orthogonal(const Matrix& rows) {
  Vector direction(rows.cols());
  for (Index j = 0; j < rows.cols(); ++j) {
    Matrix minor(rows.rows(), rows.cols() - 1);
    for (Index k = 0, to = 0; k < rows.cols(); ++k)
      if (k != j) minor.col(to++) = rows.col(k);
    direction[j] = (j % 2 == 0 ? 1 : -1) * determinant(minor);
  }
  return direction;
}

/// Whether all margins but those of the chosen rows, which are zero, are on one side, and one is not zero.
inline bool is_one_sided(Vector margins, const std::vector<Index>& chosen) {
  for (Index i : chosen) margins[i] = 0;
  const double rounding = 1e-10 * margins.cwiseAbs().maxCoeff();
  const bool above = (margins.array() > rounding).any(), below = (margins.array() < -rounding).any();
  return above != below;
}

}  // namespace detail

/// Whether b exists with y~_i x_i'b >= 0 in all rows and > 0 in some. With independent columns these b form a pointed
/// cone, which has an extreme ray unless it is {0}: a b that is orthogonal to q - 1 independent rows.
inline bool separable(const Matrix& x, const Vector& y) {
  Matrix rows = detail::independent_columns(x);
  rows.array().colwise() *= 2 * y.array() - 1;
  const Index n = rows.rows(), q = rows.cols();
  if (q == 0) return false;
  if (n < q) return true;
  std::vector<Index> chosen(q - 1);
  for (Index k = 0; k + 1 < q; ++k) chosen[k] = k;
  for (;;) {
    const Vector direction = detail::orthogonal(rows(chosen, Eigen::all));
    if (direction.cwiseAbs().maxCoeff() > 1e-9 && detail::is_one_sided(rows * direction, chosen)) return true;
    Index k = q - 2;
    while (k >= 0 && chosen[k] == n - (q - 1) + k) --k;
    if (k < 0) return false;
    ++chosen[k];
    for (Index l = k + 1; l + 1 < q; ++l) chosen[l] = chosen[l - 1] + 1;
  }
}

}  // namespace quartic::support
