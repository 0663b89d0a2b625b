#include "laws/curves/curve_problem.hpp"

#include <algorithm>
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

std::string flops_problem(const MeasuredCurve& curve) {
  const Vector flops = average_columns(curve.flops, Average::mean).values;
  if (flops.size() != curve.sizes.size() || flops.array().isNaN().any())
    return "The flops were not measured at every size: use arms that bill them.";
  for (Index k = 0; k < flops.size(); ++k)
    if (!(flops[k] > 0))
      return "At n = " + shortest(curve.sizes[k]) +
             " it takes no operation (zero has no logarithm): leave its size out by from and to.";
  return "";
}

std::string growth_problem(const MeasuredCurve& curve) {
  constexpr double least_growth = 1e-3;
  double least = infinity, most = 0;
  for (const double flops : average_columns(curve.flops, Average::mean).values)
    if (flops > 0) least = std::min(least, flops), most = std::max(most, flops);
  if (!(most <= (1 + least_growth) * least)) return "";
  return "The computing hardly grows over these sizes (by less than a thousandth), so that it says nothing of the "
         "error: claim it over computing, of fewer uses, or over more sizes.";
}

}  // namespace quartic::detail
