#pragma once
/// Findings as functions of a standard normal z, each of mean 0 and variance 1.
#include <span>

#include "sim/findings/finding.hpp"

namespace quartic::detail {

/// size (e^(z/2 - 1/8) - 1)/sqrt(e^(1/4) - 1); density and margin z; present and count by steps. Never falls in z; the
/// same bits everywhere.
double standardised(FindingKind kind, double z);
/// The same, in place, for neighbouring columns from `first` on; several times as fast.
void standardise(Index first, std::span<double> z);

/// Whether the kind has few values, those of its steps.
constexpr bool has_steps(FindingKind kind) {
  return kind == FindingKind::present || kind == FindingKind::count;
}

/// values[k] where thresholds[k - 1] < z <= thresholds[k]: one value more than thresholds, all ascending.
struct Steps {
  std::span<const double> thresholds, values;
};
/// Of present, 1{z > Phi^-1(0.7)}, and count, cells of a Poisson law of mean 1 with all from 6 on as one; both in
/// units of their standard deviation, from their mean on. Precondition: has_steps.
Steps steps_of(FindingKind kind);

/// Of a finding as one that is conspicuous or not, in units of its standard deviation, from its mean on: the values
/// (1{conspicuous} - q)/sqrt(q (1 - q)), q its chance.
struct Conspicuousness {
  double chance;
  double usual, conspicuous;  ///< values

  explicit Conspicuousness(FindingKind kind);
};
/// It is conspicuous where z is above this, and so from value 1 of present on, and value 2 of count.
double conspicuous_from(FindingKind kind);

/// The chance of value k of the steps where z = sqrt(c) f + sqrt(1 - c) e, given the factor f. c < 1.
double chance_of_step(const Steps& steps, std::size_t k, double factor, double correlation);

/// E[standardised(kind, z) | f] for the same z.
double mean_given_factor(FindingKind kind, double factor, double correlation);

}  // namespace quartic::detail
