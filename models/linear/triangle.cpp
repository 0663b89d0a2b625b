#include "models/linear/triangle.hpp"

#include <algorithm>
#include <cassert>

#include "models/linear/triangle_kernel.hpp"

namespace quartic {

namespace {

using detail::strip_offset;
using detail::strip_rows;

Index position(Index i, Index j) {
  return strip_offset(i / strip_rows) + strip_rows * j + i % strip_rows;
}

}  // namespace

Index Triangle::size(Index order) {
  return strip_offset(detail::count_strips(order));
}

Triangle::Triangle(Index order) : order_(order), numbers_(Vector::Zero(size(order))) {}

Triangle::Triangle(const Matrix& lower) : Triangle(lower.rows()) {
  assert(lower.rows() == lower.cols());
  for (Index i = 0; i < order_; i += strip_rows) {
    const Index rows = std::min(strip_rows, order_ - i);
    detail::copy_into_strip(lower.middleRows(i, rows).leftCols(i + rows), &numbers_[position(i, 0)]);
  }
}

double Triangle::operator()(Index i, Index j) const {
  assert(0 <= j && j <= i && i < order_);
  return numbers_[position(i, j)];
}

Vector Triangle::diagonal() const {
  Vector diagonal(order_);
  for (Index i = 0; i < order_; ++i) diagonal[i] = numbers_[position(i, i)];
  return diagonal;
}

Matrix Triangle::leading(Index n) const {
  assert(n <= order_);
  Matrix lower = Matrix::Zero(n, n);
  for (Index i = 0; i < n; ++i) {
    const double* number = &numbers_[position(i, 0)];
    for (Index j = 0; j <= i; ++j) lower(i, j) = number[strip_rows * j];
  }
  return lower;
}

void detail::copy_into_strip(const Eigen::Ref<const Matrix, 0, Eigen::OuterStride<>>& rows, double* strip) {
  for (Index k = 0; k < rows.cols(); ++k)
    for (Index t = 0; t < rows.rows(); ++t) strip[strip_rows * k + t] = rows(t, k);
}

}  // namespace quartic
