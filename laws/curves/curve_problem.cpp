#include "laws/curves/curve_problem.hpp"

#include <string>
#include <vector>

#include "core/number_text.hpp"
#include "core/words.hpp"

namespace quartic::detail {

std::string lost_sizes(const MeasuredCurve& curve) {
  if (curve.excluded == 0) return "";
  std::vector<std::string> lost;
  for (Index k = 0; k < curve.sizes.size(); ++k)
    if (curve.errors.col(k).array().isNaN().all()) lost.push_back(shortest(curve.sizes[k]));
  if (lost.empty()) return "";
  const auto fits = static_cast<Index>(lost.size()) * curve.errors.rows();
  const std::string which = curve.excluded >= fits ? "all " + std::to_string(fits) + " fits" : "the fits";
  return "At n = " + joined(lost) + " " + which + " failed or diverged: lower the rate" +
         (std::ssize(lost) < curve.sizes.size() ? ", or leave these sizes out by from and to." : ".");
}

std::string curve_problem(const MeasuredCurve& curve, const Resampled& errors) {
  constexpr Index least_sizes = 3;
  if (curve.sizes.size() < least_sizes)
    return "Only " + std::to_string(curve.sizes.size()) + " sizes lie in the range (at least " +
           std::to_string(least_sizes) + " are needed): widen from and to, or add sizes.";
  const std::string lost = lost_sizes(curve);
  if (!lost.empty()) return lost;
  if (errors.degrees < 1)
    return "Some size has fewer than two replicates that were measured: run more replicates.";
  if (!(errors.averages.row(0).array() > 0).all())
    return "Some error is not positive or not finite (no logarithm): leave its size out by from and to.";
  return "";
}

std::string floor_problem(const MeasuredCurve& curve, const Resampled& errors, double floor) {
  for (Index k = 0; k < curve.sizes.size(); ++k)
    if (const double average = errors.averages(0, k); !(average > floor))
      return "The average error at " + shortest(curve.sizes[k]) + ", " + with_digits(average, 4) +
             ", does not lie above the floor " + shortest(floor) +
             " (no error gets below its floor): take a smaller floor, or leave the size out.";
  return "";
}

bool flops_measured(const MeasuredCurve& curve, const Resampled& flops) {
  return flops.averages.cols() == curve.sizes.size() && (flops.averages.row(0).array() > 0).all();
}

}  // namespace quartic::detail
