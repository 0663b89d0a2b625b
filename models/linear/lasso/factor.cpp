#include "models/linear/lasso/factor.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/machine/processor.hpp"
#include "models/linear/blas.hpp"

namespace quartic::detail {
namespace {

constexpr Index least_capacity = 32;
constexpr double dependent = 1e-10;

// The rotation (c, s) applied to the pair (l, x), element by element.
[[gnu::always_inline]] inline void rotate(double* l, double* x, Index count, double c, double s) {
  for (Index i = 0; i < count; ++i) {
    const double kept = l[i];
    l[i] = c * kept + s * x[i];
    x[i] = c * x[i] - s * kept;
  }
}

}  // namespace

void LassoFactor::reserve(Index size) {
  if (size <= lower_.rows()) return;
  const Index capacity = std::max(least_capacity, size + size / 2);
  Eigen::MatrixXd grown(capacity, capacity);
  for (Index j = 0; j < size_; ++j) grown.col(j).segment(j, size_ - j) = lower_.col(j).segment(j, size_ - j);
  lower_ = std::move(grown);
}

std::vector<bool> LassoFactor::append(Eigen::MatrixXd products, Eigen::MatrixXd among) {
  assert(products.cols() == size_ && among.rows() == products.rows());
  const Index count = among.rows(), before = size_;
  reserve(size_ + count);
  const Vector diagonal = among.diagonal();
  solve_rows(ColumnFactor{lower_.data(), before, lower_.rows()}, products);
  subtract_gram(among, products);
  return eliminate(products, std::move(among), diagonal);
}

// The Cholesky factor of the Schur complement, by columns, leaving out what depends on the rest.
std::vector<bool> LassoFactor::eliminate(const Eigen::MatrixXd& rows, Eigen::MatrixXd schur,
                                         const Vector& diagonal) {
  const Index count = schur.rows(), before = rows.cols();
  std::vector<bool> appended(count, false);
  std::vector<Index> kept;
  for (Index e = 0; e < count; ++e) {
    const double pivot = schur(e, e);
    if (!(pivot > dependent * diagonal[e])) continue;
    appended[e] = true;
    kept.push_back(e);
    const Index behind = count - e - 1;
    schur.col(e).tail(behind) /= std::sqrt(pivot);
    schur(e, e) = std::sqrt(pivot);
    for (Index f = e + 1; f < count; ++f)
      schur.col(f).tail(count - f) -= schur(f, e) * schur.col(e).tail(count - f);
  }
  for (Index e : kept) {
    lower_.row(size_).head(before) = rows.row(e);
    for (Index k = before; k <= size_; ++k) lower_(size_, k) = schur(e, kept[k - before]);
    ++size_;
  }
  return appended;
}

void LassoFactor::remove(Index position) {
  assert(0 <= position && position < size_);
  Vector freed = lower_.col(position).segment(position + 1, size_ - position - 1);
  for (Index j = 0; j < position; ++j) {
    double* column = lower_.col(j).data();
    std::copy(column + position + 1, column + size_, column + position);
  }
  for (Index j = position; j + 1 < size_; ++j) {
    lower_.col(j).segment(j, size_ - j - 1) = lower_.col(j + 1).segment(j + 1, size_ - j - 1);
    double* diagonal = lower_.col(j).data() + j;
    double* left = freed.data() + (j - position);
    const double norm = std::sqrt(*diagonal * *diagonal + *left * *left);
    const double c = *diagonal / norm, s = *left / norm;
    *diagonal = norm;
    OnProcessor<rotate>::run(diagonal + 1, left + 1, size_ - j - 2, c, s);
  }
  --size_;
}

Vector LassoFactor::solve(Vector rhs) const {
  assert(rhs.size() == size_);
  detail::solve(ColumnFactor{lower_.data(), size_, lower_.rows()}, span_of(rhs));
  return rhs;
}

}  // namespace quartic::detail
