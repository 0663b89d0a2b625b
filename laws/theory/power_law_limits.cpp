#include "laws/theory/power_law_limits.hpp"

#include <algorithm>
#include <cmath>

#include "laws/theory/exponents.hpp"

namespace quartic {
namespace {

PowerLawOptimum better(const PowerLawOptimum& one, const PowerLawOptimum& other) {
  return other.risk < one.risk ? other : one;
}

PowerLawPhase find_phase(const PowerLawSgd& design) {
  const double A = design.signal_exponent, B = design.spectrum_exponent;
  if (design.noise_variance == 0) return A <= 2 * B ? PowerLawPhase::capacity : PowerLawPhase::gradient_noise;
  if (design.average == SgdAverage::last) return PowerLawPhase::noise_floor;
  return A <= B ? PowerLawPhase::capacity : PowerLawPhase::label_noise;
}

}  // namespace

double power_tail(double exponent, double columns) {
  if (!(exponent > 1)) return infinity;
  const double first = std::floor(columns) + 1, from = std::max(first, 128.);
  double sum = 0;
  for (double j = first; j < from; ++j) sum += std::pow(j, -exponent);
  const double term = std::pow(from, -exponent), a = exponent, x2 = from * from;
  const double corrections = a / (12 * from) * (1 - (a + 1) * (a + 2) / (60 * x2));
  return sum + term * (from / (a - 1) + 0.5 + corrections);
}

double power_law_sgd_risk(const PowerLawSgd& design, double columns, double steps) {
  const double A = design.signal_exponent, B = design.spectrum_exponent;
  if (!(columns >= 1)) return nan;
  const double tail = power_tail(A, columns);
  const DiagonalSgd seen{power_law_spectrum(static_cast<Index>(columns), B, A - B),
                         design.noise_variance + tail, design.step};
  return tail + sgd_risk(seen, steps, design.average);
}

PowerLawOptimum power_law_optimum(const PowerLawSgd& design, double computing) {
  const auto at = [&](double columns) -> PowerLawOptimum {
    const double N = std::round(columns), steps = std::floor(computing / N);
    if (!(N >= 1 && steps >= 1)) return {N, steps, infinity};
    return {N, steps, power_law_sgd_risk(design, N, steps)};
  };
  PowerLawOptimum best = at(1);
  for (double N = 2; N <= computing; N *= 2) best = better(best, at(N));
  for (double ratio = std::sqrt(2.); ratio > 1.09; ratio = std::sqrt(ratio)) {
    const double centre = best.columns;
    best = better(best, better(at(centre / ratio), at(centre * ratio)));
  }
  return best;
}

PowerLawFrontier power_law_frontier(const PowerLawSgd& design) {
  const double A = design.signal_exponent, B = design.spectrum_exponent;
  const PowerLawPhase phase = find_phase(design);
  if (phase == PowerLawPhase::noise_floor) return {phase, nan, nan, 0};
  if (phase == PowerLawPhase::label_noise) return {phase, 1 / (A + 1), A / (A + 1), (A - 1) / (A + 1)};
  return {phase, 1 / (B + 1), B / (B + 1), compute_optimal_rate(power_law_risk(B, A))};
}

}  // namespace quartic
