#pragma once
/// What the linear models have in common: from a solved system to a Fit.
#include <array>
#include <cmath>
#include <string>

#include "core/model.hpp"

namespace quartic {

/// Coefficients, the certificate of the model's header, the bill, and a message where there is something to
/// say.
struct LinearSolution {
  Vector coefficients;
  double certificate = 0;
  double fit_flops = 0;
  std::string message;
};

/// numerator / denominator, 0 where the denominator is 0 (nothing to explain).
inline double ratio(double numerator, double denominator) {
  return denominator == 0 ? 0 : numerator / denominator;
}

/// |v|, without overflow or underflow of the squares. (Eigen's stableNorm asserts on its own alignment where
/// EIGEN_MAX_ALIGN_BYTES is wider than the baseline's vectors.)
inline double norm_of(const Eigen::Ref<const Vector>& v) {
  const double largest = v.size() == 0 ? 0 : v.cwiseAbs().maxCoeff();
  return largest > 0 && std::isfinite(largest) ? largest * (v / largest).norm() : largest;
}

/// The fit with this rule; failed where a number of the rule is not finite.
Fit make_fit(LinearRule rule, Index parameters, LinearSolution solution);

/// Throws InvalidInput unless the labels are real numbers.
void require_regression(Task task, const std::string& model);
/// And every size has a row.
void require_regression(const Prefixes& prefixes, const std::string& model);
/// Throws InvalidInput where an option asks for more columns than there are.
void require_among_columns(double asked, Index columns, const std::string& option);

/// A bare fit as the learning curve of one size, so that both are one code path.
template <class M>
Fit fit_alone(const M& model, const Data& data, Stream stream) {
  const std::array sizes = {data.rows()};
  return model.fit_prefixes({data, sizes, nullptr}, std::move(stream)).front();
}

}  // namespace quartic
