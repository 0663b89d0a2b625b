#include "laws/curves/error_multiple.hpp"

#include <algorithm>
#include <cmath>

#include "laws/curves/curve_problem.hpp"
#include "laws/statistics/jackknife.hpp"

namespace quartic {

namespace {

Matrix compared_errors(const CrossingQuestion& question) {
  const Matrix& errors = question.against.errors;
  if (question.against_position < 0) return errors;
  return errors.col(question.against_position).replicate(1, question.arm.errors.cols());
}

std::string problem_of(const CrossingQuestion& question, Index degrees) {
  if (question.arm.sizes.size() < 1) return "No size lies in the range: widen from and to, or add sizes.";
  for (const MeasuredCurve* curve : {&question.arm, &question.against})
    if (const std::string lost = detail::lost_sizes(*curve); !lost.empty()) return lost;
  if (degrees < 1) return "Some size has fewer than two replicates that were measured: run more replicates.";
  return "";
}

}  // namespace

LawEstimate error_multiple(const CrossingQuestion& question, const LawOptions& options) {
  const Matrix others = compared_errors(question);
  const Index blocks = jackknife_blocks(std::max(question.arm.errors.rows(), others.rows()));
  const Resampled arm = resample(question.arm.errors, {options.average, blocks});
  const Resampled against = resample(others, {options.average, blocks});
  const Index degrees = std::min(arm.degrees, against.degrees);
  const std::string problem = problem_of(question, degrees);
  if (!problem.empty()) return {{}, problem};
  const auto log_ratio = [&](Index k) {
    return (arm.averages.row(k).array() / against.averages.row(k).array()).log().mean();
  };
  const Interval log = jackknife(log_ratio, {blocks, degrees, options.confidence});
  if (!std::isfinite(log.estimate) || std::isnan(log.low))
    return {{}, "Some error is not finite or not positive: leave its size out by from and to."};
  return {{std::exp(log.estimate), std::exp(log.low), std::exp(log.high)}, ""};
}

}  // namespace quartic
