#include "models/linear/logistic/logistic_regression.hpp"

#include <Eigen/QR>
#include <array>
#include <cmath>

#include "core/interruption.hpp"
#include "core/require.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/flops.hpp"
#include "models/linear/logistic/classes.hpp"
#include "models/linear/logistic/design.hpp"
#include "models/linear/logistic/flops.hpp"
#include "models/linear/logistic/newton.hpp"

namespace quartic {

namespace {

using detail::ColumnScaling;
using detail::NewtonEnd;
using detail::NewtonResult;
namespace logistic_flops = detail::logistic_flops;

constexpr double dependent_pivot = 1e-10;  // of rows without a penalty
constexpr double dependent_column =
    1e-9;  // of the longest: a difference that rounding makes (of a column's mean)
constexpr const char* separated_message =
    "the classes can be separated (no finite coefficients maximise the likelihood): a separating rule, scaled to a "
    "largest score of 10. Give more rows or a penalty.";

constexpr std::array option_table = {
    Option<LogisticRegression>{"penalty", &LogisticRegression::penalty, "l in mean loss + l/2 |b|^2",
                               no_words, at_least(0, "a penalty is not negative, and finite")},
    Option<LogisticRegression>{"tolerance", &LogisticRegression::tolerance, "largest relative gradient",
                               no_words, between_0_and_1("it is relative to the terms of the gradient")},
    Option<LogisticRegression>{"iterations", &LogisticRegression::iterations, "most Newton steps", no_words,
                               at_least(1, "it could not move")},
    Option<LogisticRegression>{"intercept", &LogisticRegression::intercept,
                               "fit an intercept, not penalised"}};

// One fit: the data, their scaling, and what was spent.
class LogisticProblem {
 public:
  LogisticProblem(const LogisticRegression& model, const Data& data, VectorView case_weights)
      : model_(model),
        data_(data),
        case_weights_(case_weights),
        scaling_(detail::column_scaling(
            data, model.intercept ? detail::Intercept::fitted : detail::Intercept::none)) {
    if (case_weights.size() == 0) return;
    case_weights_ /= case_weights.maxCoeff();  // a sum of them may be no number
    case_weights_ /= case_weights_.mean();
    flops_ += logistic_flops::mean_case_weight(n());
  }

  Fit solve();

 private:
  double n() const { return static_cast<double>(data_.rows()); }
  double q() const { return static_cast<double>(scaling_.size()); }
  double intercepts() const { return model_.intercept ? 1 : 0; }
  Index kept() const { return std::ssize(scaling_.kept); }
  VectorView case_weights() const { return {case_weights_.data(), case_weights_.size()}; }
  detail::NewtonControls controls() const { return {model_.tolerance, model_.iterations}; }

  Fit finish(LinearRule rule, FitReport report) const;
  Fit of_result(LinearRule rule, const NewtonResult& result);
  std::string lost_in_rounding() const;
  Fit by_columns();
  Fit by_basis();
  Fit by_rows();
  Fit by_interpolation();
  Fit separated(const Vector& scaled, const Vector& scores, FitReport report);
  void make_design();
  Vector penalties() const;
  Matrix gram_of_rows(const Vector& factors) const;
  Vector combine_rows(const Vector& weights, const Vector& factors) const;
  LinearRule rule_of(const Vector& scaled) {
    flops_ += logistic_flops::rule(static_cast<double>(kept()), intercepts());
    return scaling_.rule(scaled, data_.columns());
  }

  const LogisticRegression& model_;
  const Data& data_;
  Vector case_weights_;  // of mean 1; empty: all 1
  ColumnScaling scaling_;
  Matrix design_;
  double flops_ = 0;
};

Fit LogisticProblem::finish(LinearRule rule, FitReport report) const {
  report.parameters = data_.columns() + (model_.intercept ? 1 : 0);
  report.cost.fit_flops = flops_;
  if (!rule.coefficients.allFinite() || !std::isfinite(rule.intercept)) {
    report.status = FitStatus::failed;
    report.message =
        "the coefficients are not finite (the data overflow or hold such numbers). Rescale the columns.";
  }
  return {std::move(rule), std::move(report)};
}

Fit LogisticProblem::solve() {
  if (!scaling_.finite) return finish({Vector::Constant(data_.columns(), nan), 0}, {});
  if (model_.intercept && detail::one_class(data_.y()))
    return detail::separated_by_intercept(data_.columns(), data_.y());
  if (scaling_.size() == 0) {
    FitReport report;
    report.certificate = 0;
    return finish({Vector::Zero(data_.columns()), 0}, std::move(report));
  }
  const bool tall = data_.rows() >= scaling_.size();
  if (model_.penalty > 0) return tall ? by_columns() : by_rows();
  return tall ? by_columns() : by_interpolation();
}

void LogisticProblem::make_design() {
  design_ = detail::scaled_design(data_, scaling_);
  flops_ += logistic_flops::design(n(), static_cast<double>(kept()), intercepts());
}

Vector LogisticProblem::penalties() const {
  if (model_.penalty == 0) return {};
  Vector penalties = Vector::Zero(scaling_.size());
  penalties.head(kept()) = model_.penalty * scaling_.factors.cwiseAbs2();
  return penalties;
}

Fit LogisticProblem::by_columns() {
  make_design();
  if (model_.penalty > 0) flops_ += 2.0 * static_cast<double>(kept());
  const NewtonResult result =
      detail::newton(detail::ByColumns{design_, data_.y(), penalties(), case_weights()}, controls());
  flops_ += result.flops;
  if (result.end == NewtonEnd::collinear) return by_basis();
  if (result.end == NewtonEnd::separated) {
    FitReport report;
    report.iterations = result.iterations;
    return separated(result.parameters, design_ * result.parameters, std::move(report));
  }
  return of_result(rule_of(result.parameters), result);
}

std::string LogisticProblem::lost_in_rounding() const {
  if (model_.penalty > 0) return "the penalty is lost in rounding (of the rows' inner products). Raise it.";
  if (case_weights_.size() == 0) return "rounding hides the rows that tell the columns apart. Rescale them.";
  return "rounding hides the light rows beside the heavy ones. Give weights that differ less.";
}

Fit LogisticProblem::of_result(LinearRule rule, const NewtonResult& result) {
  FitReport report;
  report.iterations = result.iterations;
  report.certificate = result.certificate;
  if (result.end != NewtonEnd::converged) {
    report.status = FitStatus::iteration_limit;
    report.message = result.end != NewtonEnd::collinear
                         ? result.message + "the gradient stayed above the tolerance"
                         : lost_in_rounding();
  }
  return finish(std::move(rule), std::move(report));
}

// Columns that depend on one another: the scores are found in an orthonormal basis of what they span, and the
// coefficients of least length that give them.
Fit LogisticProblem::by_basis() {
  Eigen::CompleteOrthogonalDecomposition<Matrix> decomposition;
  decomposition.setThreshold(dependent_column);
  decomposition.compute(design_);
  const Index rank = decomposition.rank();
  const auto order = static_cast<double>(rank);
  flops_ += minimum_norm_flops(data_.rows(), scaling_.size(), rank) + logistic_flops::basis(n(), order);
  Matrix basis = decomposition.householderQ() * Matrix::Identity(data_.rows(), rank);
  for (Index i = 0; i < basis.rows(); ++i)
    if ((design_.row(i).array() == 0).all()) basis.row(i).setZero();  // not what rounding makes of it
  const NewtonResult result =
      detail::newton(detail::ByColumns{basis, data_.y(), {}, case_weights()}, controls());
  const Vector scores = basis * result.parameters;
  const Vector scaled = decomposition.solve(scores);
  flops_ += result.flops + product_flops(n(), order, 1);
  FitReport report;
  report.iterations = result.iterations;
  if (rank < scaling_.size())
    report.message = "the columns are collinear up to rounding: coefficients of least length, rank " +
                     std::to_string(rank);
  if (result.end == NewtonEnd::separated) return separated(scaled, scores, std::move(report));
  Fit fit = of_result(rule_of(scaled), result);
  const bool both = !report.message.empty() && !fit.report.message.empty();
  fit.report.message = report.message + (both ? "; " : "") + fit.report.message;
  return fit;
}

Fit LogisticProblem::separated(const Vector& scaled, const Vector& scores, FitReport report) {
  const double largest = scores.cwiseAbs().maxCoeff();
  double wrong = 0;
  for (Index i = 0; i < scores.size(); ++i)
    wrong = std::max(wrong, data_.y()[i] > 0 ? -scores[i] : scores[i]);
  flops_ += product_flops(n(), q(), 1) + 1 + q();
  report.status = FitStatus::separated;
  report.certificate = wrong / largest;
  report.message = report.message.empty() ? separated_message : report.message + "; " + separated_message;
  LinearRule rule = rule_of(scaled * (detail::separated_score / largest));
  return finish(std::move(rule), std::move(report));
}

// Calls use(block, range) for the columns that are kept, times their factors and about their means, block by block.
template <class Use>
void for_column_blocks(const Data& data, const ColumnScaling& scaling, const Vector& factors, Use use) {
  constexpr Index block_columns = 512;
  const Index kept = std::ssize(scaling.kept);
  Index done = 0;
  for (Index first = 0; first < data.columns(); first += block_columns) {
    interruption_point();
    const Index width = std::min(block_columns, data.columns() - first);
    const Matrix all = data.block({0, data.rows()}, {first, width});
    const Index start = done;
    while (done < kept && scaling.kept[done] < first + width) ++done;
    Matrix block(data.rows(), done - start);
    for (Index k = start; k < done; ++k)
      block.col(k - start) = (all.col(scaling.kept[k] - first).array() - scaling.means[k]) * factors[k];
    use(block, Range{start, done - start});
  }
}

Matrix LogisticProblem::gram_of_rows(const Vector& factors) const {
  Matrix gram = Matrix::Zero(data_.rows(), data_.rows());
  for_column_blocks(data_, scaling_, factors,
                    [&](const Matrix& block, Range) { detail::add_gram(gram, 1, detail::plain(block)); });
  return gram;
}

// X'a over the kept columns.
Vector LogisticProblem::combine_rows(const Vector& weights, const Vector& factors) const {
  Vector combined = Vector::Zero(kept());
  for_column_blocks(data_, scaling_, factors, [&](const Matrix& block, Range range) {
    combined.segment(range.first, range.count) = block.transpose() * weights;
  });
  return combined;
}

Fit LogisticProblem::by_rows() {
  const Vector units = Vector::Ones(kept());
  const auto columns = static_cast<double>(kept());
  const Matrix gram = gram_of_rows(units);
  flops_ += intercepts() * logistic_flops::means(n(), columns) + gram_flops(columns, n());
  const NewtonResult result = detail::newton(
      detail::ByRows{gram, data_.y(), model_.penalty, model_.intercept, case_weights()}, controls());
  flops_ += result.flops + logistic_flops::dual_coefficients(n(), columns);
  Vector scaled(scaling_.size());
  scaled.head(kept()) =
      combine_rows(result.parameters.head(data_.rows()), units).cwiseQuotient(scaling_.factors);
  if (model_.intercept) scaled[kept()] = result.parameters[data_.rows()];
  return of_result(rule_of(scaled), result);
}

// Fewer rows than coefficients and no penalty: independent rows take any scores, those of their classes too.
Fit LogisticProblem::by_interpolation() {
  Matrix gram = gram_of_rows(scaling_.factors);
  if (model_.intercept) gram.array() += 1;
  const auto columns = static_cast<double>(kept());
  flops_ += logistic_flops::design(n(), columns, intercepts()) + intercepts() * n() * (n() + 1) / 2 +
            gram_flops(columns, n()) + cholesky_flops(n());
  const Vector diagonal = gram.diagonal();
  if (detail::factor_in_place(gram) < gram.rows() ||
      !(gram.diagonal().array().square() > dependent_pivot * diagonal.array()).all()) {
    make_design();
    return by_basis();
  }
  Vector weights = 2 * data_.y().array() - 1;
  const Vector scores = weights;
  detail::solve_triangle(detail::plain(gram), detail::span_of(weights));
  detail::solve_triangle(detail::transposed(gram), detail::span_of(weights));
  Vector scaled(scaling_.size());
  scaled.head(kept()) = combine_rows(weights, scaling_.factors);
  if (model_.intercept) scaled[kept()] = weights.sum();
  flops_ += 2 * n() + 2 * triangular_solve_flops(n()) + logistic_flops::dual_coefficients(n(), columns) +
            intercepts() * n();
  return separated(scaled, scores, {});
}

void require_fittable(const LogisticRegression& model, const Data& data) {
  require_valid(model);
  model.require_data(data.rows(), data.columns(), data.task());
  detail::require_labels(data.y(), "logistic regression");
}

}  // namespace

std::span<const Option<LogisticRegression>> LogisticRegression::options() {
  return option_table;
}

void LogisticRegression::require_data(Index n, Index, Task task) const {
  detail::require_classes(n, task, "logistic regression");
}

Fit LogisticRegression::fit(const Data& data, Stream) const {
  require_fittable(*this, data);
  return LogisticProblem(*this, data, {nullptr, 0}).solve();
}

Fit LogisticRegression::fit_weighted(const Data& data, VectorView case_weights) const {
  require_fittable(*this, data);
  require(case_weights.size() == data.rows(),
          std::to_string(case_weights.size()) + " case weights were given for " +
              std::to_string(data.rows()) + " rows (each row has one). Give as many.");
  require(
      (case_weights.array() > 0).all() && case_weights.allFinite(),
      "a case weight is not above 0 and finite (it is how often its row counts). Leave rows out that do not "
      "count.");
  return LogisticProblem(*this, data, case_weights).solve();
}

double LogisticRegression::working_bytes(Index n, Index p) const {
  const auto rows = static_cast<double>(n), size = static_cast<double>(p + (intercept ? 1 : 0));
  const double by_columns = rows * size + 2 * size * size + 384 * size;
  const double by_rows = 2 * rows * rows + 2 * 512 * rows;
  return sizeof(double) * ((rows >= size ? by_columns : by_rows) + 12 * rows + 32 * size) +
         detail::packing_bytes(rows >= size ? n : p, rows >= size ? p : n);
}

}  // namespace quartic
