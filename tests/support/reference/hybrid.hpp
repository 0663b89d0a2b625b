#pragma once
/// The hybrid model in its slow, obvious form.
#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/support/reference/lasso_path.hpp"
#include "tests/support/reference/linear.hpp"

namespace quartic::reference {

/// A lasso with a penalty a column, without an intercept.
struct WeightedLasso {
  Matrix x;
  Vector y;
  Vector penalties;

  double objective(const Vector& b) const {
    const double n = static_cast<double>(y.size());
    return (y - x * b).squaredNorm() / (2 * n) + penalties.dot(b.cwiseAbs());
  }
  /// Coordinate descent from zero, so many sweeps.
  Vector fit(int sweeps) const {
    const double n = static_cast<double>(y.size());
    Vector b = Vector::Zero(x.cols()), r = y;
    const Vector squares = x.colwise().squaredNorm();
    for (int sweep = 0; sweep < sweeps; ++sweep)
      for (Index j = 0; j < b.size(); ++j) {
        const double z = x.col(j).dot(r) + squares[j] * b[j];
        const double next = std::copysign(std::max(std::abs(z) - n * penalties[j], 0.0), z) / squares[j];
        r -= x.col(j) * (next - b[j]);
        b[j] = next;
      }
    return b;
  }
};

/// Orthonormal columns, each orthogonalised twice, and their products with the vectors.
template <class T>
struct GramSchmidt {
  std::vector<Numbers<T>> basis;
  std::vector<Numbers<T>> products;  // by vector: one a basis vector so far

  explicit GramSchmidt(const std::vector<Numbers<T>>& vectors) {
    for (Numbers<T> left : vectors) {
      const T length = norm(left);
      Numbers<T> shares;
      for (int pass = 0; pass < 2; ++pass)
        for (std::size_t a = 0; a < basis.size(); ++a) {
          const T share = dot(basis[a], left);
          for (std::size_t i = 0; i < left.size(); ++i) left[i] -= share * basis[a][i];
          if (pass == 0)
            shares.push_back(share);
          else
            shares[a] += share;
        }
      const T rest = norm(left);
      if (basis.size() < left.size() && double(rest) > 1e-10 * double(length)) {
        for (T& number : left) number /= rest;
        basis.push_back(left);
        shares.push_back(rest);
      }
      products.push_back(shares);
    }
  }
};

/// MX, My and the coefficients of U, for U of these columns.
template <class T>
struct PartialRegression {
  GramSchmidt<T> schmidt;
  Grid<T> x;
  Numbers<T> y;
  std::vector<Numbers<T>> coordinates;  // of every column, then of y

  PartialRegression(const Grid<T>& all, const Numbers<T>& labels, const std::vector<Numbers<T>>& unpenalised)
      : schmidt(unpenalised), x(all.rows, all.columns) {
    for (std::size_t j = 0; j <= all.columns; ++j) {
      Numbers<T> column = labels;
      if (j < all.columns)
        for (std::size_t i = 0; i < all.rows; ++i) column[i] = all(i, j);
      const T before = dot(column, column);
      Numbers<T> c;
      for (const Numbers<T>& q : schmidt.basis) c.push_back(dot(q, column));
      for (std::size_t a = 0; a < c.size(); ++a)
        for (std::size_t i = 0; i < column.size(); ++i) column[i] -= schmidt.basis[a][i] * c[a];
      const T after = dot(column, column);
      if (double(after) <= 1e-20 * double(before)) std::fill(column.begin(), column.end(), T(0));
      coordinates.push_back(c);
      if (j == all.columns)
        y = column;
      else
        for (std::size_t i = 0; i < all.rows; ++i) x(i, j) = column[i];
    }
  }

  /// Of independent columns of U: back substitution.
  Numbers<T> free_coefficients(const std::vector<std::size_t>& columns, const Numbers<T>& b) const {
    Numbers<T> z = coordinates.back();
    for (std::size_t k = 0; k < columns.size(); ++k)
      for (std::size_t a = 0; a < z.size(); ++a) z[a] -= b[k] * coordinates[columns[k]][a];
    for (std::size_t a = z.size(); a-- > 0;) {
      for (std::size_t c = a + 1; c < z.size(); ++c) z[a] -= schmidt.products[c][a] * z[c];
      z[a] /= schmidt.products[a][a];
    }
    return z;
  }
};

}  // namespace quartic::reference
