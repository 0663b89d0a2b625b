#pragma once
/// Ridge regression in its slow, obvious form, templated on the scalar: what models/linear/ridge/flops.hpp
/// counts.
#include "tests/support/reference/eigen.hpp"

namespace quartic::reference {

/// The smaller Gram matrix of x with the right-hand side: X'X and X'y, or XX' and y where n < p.
template <class T>
struct RidgeSystem {
  Grid<T> x, gram;
  Numbers<T> y, right;
  bool by_rows;
};

template <class T>
RidgeSystem<T> ridge_system(const Grid<T>& x, const Numbers<T>& y) {
  if (x.rows < x.columns) return {x, gram_of_rows(x), y, y, true};
  const Grid<T> xt = transpose(x);
  return {x, gram_of_rows(xt), y, product(xt, y), false};
}

template <class T>
Rule<T> ridge(const RidgeSystem<T>& system, T penalty) {
  Grid<T> shifted = system.gram;
  const T ridge = T(static_cast<double>(system.x.rows)) * penalty;
  for (std::size_t i = 0; i < shifted.rows; ++i) shifted(i, i) += ridge;
  const Numbers<T> solved = solve(cholesky(shifted), system.right);
  return {system.by_rows ? product(transpose(system.x), solved) : solved};
}

template <class T>
Numbers<T> ridge_grid(const RidgeSystem<T>& system, std::size_t count) {
  const double scale = static_cast<double>(system.x.rows * system.gram.rows);
  const double ratio = count > 1 ? std::pow(10, -6.0 / static_cast<double>(count - 1)) : 1;
  Numbers<T> penalties{T(100) * (trace(system.gram) / T(scale))};
  while (penalties.size() < count) penalties.push_back(penalties.back() * T(ratio));
  return penalties;
}

template <class T>
struct RidgeSpectrum {
  Eigensystem<T> system;
  Numbers<T> rotated;
};

template <class T>
RidgeSpectrum<T> ridge_spectrum(const RidgeSystem<T>& system) {
  Eigensystem<T> eigen = eigensystem_as_billed(system.gram);
  Numbers<T> rotated = product(eigen.vectors, system.right);
  return {std::move(eigen), std::move(rotated)};
}

template <class T>
Numbers<T> shrinkage(const RidgeSpectrum<T>& spectrum, T ridge) {
  Numbers<T> shrunk;
  for (const T& value : spectrum.system.values) shrunk.push_back(T(1) / (value + ridge));
  return shrunk;
}

template <class T>
Numbers<T> times(Numbers<T> a, const Numbers<T>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] *= b[i];
  return a;
}

template <class T>
Numbers<T> coefficients_at(const RidgeSystem<T>& system, const RidgeSpectrum<T>& spectrum, T penalty) {
  const T ridge = T(static_cast<double>(system.x.rows)) * penalty;
  const Numbers<T> scaled = times(spectrum.rotated, shrinkage(spectrum, ridge));
  const Numbers<T> solved = product(transpose(spectrum.system.vectors), scaled);
  return system.by_rows ? product(transpose(system.x), solved) : solved;
}

template <class T>
Grid<T> squares(Grid<T> a) {
  for (T& number : a.numbers) number *= number;
  return a;
}

/// Mean of (residual / (kept - leverage))^2.
template <class T>
T mean_left_out(const Numbers<T>& residual, const Numbers<T>& kept, T leverage) {
  T sum = T(0);
  for (std::size_t i = 0; i < residual.size(); ++i) {
    const T error = residual[i] / (kept[i] - leverage);
    sum += error * error;
  }
  return sum / T(static_cast<double>(residual.size()));
}

template <class T>
Numbers<T> left_out_by_rows(const RidgeSystem<T>& system, const RidgeSpectrum<T>& spectrum,
                            const Numbers<T>& penalties, T leverage) {
  const Grid<T> vectors = transpose(spectrum.system.vectors), squared = squares(vectors);
  Numbers<T> errors;
  for (const T& penalty : penalties) {
    const T ridge = T(static_cast<double>(system.x.rows)) * penalty;
    const Numbers<T> shrunk = shrinkage(spectrum, ridge);
    Numbers<T> residual = product(vectors, times(spectrum.rotated, shrunk)), kept = product(squared, shrunk);
    for (T& number : residual) number *= ridge;
    for (T& number : kept) number *= ridge;
    errors.push_back(mean_left_out(residual, kept, leverage));
  }
  return errors;
}

template <class T>
Numbers<T> left_out_by_columns(const RidgeSystem<T>& system, const RidgeSpectrum<T>& spectrum,
                               const Numbers<T>& penalties, T leverage) {
  const Grid<T> scores = product(system.x, transpose(spectrum.system.vectors)), squared = squares(scores);
  Numbers<T> errors;
  for (const T& penalty : penalties) {
    const T ridge = T(static_cast<double>(system.x.rows)) * penalty;
    const Numbers<T> shrunk = shrinkage(spectrum, ridge);
    const Numbers<T> residual = difference(system.y, product(scores, times(spectrum.rotated, shrunk)));
    const Numbers<T> kept = difference(Numbers<T>(system.y.size(), T(1)), product(squared, shrunk));
    errors.push_back(mean_left_out(residual, kept, leverage));
  }
  return errors;
}

/// What "loo" does once the system is there.
template <class T>
Numbers<T> leave_one_out_errors(const RidgeSystem<T>& system, std::size_t count, T leverage) {
  const Numbers<T> penalties = ridge_grid(system, count);
  const RidgeSpectrum<T> spectrum = ridge_spectrum(system);
  return system.by_rows ? left_out_by_rows(system, spectrum, penalties, leverage)
                        : left_out_by_columns(system, spectrum, penalties, leverage);
}

}  // namespace quartic::reference
