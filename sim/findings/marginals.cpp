#include "sim/findings/marginals.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "sim/findings/units.hpp"
#include "sim/parts/elementary.hpp"

namespace quartic::detail {

namespace {

constexpr std::array present_thresholds = {upper_30_percent};
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

// e^x, |x| < 700, without branches, divisions or calls: sizes are a fifth of all columns. 2^k e^r, r at most half of
// log 2, whose series ends where it is below 2e-16 of the sum.
double fast_exponential(double x) {
  constexpr double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;
  constexpr double rounder = 0x1.8p52;  // numbers of this size have no fraction
  const double shifted = x * (1 / std::numbers::ln2) + rounder, k = shifted - rounder;
  const double r = (x - k * ln2_high) - k * ln2_low;
  double sum = 1. / 6227020800;
  for (const double coefficient : {1. / 479001600, 1. / 39916800, 1. / 3628800, 1. / 362880, 1. / 40320,
                                   1. / 5040, 1. / 720, 1. / 120, 1. / 24, 1. / 6, 1. / 2, 1., 1.})
    sum = sum * r + coefficient;
  return sum * __builtin_bit_cast(double, (__builtin_bit_cast(std::uint64_t, shifted) + 1023) << 52);
}

double size_at(double z) {
  constexpr double s = log_size_deviation;
  return (fast_exponential(s * z - s * s / 2) - 1) * (1 / size_deviation);
}

double present_at(double z) {
  return z > present_thresholds[0] ? present_values[1] : present_values[0];
}

double count_at(double z) {
  std::size_t k = 0;
  for (const double threshold : count_thresholds) k += z > threshold ? 1 : 0;
  return count_values[k];
}

void apply_to_kind(FindingKind kind, Index first, std::span<double> z, auto function) {
  const Index ahead = static_cast<Index>(kind) - first % findings_of_a_place;
  const auto begin = static_cast<std::size_t>(ahead < 0 ? ahead + findings_of_a_place : ahead);
  for (std::size_t k = begin; k < z.size(); k += findings_of_a_place) z[k] = function(z[k]);
}

}  // namespace

void standardise(Index first, std::span<double> z) {
  apply_to_kind(FindingKind::size, first, z, size_at);
  apply_to_kind(FindingKind::present, first, z, present_at);
  apply_to_kind(FindingKind::count, first, z, count_at);
}

Steps steps_of(FindingKind kind) {
  if (kind == FindingKind::present) return {present_thresholds, present_values};
  return {count_thresholds, count_values};
}

double standardised(FindingKind kind, double z) {
  switch (kind) {
    case FindingKind::size:
      return size_at(z);
    case FindingKind::present:
      return present_at(z);
    case FindingKind::count:
      return count_at(z);
    default:
      return z;
  }
}

Conspicuousness::Conspicuousness(FindingKind kind)
    : chance(kind == FindingKind::count ? chance_of_counts : present_mean),
      usual(-std::sqrt(chance / (1 - chance))),
      conspicuous(std::sqrt((1 - chance) / chance)) {}

double conspicuous_from(FindingKind kind) {
  return kind == FindingKind::count ? count_thresholds[1] : upper_30_percent;
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
