#include "models/linear/classes/naive_bayes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/interruption.hpp"
#include "models/linear/classes/flops.hpp"
#include "models/linear/classes/two_classes.hpp"
#include "models/linear/linear_fit.hpp"

namespace quartic {

namespace {

using detail::TwoClasses;
namespace flops = detail::class_flops;

constexpr Index kBlockRows = 256;
constexpr double kSmallestVariance = 1e-9;  // in units of the column, squared

constexpr std::array kWords = {
    OptionWord{"common", "both classes have the variances of the rows about the means of their classes"},
    OptionWord{"by_class", "each class has its own, and the rule is quadratic"}};
constexpr std::array option_table = {
    Option<NaiveBayes>{"variances", &NaiveBayes::variances,
                       "whether the classes have the variances of their columns in common", kWords}};

// log(n1/n0) + 1/2 sum log(v0/v1) + (x - m0)^2/v0 - (x - m1)^2/v1, as |(x - m) / sqrt v|^2 and what is constant.
struct QuadraticRule {
  std::array<Vector, 2> means, inverse_deviations;
  double constant = 0;

  Vector score(const Matrix& x) const { return ((distances(x, 0) - distances(x, 1)) / 2).array() + constant; }
  double score_flops() const { return flops::quadratic_score(static_cast<double>(means[0].size())); }

 private:
  Vector distances(const Matrix& x, std::size_t k) const {
    Vector squares(x.rows());
    for (Index i = 0; i < x.rows(); ++i)
      squares(i) = (x.row(i).transpose() - means[k]).cwiseProduct(inverse_deviations[k]).squaredNorm();
    return squares;
  }
};
static_assert(Scorer<QuadraticRule> && BillsScores<QuadraticRule>);

// Sums of squares of each class about its means, in units of the columns.
struct Squares {
  Vector inverse_units;
  std::array<Vector, 2> of_class;
};

Squares sum_squares(const Data& data, const TwoClasses& classes) {
  const Index n = data.rows(), p = data.columns();
  Squares squares{classes.largest.unaryExpr(&detail::inverse_unit), {Vector::Zero(p), Vector::Zero(p)}};
  for (Index first = 0; first < n; first += kBlockRows) {
    interruption_point();
    const Range rows{first, std::min(kBlockRows, n - first)};
    const Matrix z = detail::find_deviations(data, rows, classes, squares.inverse_units);
    for (Index i = 0; i < z.rows(); ++i)
      squares.of_class[data.y()(first + i) > 0 ? 1 : 0] += z.row(i).cwiseAbs2().transpose();
  }
  return squares;
}

Vector variances_of(const Vector& squares, Index degrees) {
  return squares / static_cast<double>(std::max(degrees, Index{1}));
}

// Columns that vary, but in some class less than the least that counts.
Index count_raised(const TwoClasses& classes, const Vector& least_variances) {
  return (classes.largest.array() > 0 && least_variances.array() < kSmallestVariance).count();
}

std::string tell_raised(Index columns) {
  if (columns == 0) return "";
  return std::to_string(columns) + (columns == 1 ? " column hardly varies" : " columns hardly vary") +
         " within a class: the variances are taken to be 1e-9 of the squared range";
}

Fit fit_common(const TwoClasses& classes, const Squares& squares, double fit_flops) {
  const Vector variances = variances_of(squares.of_class[0] + squares.of_class[1], classes.rows() - 2);
  const Vector& units = squares.inverse_units;
  const Vector w = classes.difference.cwiseProduct(units)
                       .cwiseQuotient(variances.cwiseMax(kSmallestVariance))
                       .cwiseProduct(units);
  return make_fit(detail::rule_between(classes, w), w.size() + 1,
                  {.coefficients = {},
                   .certificate = nan,
                   .fit_flops = fit_flops,
                   .message = tell_raised(count_raised(classes, variances))});
}

QuadraticRule quadratic_rule(const TwoClasses& classes, const Squares& squares,
                             const std::array<Vector, 2>& variances) {
  QuadraticRule rule{classes.means, {}, 0};
  for (std::size_t k : {0u, 1u})
    rule.inverse_deviations[k] = squares.inverse_units.cwiseQuotient(variances[k].cwiseSqrt());
  double logarithms = 0;
  for (Index j = 0; j < variances[0].size(); ++j) logarithms += std::log(variances[0](j) / variances[1](j));
  rule.constant = std::log(static_cast<double>(classes.counts[1]) / static_cast<double>(classes.counts[0])) +
                  logarithms / 2;
  return rule;
}

Fit fit_by_class(const TwoClasses& classes, const Squares& squares, double fit_flops) {
  std::array<Vector, 2> variances = {variances_of(squares.of_class[0], classes.counts[0] - 1),
                                     variances_of(squares.of_class[1], classes.counts[1] - 1)};
  FitReport report;
  report.parameters = 2 * classes.difference.size() + 1;
  report.cost.fit_flops = fit_flops;
  report.message = tell_raised(count_raised(classes, variances[0].cwiseMin(variances[1])));
  for (Vector& v : variances) v = v.cwiseMax(kSmallestVariance);
  return {quadratic_rule(classes, squares, variances), std::move(report)};
}

}  // namespace

std::span<const Option<NaiveBayes>> NaiveBayes::options() {
  return option_table;
}

void NaiveBayes::require_data(Index n, Index, Task task) const {
  detail::require_classes(n, task, name());
}

Fit NaiveBayes::fit(const Data& data, Stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  interruption_point();
  const auto n = static_cast<double>(data.rows()), p = static_cast<double>(data.columns());
  const TwoClasses classes = detail::find_classes(data, name());
  if (classes.one_class()) return detail::constant_fit(classes);
  if (!classes.difference.allFinite()) return detail::failed_fit(classes);
  const Squares squares = sum_squares(data, classes);
  return variances == "common" ? fit_common(classes, squares, flops::common_variances(n, p))
                               : fit_by_class(classes, squares, flops::variances_by_class(n, p));
}

double NaiveBayes::working_bytes(Index, Index p) const {
  return sizeof(double) * static_cast<double>(kBlockRows + 16) * static_cast<double>(p);
}

}  // namespace quartic
