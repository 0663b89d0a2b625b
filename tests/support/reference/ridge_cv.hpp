#pragma once
/// Cross-validation of ridge regression in its slow, obvious form, templated on the scalar: what
/// models/linear/ridge/flops.hpp counts as tuning.
#include "tests/support/reference/ridge.hpp"

namespace quartic::reference {

template <class T>
struct Rows {
  Grid<T> x;
  Numbers<T> y;
};

/// The rows in (or, complement, out of) a fold.
template <class T>
Rows<T> fold_rows(const Grid<T>& x, const Numbers<T>& y, std::size_t fold, std::size_t folds, bool inside) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < x.rows; ++i)
    if ((i % folds == fold) == inside) rows.push_back(i);
  Rows<T> part{Grid<T>(rows.size(), x.columns), {}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < x.columns; ++j) part.x(i, j) = x(rows[i], j);
    part.y.push_back(y[rows[i]]);
  }
  return part;
}

template <class T>
void add_fold(Numbers<T>& sums, const Rows<T>& train, const Rows<T>& validation,
              const Numbers<T>& penalties) {
  const RidgeSystem<T> system = ridge_system(train.x, train.y);
  const RidgeSpectrum<T> spectrum = ridge_spectrum(system);
  for (std::size_t k = 0; k < penalties.size(); ++k) {
    const Numbers<T> score = product(validation.x, coefficients_at(system, spectrum, penalties[k]));
    for (std::size_t i = 0; i < score.size(); ++i) {
      const T error = validation.y[i] - score[i];
      sums[k] += error * error;
    }
  }
}

template <class T>
void add_centred_fold(Numbers<T>& sums, const Rows<T>& train, const Rows<T>& validation,
                      const Numbers<T>& penalties) {
  const Centred<T> centred = centre(train.x, train.y);
  const RidgeSystem<T> system = ridge_system(centred.x, centred.y);
  const RidgeSpectrum<T> spectrum = ridge_spectrum(system);
  for (std::size_t k = 0; k < penalties.size(); ++k) {
    const Numbers<T> b = coefficients_at(system, spectrum, penalties[k]);
    const T intercept = intercept_of(centred, b);
    const Numbers<T> score = product(validation.x, b);
    for (std::size_t i = 0; i < score.size(); ++i) {
      const T error = validation.y[i] - (score[i] + intercept);
      sums[k] += error * error;
    }
  }
}

/// What "cv" does once the system is there: errors at every penalty of its grid.
template <class T>
Numbers<T> fold_errors(const RidgeSystem<T>& system, const Rows<T>& data, std::size_t count,
                       std::size_t folds) {
  const Numbers<T> penalties = ridge_grid(system, count);
  Numbers<T> sums(count, T(0));
  for (std::size_t fold = 0; fold < folds; ++fold)
    add_fold(sums, fold_rows(data.x, data.y, fold, folds, false),
             fold_rows(data.x, data.y, fold, folds, true), penalties);
  for (T& sum : sums) sum /= T(static_cast<double>(data.x.rows));
  return sums;
}

/// The same with an intercept; `system` is that of the centred data.
template <class T>
Numbers<T> centred_fold_errors(const RidgeSystem<T>& system, const Rows<T>& data, std::size_t count,
                               std::size_t folds) {
  const Numbers<T> penalties = ridge_grid(system, count);
  Numbers<T> sums(count, T(0));
  for (std::size_t fold = 0; fold < folds; ++fold)
    add_centred_fold(sums, fold_rows(data.x, data.y, fold, folds, false),
                     fold_rows(data.x, data.y, fold, folds, true), penalties);
  for (T& sum : sums) sum /= T(static_cast<double>(data.x.rows));
  return sums;
}

}  // namespace quartic::reference
