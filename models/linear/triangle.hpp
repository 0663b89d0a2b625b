#pragma once
/// The lower triangle of a symmetric matrix in strips of eight rows: how Gram matrices by rows and Cholesky
/// factors are held.
///
/// A strip holds its columns one after the other, eight numbers each, up to its diagonal; one strip follows
/// the other. So half a square is stored, the leading block of order n is what comes first, and eight
/// neighbouring numbers are one operand of the kernels (triangle_kernel.hpp). What a strip holds above the
/// diagonal, or in rows from `order` on, is not part of the matrix, and nothing depends on it.
#include <span>

#include "core/types.hpp"

namespace quartic {

class Triangle {
 public:
  /// Zero.
  explicit Triangle(Index order);
  /// The lower triangle of a square matrix.
  explicit Triangle(const Matrix& lower);

  Index order() const { return order_; }
  /// Row i, column j. Precondition: 0 <= j <= i < order().
  double operator()(Index i, Index j) const;
  Vector diagonal() const;
  /// The leading block of order n as a square matrix, zero above the diagonal. Precondition: n <= order().
  Matrix leading(Index n) const;

  /// All strips.
  std::span<double> numbers() { return {numbers_.data(), static_cast<std::size_t>(numbers_.size())}; }
  std::span<const double> numbers() const {
    return {numbers_.data(), static_cast<std::size_t>(numbers_.size())};
  }
  /// How many numbers the strips of a triangle hold.
  static Index size(Index order);

 private:
  Index order_;
  Vector numbers_;
};

namespace detail {
/// Rows into one strip: number (t, k) of at most eight rows to 8 k + t.
void copy_into_strip(const Eigen::Ref<const Matrix, 0, Eigen::OuterStride<>>& rows, double* strip);
}  // namespace detail

}  // namespace quartic
