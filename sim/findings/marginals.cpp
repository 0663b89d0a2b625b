#include "sim/findings/marginals.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/findings/units.hpp"
#include "sim/parts/elementary.hpp"

namespace quartic::detail {

namespace {

constexpr std::array present_thresholds = {0.52440051270804078};
constexpr std::array present_values = {-present_mean / present_deviation,
                                       (1 - present_mean) / present_deviation};

// Normal quantiles of the cumulated e^-1/k!, k = 0 .. 5.
constexpr std::array count_thresholds = {-0.33747496376420246, 0.63032459374101632, 1.4030471003884817,
                                         2.0751102956609740,   2.6819384005469965,  3.2416569830886767};

constexpr std::array<double, 7> make_count_values() {
  std::array<double, 7> values{};
  for (std::size_t k = 0; k < 7; ++k) values[k] = (static_cast<double>(k) - count_mean) / count_deviation;
  return values;
}
constexpr std::array count_values = make_count_values();

// (e^exponent - 1)/deviation, where e^exponent has mean 1.
double size_of(double exponent) {
  return exponential_minus_one(exponent) / size_deviation;
}

double value_of(const Steps& steps, double z) {
  std::size_t k = 0;
  while (k < steps.thresholds.size() && z > steps.thresholds[k]) ++k;
  return steps.values[k];
}

}  // namespace

Steps steps_of(FindingKind kind) {
  if (kind == FindingKind::present) return {present_thresholds, present_values};
  return {count_thresholds, count_values};
}

double standardised(FindingKind kind, double z) {
  constexpr double s = log_size_deviation;
  if (kind == FindingKind::size) return size_of(s * z - s * s / 2);
  return has_steps(kind) ? value_of(steps_of(kind), z) : z;
}

double chance_of_step(const Steps& steps, std::size_t k, double factor, double correlation) {
  const auto chance_below = [&](double threshold) {
    return normal_distribution((threshold - std::sqrt(correlation) * factor) / std::sqrt(1 - correlation));
  };
  const double upper = k < steps.thresholds.size() ? chance_below(steps.thresholds[k]) : 1;
  const double lower = k > 0 ? chance_below(steps.thresholds[k - 1]) : 0;
  return upper - lower;
}

double mean_given_factor(FindingKind kind, double factor, double correlation) {
  const double shared = std::sqrt(correlation) * factor;
  constexpr double s = log_size_deviation;
  if (kind == FindingKind::size) return size_of(s * shared - s * s * correlation / 2);
  if (!has_steps(kind)) return shared;
  const Steps steps = steps_of(kind);
  double mean = 0;
  for (std::size_t k = 0; k < steps.values.size(); ++k)
    mean += steps.values[k] * chance_of_step(steps, k, factor, correlation);
  return mean;
}

}  // namespace quartic::detail
