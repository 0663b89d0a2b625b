#include "models/linear/classes/two_classes.hpp"

#include <algorithm>
#include <cmath>

#include "core/interruption.hpp"
#include "core/require.hpp"
#include "models/linear/classes/flops.hpp"
#include "models/linear/linear_fit.hpp"

namespace quartic::detail {

namespace {

constexpr Index kBlockRows = 256;
constexpr int kLargestExponent = 1000;  // its power of two and the inverse are both numbers

std::size_t class_of(double label) {
  return label > 0 ? 1 : 0;
}

}  // namespace

TwoClasses find_classes(const Data& data, const std::string& model) {
  require_labels(data.y(), model);
  const Index n = data.rows(), p = data.columns();
  TwoClasses classes;
  classes.means = {Vector::Zero(p), Vector::Zero(p)};
  classes.largest = Vector::Zero(p);
  std::array<Vector, 2> firsts = {Vector::Zero(p), Vector::Zero(p)};
  for (Index first = 0; first < n; first += kBlockRows) {
    interruption_point();
    const Matrix x = data.block({first, std::min(kBlockRows, n - first)}, {0, p});
    for (Index i = 0; i < x.rows(); ++i) {
      const std::size_t k = class_of(data.y()(first + i));
      if (classes.counts[k]++ == 0) firsts[k] = x.row(i).transpose();
      const Vector deviation = x.row(i).transpose() - firsts[k];
      classes.means[k] += deviation;
      classes.largest = classes.largest.cwiseMax(deviation.cwiseAbs());
    }
  }
  for (std::size_t k : {0u, 1u})
    if (classes.counts[k] > 0)
      classes.means[k] = firsts[k] + classes.means[k] / static_cast<double>(classes.counts[k]);
  classes.difference = classes.means[1] - classes.means[0];
  classes.largest = classes.largest.cwiseMax(classes.difference.cwiseAbs());
  return classes;
}

double inverse_unit(double largest) {
  if (!(largest > 0) || !std::isfinite(largest)) return 1;
  return std::ldexp(1.0, -std::clamp(std::ilogb(largest), -kLargestExponent, kLargestExponent));
}

Matrix find_deviations(const Data& data, Range rows, const TwoClasses& classes, const Vector& inverse_units) {
  Matrix x = data.block(rows, {0, data.columns()});
  for (Index i = 0; i < x.rows(); ++i) {
    const Vector& mean = classes.means[class_of(data.y()(rows.first + i))];
    x.row(i) = (x.row(i) - mean.transpose()).cwiseProduct(inverse_units.transpose());
  }
  return x;
}

Fit constant_fit(const TwoClasses& classes) {
  const bool ones = classes.counts[1] > 0;
  const double log_odds = std::log(static_cast<double>(classes.rows() + 1));
  return make_fit(
      {Vector::Zero(classes.difference.size()), ones ? log_odds : -log_odds}, 1,
      {.coefficients = {},
       .certificate = nan,
       .fit_flops = class_flops::constant(),
       .message = "all labels are of class " + std::string(ones ? "1" : "0") + ": the rule is a constant"});
}

LinearRule rule_between(const TwoClasses& classes, Vector coefficients) {
  double sum = 0;
  for (Index j = 0; j < coefficients.size(); ++j)
    sum += (classes.means[0](j) + classes.means[1](j)) * coefficients(j);
  const double log_odds =
      std::log(static_cast<double>(classes.counts[1]) / static_cast<double>(classes.counts[0]));
  return {std::move(coefficients), log_odds - sum / 2};
}

Fit failed_fit(const TwoClasses& classes) {
  const Index p = classes.difference.size();
  const double flops = class_flops::means(static_cast<double>(classes.rows()), static_cast<double>(p));
  return make_fit({Vector::Constant(p, nan), nan}, p + 1,
                  {.coefficients = {}, .certificate = nan, .fit_flops = flops, .message = ""});
}

}  // namespace quartic::detail
