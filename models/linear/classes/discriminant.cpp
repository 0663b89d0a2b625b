#include "models/linear/classes/discriminant.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/interruption.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/cholesky.hpp"
#include "models/linear/classes/flops.hpp"
#include "models/linear/classes/two_classes.hpp"
#include "models/linear/gram.hpp"
#include "models/linear/linear_fit.hpp"

namespace quartic {

namespace {

using detail::span_of;
using detail::TwoClasses;
namespace flops = detail::class_flops;

constexpr Index kBlockRows = 256;
// Ten digits less than a factor that is to be exact: the shrinkage itself keeps the pivots up.
constexpr double kSmallestShrunkPivot = 1e-13;

constexpr std::array kWords = {OptionWord{"auto", "the intensity of Ledoit & Wolf (2004)"}};
constexpr std::array option_table = {Option<Discriminant>{
    "shrinkage", &Discriminant::shrinkage, "l in (1 - l) S + l trace(S)/p I, or how to choose it", kWords,
    from_to(0, 1, "it is the share of the covariance that is replaced")}};

// Rows less the means of their classes, Z, in one unit; the difference of the means in the same.
struct Scatter {
  Matrix z;                  // where n < p, else empty
  Matrix gram;               // lower triangle of ZZ' where n < p, else of Z'Z
  double fourth_powers = 0;  // sum |z_i|^4
  Vector difference;
  double rows = 0, columns = 0;

  bool by_rows() const { return rows < columns; }
  double degrees() const { return std::max(rows - 2, 1.0); }
};

double largest_of(const Vector& v) {
  return v.size() > 0 ? v.maxCoeff() : 0;
}

Scatter scatter_by_rows(const Data& data, const TwoClasses& classes, const Vector& units) {
  const Index n = data.rows();
  const Data deviations(detail::find_deviations(data, {0, n}, classes, units), Vector::Zero(n));
  Scatter scatter;
  scatter.gram = row_gram(deviations, n).leading(n);
  scatter.fourth_powers = scatter.gram.diagonal().squaredNorm();
  scatter.z = deviations.dense();
  return scatter;
}

Scatter scatter_by_columns(const Data& data, const TwoClasses& classes, const Vector& units) {
  const Index n = data.rows(), p = data.columns();
  Scatter scatter;
  scatter.gram = Matrix::Zero(p, p);
  for (Index first = 0; first < n; first += kBlockRows) {
    interruption_point();
    const Matrix z = detail::find_deviations(data, {first, std::min(kBlockRows, n - first)}, classes, units);
    detail::add_gram(detail::Block(scatter.gram), 1, detail::transposed(z));
    scatter.fourth_powers += z.rowwise().squaredNorm().squaredNorm();
  }
  return scatter;
}

Scatter find_scatter(const Data& data, const TwoClasses& classes, double inverse_unit) {
  const Vector units = Vector::Constant(data.columns(), inverse_unit);
  Scatter scatter = data.rows() < data.columns() ? scatter_by_rows(data, classes, units)
                                                 : scatter_by_columns(data, classes, units);
  scatter.difference = classes.difference * inverse_unit;
  scatter.rows = static_cast<double>(data.rows());
  scatter.columns = static_cast<double>(data.columns());
  return scatter;
}

// Of a symmetric matrix of which the lower triangle is held, the upper one zero.
double squared_norm(const Matrix& lower) {
  const double diagonal = lower.diagonal().squaredNorm();
  return 2 * (lower.squaredNorm() - diagonal) + diagonal;
}

double ledoit_wolf(const Scatter& scatter) {
  const double squares = squared_norm(scatter.gram), trace = scatter.gram.trace();
  const double spread = squares - trace * trace / scatter.columns;
  const double noise = scatter.fourth_powers - squares / scatter.rows;
  return spread > 0 ? std::clamp(noise / spread, 0.0, 1.0) : 0;
}

// S_l = gram ZZ' or Z'Z + ridge I.
struct Shrunk {
  double gram, ridge;
};

Shrunk shrink(const Scatter& scatter, double shrinkage) {
  const double trace = scatter.gram.trace();
  const double mean = trace > 0 ? trace / (scatter.degrees() * scatter.columns) : 0;
  return {(1 - shrinkage) / scatter.degrees(), shrinkage * mean};
}

Vector times(const Scatter& scatter, const Vector& w) {
  Vector image = Vector::Zero(scatter.z.rows());
  detail::add_product(span_of(image), 1, detail::plain(scatter.z), span_of(w));
  return image;
}

Vector times_transposed(const Scatter& scatter, const Vector& a) {
  Vector image = Vector::Zero(scatter.z.cols());
  detail::add_product(span_of(image), 1, detail::transposed(scatter.z), span_of(a));
  return image;
}

// S_l w.
Vector image_of(const Scatter& scatter, const Matrix& system, Shrunk shrunk, const Vector& w) {
  if (scatter.by_rows()) return shrunk.gram * times_transposed(scatter, times(scatter, w)) + shrunk.ridge * w;
  Vector image = Vector::Zero(w.size());
  detail::add_symmetric_product(span_of(image), 1, system, span_of(w));
  return image;
}

// S_l^-1 d; nothing where a pivot is lost to rounding.
std::optional<LinearSolution> solve(const Scatter& scatter, Shrunk shrunk) {
  Matrix system = shrunk.gram * scatter.gram;
  system.diagonal().array() += shrunk.ridge;
  const Cholesky factor =
      cholesky(Triangle(system), shrunk.ridge > 0 ? kSmallestShrunkPivot : kSmallestPivot);
  if (factor.valid < system.rows()) return {};
  const Vector& d = scatter.difference;
  Vector w;
  if (scatter.by_rows()) {
    const Vector pulled = times_transposed(scatter, factor.solve(times(scatter, d)));
    w = (d - shrunk.gram * pulled) / shrunk.ridge;
  } else {
    w = factor.solve(d);
  }
  const double residual = norm_of(d - image_of(scatter, system, shrunk, w));
  return LinearSolution{std::move(w), ratio(residual, norm_of(d)), 0, ""};
}

struct PseudoInverse {
  Vector coefficients;
  Index rank = 0;
};

// S^+ d = (n - 2) (Z'Z)^+ d; by rows (Z'Z)^+ = Z' (ZZ')^+ (ZZ')^+ Z.
PseudoInverse pseudo_solve(const Scatter& scatter) {
  const detail::Eigensystem system = detail::eigensystem(scatter.gram);
  Vector right = scatter.by_rows() ? times(scatter, scatter.difference) : scatter.difference;
  Vector rotated = Vector::Zero(right.size()), solved = Vector::Zero(right.size());
  detail::add_product(span_of(rotated), 1, detail::plain(system.vectors), span_of(right));
  Index rank = 0;
  for (Index k = 0; k < rotated.size(); ++k) {
    const double value = system.values(k);
    const bool counts = value > kSmallestPivot * largest_of(system.values);
    if (counts) ++rank;
    rotated(k) = !counts ? 0 : scatter.by_rows() ? rotated(k) / value / value : rotated(k) / value;
  }
  if (!system.converged) rotated.setConstant(nan);
  detail::add_product(span_of(solved), 1, detail::transposed(system.vectors), span_of(rotated));
  if (scatter.by_rows()) solved = times_transposed(scatter, solved);
  return {scatter.degrees() * solved, rank};
}

// Of a singular covariance; flops of what was tried before.
LinearSolution solve_by_pseudo_inverse(const Scatter& scatter, double tried) {
  PseudoInverse solution = pseudo_solve(scatter);
  const Index order = scatter.gram.rows();
  const double spent =
      tried + eigensystem_flops(order) +
      flops::pseudo_inverse(scatter.rows, scatter.columns, static_cast<double>(solution.rank));
  return {std::move(solution.coefficients), nan, spent,
          "the pooled covariance is singular: pseudo-inverse of rank " + std::to_string(solution.rank)};
}

LinearSolution solve_any(const Scatter& scatter, double shrinkage) {
  const Shrunk shrunk = shrink(scatter, shrinkage);
  const bool singular = shrunk.ridge == 0 && scatter.rows < scatter.columns + 2;
  if (singular) return solve_by_pseudo_inverse(scatter, 0);
  const double regular = flops::regular(scatter.rows, scatter.columns);
  std::optional<LinearSolution> solution = solve(scatter, shrunk);
  if (!solution) return solve_by_pseudo_inverse(scatter, regular);
  solution->fit_flops = regular;
  return *std::move(solution);
}

}  // namespace

std::span<const Option<Discriminant>> Discriminant::options() {
  return option_table;
}

void Discriminant::require_data(Index n, Index, Task task) const {
  detail::require_classes(n, task, name());
}

Fit Discriminant::fit(const Data& data, Stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  interruption_point();
  const Index p = data.columns();
  const TwoClasses classes = detail::find_classes(data, name());
  if (classes.one_class()) return detail::constant_fit(classes);
  if (!classes.difference.allFinite()) return detail::failed_fit(classes);
  const double unit = detail::inverse_unit(largest_of(classes.largest));
  const Scatter scatter = find_scatter(data, classes, unit);
  const double* number = std::get_if<double>(&shrinkage);
  LinearSolution solution = solve_any(scatter, number ? *number : ledoit_wolf(scatter));
  solution.fit_flops += flops::discriminant_frame(scatter.rows, scatter.columns);
  LinearRule rule = detail::rule_between(classes, unit * solution.coefficients);
  Fit fit = make_fit(std::move(rule), p + 1, std::move(solution));
  if (!number) fit.report.cost.tuning_flops = flops::automatic_shrinkage(scatter.rows, scatter.columns);
  return fit;
}

double Discriminant::working_bytes(Index n, Index p) const {
  const auto rows = static_cast<double>(n), columns = static_cast<double>(p);
  const double order = std::min(rows, columns);
  const double held = n < p ? 2 * rows * columns : static_cast<double>(kBlockRows) * columns;
  return sizeof(double) * (held + 4 * order * order + 8 * (rows + columns)) +
         detail::packing_bytes(std::min(n, kBlockRows), p);
}

}  // namespace quartic
