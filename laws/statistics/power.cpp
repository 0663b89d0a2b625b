#include "laws/statistics/power.hpp"

#include <algorithm>
#include <cmath>

#include "laws/statistics/special.hpp"

namespace quartic {

namespace {

constexpr Index most_replicates = 1'000'000;

/// Student's t with so many degrees is normal to six digits.
double normal_quantile(double p) {
  return student_t_quantile(p, 1e7);
}

/// Slopes in units of that at the exponent q, where q is of computing; else as they are.
double slope_at(const PowerDesign& design, double q, double truth) {
  return design.of_computing ? truth / q : 2 / q;
}

bool suffice(const PowerDesign& design, double sum_of_squares, Index replicates) {
  const auto count = static_cast<double>(replicates);
  const double error = std::sqrt(std::expm1(design.spread * design.spread) / (count * sum_of_squares));
  const double reach = student_t_quantile((1 + design.confidence) / 2, count - 1);
  const auto distance = [&](double truth, double q) {
    return std::abs(slope_at(design, truth, truth) - slope_at(design, q, truth));
  };
  const double low = design.expect - design.margin, high = design.expect + design.margin;
  const double inside = std::min(low > 0 ? distance(design.expect, low) : distance(design.expect, high),
                                 distance(design.expect, high));
  const double outside = distance(design.against, design.against > high ? high : low);
  return inside >= (reach + normal_quantile((1 + design.power) / 2)) * error &&
         outside >= (reach + normal_quantile(design.power)) * error;
}

}  // namespace

Index replicates_needed(const PowerDesign& design) {
  if (std::abs(design.against - design.expect) <= design.margin || design.sizes.size() < 2) return -1;
  const Vector log_size = design.sizes.array().log();
  const double sum_of_squares = (log_size.array() - log_size.mean()).square().sum();
  if (!suffice(design, sum_of_squares, most_replicates)) return -1;
  Index enough = 2;
  while (!suffice(design, sum_of_squares, enough)) enough *= 2;
  Index least = std::max<Index>(2, enough / 2);
  while (least < enough) {
    const Index middle = least + (enough - least) / 2;
    if (suffice(design, sum_of_squares, middle))
      enough = middle;
    else
      least = middle + 1;
  }
  return enough;
}

}  // namespace quartic
