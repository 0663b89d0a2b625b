#include "laws/theory/pruning.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/number_text.hpp"
#include "core/require.hpp"
#include "laws/statistics/special.hpp"
#include "laws/theory/design.hpp"

namespace quartic {
namespace {

void require_numbers(const PruningDesign& design) {
  detail::require_at_least("columns", design.columns, 1);
  detail::require_at_least("rows", design.rows, 0);
  detail::require_at_least("the noise's variance", design.noise_variance, 0);
  for (const double b : design.coefficients) detail::require_at_least("a coefficient's size", std::abs(b), 0);
  const auto given = static_cast<double>(design.coefficients.size());
  require(given <= design.columns, shortest(given) + " coefficients of " + shortest(design.columns) +
                                       " columns (each belongs to one). Give fewer, or more columns.");
}

/// One coefficient at one threshold.
struct Cut {
  double kept = 0;  ///< chance
  double risk = 0;
};

Cut cut(const LearnedCoefficient& learned, double b, double t) {
  const double kappa = learned.factor, tau = learned.deviation, m = (kappa - 1) * b;
  if (tau == 0) return std::abs(kappa * b) > t ? Cut{1, m * m} : Cut{0, b * b};
  const double u = (t - kappa * b) / tau, v = (t + kappa * b) / tau;
  const double kept = normal_cdf(-u) + normal_cdf(-v);
  const double at_u = normal_density(u), at_v = normal_density(v);
  return {kept, b * b * (1 - kept) + (m * m + tau * tau) * kept + 2 * m * tau * (at_u - at_v) +
                    tau * tau * (u * at_u + v * at_v)};
}

/// One deviation that coefficients may have, and its chance.
struct Deviation {
  double value = 0, chance = 1;
};

/// sigma/sqrt(C), C chi-squared with f degrees of freedom, over log C, by the trapezoidal rule: its density there is
/// that of exp(f t/2 - e^t/2), which falls on both sides faster than any power, and the rule is exact to rounding.
std::vector<Deviation> student_deviations(double sigma, double f) {
  constexpr double least = -45;  // log of a density over its largest that adds nothing
  const double step = std::min(0.1, std::sqrt(2 / f) / 4), mode = std::log(f);
  const auto log_density = [&](double t) { return f / 2 * (t - std::expm1(t)); };  // t from the mode
  std::vector<Deviation> all;
  double sum = 0;
  for (const double side : {-1.0, 1.0})
    for (Index k = side < 0 ? 0 : 1;; ++k) {
      const double t = side * static_cast<double>(k) * step;
      // (the variance, 1/C, counts e^-t times the more)
      if (log_density(t) - std::min(t, 0.0) < least) break;
      all.push_back({sigma * std::exp(-(mode + t) / 2), std::exp(log_density(t))});
      sum += all.back().chance;
    }
  for (Deviation& one : all) one.chance /= sum;
  return all;
}

/// Those of which the law of a coefficient is a mixture of normal ones.
std::vector<Deviation> deviations_of(const PruningDesign& design, const LearnedCoefficient& learned) {
  const double n = design.rows, d = design.columns;
  if (n < d + 2 || design.noise_variance == 0) return {{learned.deviation, 1}};
  return student_deviations(std::sqrt(design.noise_variance), n - d + 1);
}

Cut cut_all(const PruningDesign& design, const LearnedCoefficient& learned, double t) {
  const double others = design.columns - static_cast<double>(design.coefficients.size());
  const Cut none = cut(learned, 0, t);
  Cut sum{others * none.kept, others * none.risk};
  for (const double b : design.coefficients) {
    const Cut one = cut(learned, b, t);
    sum.kept += one.kept;
    sum.risk += one.risk;
  }
  return sum;
}

Cut cut_all(const PruningDesign& design, double t) {
  const LearnedCoefficient learned = learned_coefficient(design);
  detail::require_at_least("the threshold", t, 0);
  Cut mean;
  for (const auto& [deviation, chance] : deviations_of(design, learned)) {
    const Cut one = cut_all(design, {learned.factor, deviation}, t);
    mean.kept += chance * one.kept;
    mean.risk += chance * one.risk;
  }
  return mean;
}

}  // namespace

LearnedCoefficient learned_coefficient(const PruningDesign& design) {
  require_numbers(design);
  const double n = design.rows, d = design.columns, sigma2 = design.noise_variance;
  if (n >= d + 2) return {1, std::sqrt(sigma2 / (n - d - 1))};
  if (n > d - 2) return {nan, nan};
  const double kappa = n / d;
  return {kappa, std::sqrt(kappa * (1 - kappa) * design.coefficients.squaredNorm() / d +
                           sigma2 * n / (d * (d - n - 1)))};
}

double pruned_risk(const PruningDesign& design, double threshold) {
  return cut_all(design, threshold).risk;
}

double kept_by_pruning(const PruningDesign& design, double threshold) {
  return cut_all(design, threshold).kept;
}

// The count falls as t grows: doubled until too few are kept, then halved to the last bits.
double pruning_threshold(const PruningDesign& design, double kept) {
  const LearnedCoefficient learned = learned_coefficient(design);
  require(kept > 0 && kept <= design.columns,
          shortest(kept) + " coefficients kept of " + shortest(design.columns) +
              " (above 0, and no more than there are). Give another number.");
  if (std::isnan(learned.deviation)) return nan;
  double low = 0, high = 1;
  if (kept == design.columns || kept_by_pruning(design, 0) <= kept) return 0;
  while (kept_by_pruning(design, high) > kept) high *= 2;
  for (int k = 0; k < 200 && low < high; ++k) {
    const double middle = low + (high - low) / 2;
    if (middle == low || middle == high) break;
    (kept_by_pruning(design, middle) > kept ? low : high) = middle;
  }
  return high;
}

}  // namespace quartic
