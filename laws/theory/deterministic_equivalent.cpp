#include "laws/theory/deterministic_equivalent.hpp"

#include <cassert>
#include <cmath>

namespace quartic {
namespace {

struct Bracket {
  double low, high;
};

/// Every root kappa > 0 lies here: kappa <= tr/n + l (as df1 <= tr/kappa), and kappa >= l or, for l = 0,
/// kappa >= s_min (rank - n)/n (as df1 >= rank s_min/(s_min + kappa)).
Bracket kappa_bracket(const Vector& s, const RidgeSample& sample) {
  double smallest = infinity;
  double rank = 0;
  for (double value : s) {
    if (value <= 0) continue;
    smallest = std::min(smallest, value);
    ++rank;
  }
  const double high = s.sum() / sample.rows + sample.penalty;
  if (sample.penalty > 0) return {sample.penalty, high};
  if (rank == sample.rows) return {nan, nan};
  if (rank < sample.rows) return {0, 0};
  return {smallest * (rank - sample.rows) / sample.rows, high};
}

/// Newton in log kappa on n - df1 - n l/kappa, which increases with kappa; bisection where Newton leaves the
/// bracket.
double solve_kappa(const Vector& s, const RidgeSample& sample, Bracket bracket) {
  double low = std::log(bracket.low), high = std::log(bracket.high);
  double log_kappa = high;
  for (int k = 0; k < 200; ++k) {
    const double kappa = std::exp(log_kappa);
    const Vector shrink = s.array() / (s.array() + kappa);
    const double df1 = shrink.sum(), pull = sample.rows * sample.penalty / kappa;
    const double value = sample.rows - df1 - pull;
    const double slope = df1 - shrink.squaredNorm() + pull;
    (value > 0 ? high : low) = log_kappa;
    double next = log_kappa - value / slope;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    if (std::abs(next - log_kappa) < 1e-15 * std::max(1., std::abs(next))) break;
    log_kappa = next;
  }
  return std::exp(log_kappa);
}

}  // namespace

RidgeEquivalent ridge_equivalent(const CovarianceSpectrum& spectrum, const RidgeSample& sample) {
  const Vector& s = spectrum.eigenvalues;
  assert(s.size() == spectrum.squared_coefficients.size());
  if (!(sample.rows > 0) || !(sample.penalty >= 0)) return {nan, nan, nan};
  const Bracket bracket = kappa_bracket(s, sample);
  if (std::isnan(bracket.low)) return {nan, nan, nan};
  const double kappa = bracket.high > 0 && bracket.low > 0 ? solve_kappa(s, sample, bracket) : bracket.low;
  double df2 = 0, bias = 0;
  for (Index j = 0; j < s.size(); ++j) {
    if (s[j] <= 0) continue;
    const double shrink = s[j] / (s[j] + kappa);
    df2 += shrink * shrink;
    bias += spectrum.squared_coefficients[j] / s[j] * shrink * shrink;
  }
  const double n = sample.rows;
  const double risk = (kappa * kappa * bias + sample.noise_variance * df2 / n) / (1 - df2 / n);
  return {kappa, df2, risk};
}

CovarianceSpectrum power_law_spectrum(Index columns, double spectrum_exponent, double coefficient_exponent) {
  const Eigen::ArrayXd j = Eigen::ArrayXd::LinSpaced(columns, 1, static_cast<double>(columns));
  return {j.pow(-spectrum_exponent), j.pow(-coefficient_exponent)};
}

}  // namespace quartic
