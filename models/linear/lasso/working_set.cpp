#include "models/linear/lasso/working_set.hpp"

#include <algorithm>
#include <cassert>

#include "models/linear/blas.hpp"
#include "models/linear/lasso/flops.hpp"

namespace quartic::detail {
namespace {

constexpr Index growth = 64;

Matrix enlarged(const Matrix& square, Index kept, Index capacity) {
  Matrix grown(capacity, capacity);
  grown.topLeftCorner(kept, kept) = square.topLeftCorner(kept, kept);
  return grown;
}

}  // namespace

LassoWorkingSet::LassoWorkingSet(MatrixView x, VectorView y, TrainingSets sets)
    : x_(x), sets_(sets), present_(x.cols(), 0), grams_(sets.folds), targets_(sets.folds) {
  for (Index fold = 0; fold < sets.folds; ++fold) {
    starts_.push_back(static_cast<Index>(order_.size()));
    for (Index i = fold; i < x.rows(); i += sets.folds) order_.push_back(i);
  }
  starts_.push_back(static_cast<Index>(order_.size()));
  gathered_.resize(1, x.rows());
  for (Index i = 0; i < x.rows(); ++i) gathered_(0, i) = y[order_[i]];
  if (sets.means == FoldMeans::fitted) flops_ += lasso_flops::training_sums(x.rows(), sets.folds);
}

Index LassoWorkingSet::training_rows(Index fold) const {
  return sets_.folds == 1 ? x_.rows() : x_.rows() - fold_rows(fold).count;
}

QuadraticView LassoWorkingSet::quadratic(Index fold) const {
  return {grams_[fold].data(), grams_[fold].cols(), targets_[fold].data(), size()};
}

void LassoWorkingSet::reserve(Index size) {
  if (size < gathered_.rows() && grams_[0].rows() >= size) return;
  const Index capacity = std::min((2 * size + growth) / growth * growth, x_.cols());
  const Index kept = static_cast<Index>(columns_.size());
  Matrix gathered(capacity + 1, x_.rows());
  gathered.topRows(kept + 1) = gathered_.topRows(kept + 1);
  gathered_ = std::move(gathered);
  for (Index fold = 0; fold < sets_.folds; ++fold) {
    grams_[fold] = enlarged(grams_[fold], kept, capacity);
    targets_[fold].conservativeResize(capacity);
  }
}

void LassoWorkingSet::add(std::span<const Index> columns) {
  const Index first = size();
  reserve(first + static_cast<Index>(columns.size()));
  for (Index j : columns) {
    assert(!present_[j]);
    present_[j] = 1;
    columns_.push_back(j);
    flops_ += lasso_flops::gram_column(x_.rows(), size());
    if (sets_.folds > 1) flops_ += lasso_flops::gram_by_subtraction(sets_.folds, size());
    if (sets_.means == FoldMeans::fitted)
      flops_ += lasso_flops::centre_gram_column(x_.rows(), sets_.folds, size());
  }
  gather(first);
  if (sets_.folds == 1) return store(0, first, fold_products(0, first));
  std::vector<Matrix> products;
  for (Index fold = 0; fold < sets_.folds; ++fold) products.push_back(fold_products(fold, first));
  Matrix total = products[0];
  for (Index fold = 1; fold < sets_.folds; ++fold) total += products[fold];
  for (Index fold = 0; fold < sets_.folds; ++fold) store(fold, first, total - products[fold]);
  if (sets_.means == FoldMeans::ignored) return;
  Vector sums = fold_sums(0);
  for (Index fold = 1; fold < sets_.folds; ++fold) sums += fold_sums(fold);
  for (Index fold = 0; fold < sets_.folds; ++fold) centre(fold, first, sums - fold_sums(fold));
}

// Row by row, so that every cache line of X is touched once.
void LassoWorkingSet::gather(Index first) {
  const Index rows = x_.rows();
  for (Index i = 0; i < rows; ++i) {
    const double* from = x_.data() + order_[i] * x_.cols();
    double* to = gathered_.data() + i;
    for (Index w = first; w < size(); ++w) to[(w + 1) * rows] = from[columns_[w]];
  }
}

// Inner products over one fold of the new columns (rows) with y and all columns.
Matrix LassoWorkingSet::fold_products(Index fold, Index first) const {
  const ConstBlock all(gathered_.data(), size() + 1, x_.rows(), x_.rows());
  const ConstBlock part = all.part({0, size() + 1}, fold_rows(fold));
  Matrix products = Matrix::Zero(size() - first, size() + 1);
  add_product(products, 1, plain(part.part({first + 1, size() - first}, {0, part.columns})),
              transposed(part));
  return products;
}

// Sums over one fold of y and all columns.
Vector LassoWorkingSet::fold_sums(Index fold) const {
  const Range rows = fold_rows(fold);
  return gathered_.block(0, rows.first, size() + 1, rows.count).rowwise().sum();
}

void LassoWorkingSet::store(Index fold, Index first, const Matrix& products) {
  Matrix& gram = grams_[fold];
  const Index added = products.rows();
  targets_[fold].segment(first, added) = products.col(0);
  gram.block(first, 0, added, size()) = products.rightCols(size());
  gram.block(0, first, first, added) = products.middleCols(1, first).transpose();
}

// Products about the means of the training set: sum_i x_i z_i - (sum x)(sum z) / n.
void LassoWorkingSet::centre(Index fold, Index first, const Vector& sums) {
  const Vector means = sums / static_cast<double>(training_rows(fold));
  Matrix& gram = grams_[fold];
  for (Index w = first; w < size(); ++w) {
    targets_[fold][w] -= means[w + 1] * sums[0];
    for (Index v = 0; v <= w; ++v) {
      gram(w, v) -= means[w + 1] * sums[v + 1];
      gram(v, w) = gram(w, v);
    }
  }
}

Matrix LassoWorkingSet::residuals(const Matrix& coefficients) const {
  const Index trials = coefficients.rows();
  Matrix ordered = gathered_.topRows(1).replicate(trials, 1);
  if (size() > 0)
    add_product(ordered, -1, plain(coefficients),
                plain({gathered_.data() + x_.rows(), size(), x_.rows(), x_.rows()}));
  if (sets_.folds == 1) return ordered;
  Matrix residuals(trials, x_.rows());
  for (Index t = 0; t < trials; ++t)
    for (Index i = 0; i < x_.rows(); ++i) residuals(t, order_[i]) = ordered(t, i);
  return residuals;
}

}  // namespace quartic::detail
