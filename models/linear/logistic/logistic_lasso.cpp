#include "models/linear/logistic/logistic_lasso.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "core/require.hpp"
#include "models/linear/cross_validation.hpp"
#include "models/linear/lasso/path.hpp"
#include "models/linear/logistic/classes.hpp"
#include "models/linear/logistic/column_products.hpp"
#include "models/linear/logistic/flops.hpp"
#include "models/linear/logistic/sparse_path.hpp"

namespace quartic {

namespace {

using detail::Intercept;
using detail::SparsePath;
using detail::SparsePoint;
using detail::TrainingRows;
namespace logistic_flops = detail::logistic_flops;

constexpr std::array penalty_words = {
    OptionWord{"cv", "smallest mean loss of cross-validation"},
    OptionWord{"cv_1se", "largest penalty within one standard error of it"},
};
constexpr OnlyWith validated = {"penalty", {"cv", "cv_1se"}};

constexpr std::array option_table = {
    Option<LogisticLasso>{"penalty", &LogisticLasso::penalty,
                          "weight of l1_ratio |b|_1 + (1 - l1_ratio)/2 |b|^2", penalty_words,
                          above(0, "0 is maximum likelihood, the model logistic_regression"), OnlyWith{},
                          OnPath::nothing},
    Option<LogisticLasso>{"l1_ratio", &LogisticLasso::l1_ratio, "share of |b|_1 in the penalty", no_words,
                          Bounds{0, 1, true, false, "without it no coefficient is zero"}},
    Option<LogisticLasso>{"folds", &LogisticLasso::folds, "folds of cross-validation", no_words,
                          at_least(2, "nothing would be left to train on"), validated, OnPath::nothing},
    Option<LogisticLasso>{"penalties", &LogisticLasso::penalties,
                          "penalties of the grid of cross-validation and of the path", no_words,
                          at_least(1, "there is nothing to choose from"), validated, OnPath::something},
    Option<LogisticLasso>{"ratio", &LogisticLasso::ratio, "smallest penalty of the grid over the largest",
                          no_words, between_0_and_1("the grid runs from the largest penalty down"), validated,
                          OnPath::something},
    Option<LogisticLasso>{"tolerance", &LogisticLasso::tolerance, "largest relative duality gap", no_words,
                          between_0_and_1("it is relative to the loss of no model at all")},
    Option<LogisticLasso>{"iterations", &LogisticLasso::iterations,
                          "most proximal Newton steps a penalty may take", no_words,
                          at_least(1, "it could not move")},
    Option<LogisticLasso>{"intercept", &LogisticLasso::intercept, "fit an intercept, which is not penalised"},
};

// A training set with its path; one whose labels are all equal, where there is an intercept, has none.
class FoldPath {
 public:
  FoldPath(const Data& data, TrainingRows rows, const std::vector<double>& penalties,
           const detail::SparseControls& controls) {
    bool one_class = controls.intercept == Intercept::fitted;
    const double label = data.y()[rows.order.front()];
    for (Index i = 0; i < rows.count; ++i) one_class = one_class && data.y()[rows.order[i]] == label;
    if (!one_class) {
      path_ = std::make_unique<SparsePath>(data, std::move(rows), penalties, controls);
      return;
    }
    Vector y(data.rows() - rows.count);
    for (Index i = 0; i < y.size(); ++i) y[i] = data.y()[rows.order[rows.count + i]];
    constant_error_ = detail::logistic_rows(Vector::Constant(y.size(), detail::separating_score(label)),
                                            VectorView(y.data(), y.size()))
                          .loss;
  }

  bool reaches(std::size_t count) const { return errors_.size() >= count; }
  /// What the path asks to be multiplied with all columns; no rows where there is no path.
  Matrix propose() {
    if (path_) return path_->propose();
    errors_.push_back(constant_error_);
    return {};
  }
  void judge(const Matrix& products) {
    if (!path_) return;
    for (const SparsePoint& point : path_->judge(products)) errors_.push_back(point.validation_error);
  }
  double error(std::size_t k) const { return errors_[k]; }
  double flops() const { return path_ ? path_->flops() : 0; }

 private:
  std::unique_ptr<SparsePath> path_;
  double constant_error_ = nan;
  std::vector<double> errors_;
};

// All folds to so many penalties, by passes over the columns that they share.
void advance_together(std::vector<FoldPath>& paths, std::size_t count, const Data& data) {
  for (;;) {
    std::vector<FoldPath*> behind;
    for (FoldPath& path : paths)
      if (!path.reaches(count)) behind.push_back(&path);
    if (behind.empty()) return;
    std::vector<Matrix> asked;
    Index rows = 0;
    for (FoldPath* path : behind) {
      asked.push_back(path->propose());
      rows += asked.back().rows();
    }
    Matrix vectors(rows, data.rows());
    Index first = 0;
    for (const Matrix& some : asked) {
      if (some.rows() > 0) vectors.middleRows(first, some.rows()) = some;
      first += some.rows();
    }
    const Matrix products = detail::column_products(vectors, data);
    first = 0;
    for (std::size_t k = 0; k < behind.size(); ++k) {
      behind[k]->judge(products.middleRows(first, asked[k].rows()));
      first += asked[k].rows();
    }
  }
}

/// The data a logistic lasso works on.
class SparseProblem {
 public:
  SparseProblem(const LogisticLasso& model, const Data& data) : model_(model), data_(data) {}

  Fit fit() const;
  std::vector<Fit> path() const;
  /// 0 where the intercept alone separates the classes.
  PenaltyChoice choose() const;

 private:
  Intercept intercept() const { return model_.intercept ? Intercept::fitted : Intercept::none; }
  detail::SparseControls controls() const {
    return {model_.l1_ratio, model_.tolerance, model_.iterations, intercept()};
  }
  double n() const { return static_cast<double>(data_.rows()); }
  double d() const { return static_cast<double>(data_.columns()); }
  bool by_intercept() const { return model_.intercept && detail::one_class(data_.y()); }
  Fit separated() const { return detail::separated_by_intercept(data_.columns(), data_.y()); }
  double largest_penalty() const;
  double null_flops() const { return logistic_flops::null_model(n(), model_.intercept ? 1 : 0); }
  double largest_flops() const { return null_flops() + logistic_flops::pass(n(), d()) + 2; }
  std::vector<double> grid(double largest) const {
    return detail::penalty_grid(largest, model_.ratio, model_.penalties);
  }
  PenaltyChoice by_validation() const;
  Fit at(const PenaltyChoice& choice) const;
  Fit without_columns(double largest) const;
  Fit make_fit(const SparsePoint& point, const SparsePath& path) const;

  const LogisticLasso& model_;
  const Data& data_;
};

// From this penalty on all coefficients are zero.
double SparseProblem::largest_penalty() const {
  const double share = detail::null_model(data_.y(), intercept()).score;
  const Vector scores = Vector::Constant(data_.rows(), share);
  const Vector residuals = detail::logistic_rows(scores, data_.y()).residuals;
  const Matrix products = detail::column_products(residuals.transpose(), data_);
  return products.cwiseAbs().maxCoeff<Eigen::PropagateNaN>() / (n() * model_.l1_ratio);
}

PenaltyChoice SparseProblem::choose() const {
  if (by_intercept()) return {};
  if (const double* number = std::get_if<double>(&model_.penalty)) return {.penalty = *number};
  return by_validation();
}

PenaltyChoice SparseProblem::by_validation() const {
  require(data_.rows() > 1,
          "cross-validation was given one row (none is left to train on). Give 2 or more, or a penalty");
  const double largest = largest_penalty();
  if (!(largest > 0 && std::isfinite(largest))) return {.penalty = largest, .flops = largest_flops()};
  const std::vector<double> penalties = grid(largest);
  const Index folds = std::min(model_.folds, data_.rows());
  std::vector<FoldPath> paths;
  for (Index fold = 0; fold < folds; ++fold)
    paths.emplace_back(data_, TrainingRows::without(fold, folds, data_.rows()), penalties, controls());
  std::vector<ValidationError> errors;
  while (errors.size() < penalties.size() && !has_risen(errors)) {
    advance_together(paths, errors.size() + 1, data_);
    std::vector<double> fold_errors;
    for (const FoldPath& path : paths) fold_errors.push_back(path.error(errors.size()));
    errors.push_back(validation_error(fold_errors));
  }
  double flops = largest_flops() + static_cast<double>(errors.size()) * validation_flops(folds);
  for (const FoldPath& path : paths) flops += path.flops();
  const bool cautious = std::get<std::string>(model_.penalty) == "cv_1se";
  const Index smallest = smallest_error(errors);
  return {penalties[cautious ? one_standard_error(errors) : smallest], errors[smallest], flops};
}

Fit SparseProblem::fit() const {
  if (by_intercept()) return separated();
  return at(choose());
}

Fit SparseProblem::at(const PenaltyChoice& choice) const {
  Fit fit = [&] {
    if (!(choice.penalty > 0 && std::isfinite(choice.penalty))) return without_columns(choice.penalty);
    SparsePath path(data_, TrainingRows::all(data_.rows()), {choice.penalty}, controls());
    const SparsePoint point = path.advance().front();
    return make_fit(point, path);
  }();
  fit.report.cost.tuning_flops = choice.flops;
  return fit;
}

std::vector<Fit> SparseProblem::path() const {
  const auto count = static_cast<std::size_t>(model_.penalties);
  if (by_intercept()) return std::vector<Fit>(count, separated());
  const double largest = largest_penalty();
  if (!(largest > 0 && std::isfinite(largest))) return std::vector<Fit>(count, without_columns(largest));
  SparsePath path(data_, TrainingRows::all(data_.rows()), grid(largest), controls());
  std::vector<Fit> fits;
  while (!path.done()) {
    for (const SparsePoint& point : path.advance()) {
      fits.push_back(make_fit(point, path));
      fits.back().report.cost.fit_flops += largest_flops();
    }
  }
  return fits;
}

// No column has anything to do with the labels, or the data are not finite.
Fit SparseProblem::without_columns(double largest) const {
  FitReport report;
  const bool finite = std::isfinite(largest);
  report.status = finite ? FitStatus::converged : FitStatus::failed;
  if (!finite) report.message = "the inner products of the columns are not finite. Rescale the columns";
  report.certificate = finite ? 0 : nan;
  report.parameters = model_.intercept ? 1 : 0;
  report.cost.fit_flops = null_flops();
  const double score = detail::null_model(data_.y(), intercept()).score;
  return {LinearRule{Vector::Zero(data_.columns()), score}, report};
}

Fit SparseProblem::make_fit(const SparsePoint& point, const SparsePath& path) const {
  LinearRule rule{Vector::Zero(data_.columns()), point.intercept};
  for (std::size_t i = 0; i < point.columns.size(); ++i)
    rule.coefficients[point.columns[i]] = point.coefficients[i];
  FitReport report;
  report.status = point.converged            ? FitStatus::converged
                  : std::isfinite(point.gap) ? FitStatus::iteration_limit
                                             : FitStatus::failed;
  if (!point.converged) report.message = "the duality gap stayed above the tolerance";
  report.parameters = std::ssize(point.columns) + (model_.intercept ? 1 : 0);
  report.iterations = path.steps();
  report.certificate = point.gap;
  report.cost.fit_flops = path.flops();
  return {std::move(rule), report};
}

}  // namespace

std::span<const Option<LogisticLasso>> LogisticLasso::options() {
  return option_table;
}

void LogisticLasso::require_data(Index n, Index d, Task task) const {
  detail::require_classes(n, task, "the logistic lasso");
  require(d > 0,
          "the logistic lasso was given no columns (it has nothing to choose from). Give at least one");
}

Fit LogisticLasso::fit(const Data& data, Stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  detail::require_labels(data.y(), "the logistic lasso");
  return SparseProblem(*this, data).fit();
}

std::vector<Fit> LogisticLasso::fit_path(const Data& data, Stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  detail::require_labels(data.y(), "the logistic lasso");
  return SparseProblem(*this, data).path();
}

PenaltyChoice LogisticLasso::choose_penalty(const Data& data) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  detail::require_labels(data.y(), "the logistic lasso");
  return SparseProblem(*this, data).choose();
}

double LogisticLasso::working_bytes(Index n, Index d) const {
  const auto rows = static_cast<double>(n), columns = static_cast<double>(d);
  const bool folded = !std::holds_alternative<double>(penalty);
  const auto sets = static_cast<double>(folded ? std::min(folds, n) : 1);
  const auto ahead = static_cast<double>(detail::SparseSchedule::look_ahead);
  const double steps = folded ? static_cast<double>(penalties) / ahead : 4;
  const double added = std::sqrt(ahead * columns * steps);  // the free columns of all steps: sparse_path.cpp
  const double working = std::min(std::max(added, rows), columns);
  const double inner = std::min(rows, columns);
  const double held = sets * (1.5 * working * rows + 1.5 * inner * rows + 2.25 * inner * inner);
  const double trials = sets * ahead * (2 * columns + 5 * rows + working) + 2 * columns;
  return sizeof(double) * (held + trials);
}

}  // namespace quartic
