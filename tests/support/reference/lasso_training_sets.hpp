#pragma once
/// Training sets by fold in their slow, obvious form, on any scalar: all rows when there is one fold, else
/// those outside of the own fold.
#include <vector>

#include "models/linear/lasso/path.hpp"
#include "tests/support/counting_scalar.hpp"

namespace quartic::reference {

template <class S>
struct LassoTrainingSets {
  Grid<S> x;
  std::vector<S> y;
  std::size_t folds;
  detail::FoldMeans means;

  bool fits_means() const { return means == detail::FoldMeans::fitted; }
  bool trains(std::size_t row, std::size_t fold) const { return folds == 1 || row % folds != fold; }
  double training_rows(std::size_t fold) const {
    double rows = 0;
    for (std::size_t i = 0; i < y.size(); ++i) rows += trains(i, fold) ? 1 : 0;
    return rows;
  }
  S inner_product(const std::vector<S>& u, const std::vector<S>& v, std::size_t fold) const {
    S sum(0);
    for (std::size_t i = 0; i < u.size(); ++i)
      if (trains(i, fold)) sum += u[i] * v[i];
    return sum;
  }
  std::vector<S> column(std::size_t j) const {
    std::vector<S> result;
    for (std::size_t i = 0; i < y.size(); ++i) result.push_back(x(i, j));
    return result;
  }
  std::vector<S> correlations(const std::vector<S>& residual, std::size_t fold) const {
    std::vector<S> result;
    for (std::size_t j = 0; j < x.columns; ++j) result.push_back(inner_product(column(j), residual, fold));
    return result;
  }
  void centre(std::vector<S>& residual, std::size_t fold) const {
    S sum(0);
    for (std::size_t i = 0; i < residual.size(); ++i)
      if (trains(i, fold)) sum += residual[i];
    const S mean = sum / S(training_rows(fold));
    for (S& entry : residual) entry -= mean;
  }
  /// What every training set has: the sum over folds less the own one; the folds themselves when there is
  /// one.
  std::vector<S> without_own(const std::vector<S>& byfold) const {
    if (folds == 1) return byfold;
    S total = byfold[0];
    for (std::size_t fold = 1; fold < folds; ++fold) total += byfold[fold];
    std::vector<S> result;
    for (const S& own : byfold) result.push_back(total - own);
    return result;
  }
  std::vector<S> training_products(const std::vector<S>& u, const std::vector<S>& v) const {
    std::vector<S> byfold(folds, S(0));
    for (std::size_t i = 0; i < u.size(); ++i) byfold[i % folds] += u[i] * v[i];
    return without_own(byfold);
  }
  std::vector<S> training_sums(const std::vector<S>& u) const {
    std::vector<S> byfold(folds, S(0));
    for (std::size_t i = 0; i < u.size(); ++i) byfold[i % folds] += u[i];
    return without_own(byfold);
  }
};

}  // namespace quartic::reference
