#include "models/linear/selection/forward_selection.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/require.hpp"
#include "models/linear/cross_validation.hpp"
#include "models/linear/linear_fit.hpp"
#include "models/linear/selection/flops.hpp"
#include "models/linear/selection/forward_path.hpp"

namespace quartic {

namespace {

using detail::FirstDirection;
using detail::ForwardPath;
using detail::ForwardPaths;
namespace flops = detail::selection_flops;

constexpr std::array kWords = {
    OptionWord{"cv", "smallest mean error of cross-validation"},
    OptionWord{"cv_1se", "fewest columns within one standard error of it"},
    OptionWord{"bic", "least n log(|r|^2/n) + parameters log n"},
    OptionWord{"extended_bic", "the same + 2 log of the ways to choose so many of the columns"}};
constexpr OnlyWith chosen = {"steps", {"cv", "cv_1se", "bic", "extended_bic"}};
constexpr OnlyWith validated = {"steps", {"cv", "cv_1se"}};

constexpr std::array kOptions = {
    Option<ForwardSelection>{"steps", &ForwardSelection::steps, "columns that are added, or how to choose it",
                             kWords, at_least(0, "it counts columns"), OnlyWith{}, OnPath::nothing},
    Option<ForwardSelection>{"most", &ForwardSelection::most, "columns tried at most; 0: half the rows",
                             no_words, at_least(0, "it counts columns; 0 is half the rows"), chosen,
                             OnPath::something},
    Option<ForwardSelection>{"folds", &ForwardSelection::folds, "folds of cross-validation", no_words,
                             at_least(2, "nothing would be left to train on"), validated, OnPath::nothing},
    Option<ForwardSelection>{"intercept", &ForwardSelection::intercept, "fit an intercept"}};

const std::string* word_of(const ForwardSelection& model) {
  return std::get_if<std::string>(&model.steps);
}

bool by_folds(const ForwardSelection& model) {
  const std::string* word = word_of(model);
  return word && (*word == "cv" || *word == "cv_1se");
}

Index most_steps(const ForwardSelection& model, Index rows, Index columns) {
  return std::min({columns, rows - (model.intercept ? 1 : 0),
                   model.most > 0 ? model.most : std::max(rows / 2, Index{1})});
}

Index count_folds(const ForwardSelection& model, Index rows) {
  return std::min(model.folds, rows);
}

// Rows of the smallest training set.
Index training_rows(const ForwardSelection& model, Index rows) {
  const Index folds = count_folds(model, rows);
  return rows - (rows + folds - 1) / folds;
}

ForwardPaths start(const ForwardSelection& model, const Data& data, Index folds) {
  return {data,
          {.folds = folds, .first = model.intercept ? FirstDirection::constant : FirstDirection::column}};
}

void walk(ForwardPaths& paths, Index steps) {
  while (paths.paths().front().steps() < steps && paths.advance()) {
  }
}

// |X_S'(y - Xb)| / (|X_S|_F |y|).
double certify(const Data& data, const LinearRule& rule, std::span<const Index> used) {
  if (used.empty()) return 0;
  const Data columns = data.restrict(used);
  const Matrix x = columns.block({0, data.rows()}, {0, columns.columns()});
  Vector residual = data.y().array() - rule.intercept;
  for (Index k = 0; k < x.cols(); ++k)
    residual -= rule.coefficients(used[static_cast<std::size_t>(k)]) * x.col(k);
  return ratio(norm_of(x.transpose() * residual), x.norm() * norm_of(data.y()));
}

Fit failed(Index columns) {
  return make_fit({Vector::Constant(columns, nan), nan}, 0, {.coefficients = {}, .message = ""});
}

struct Choice {
  Index steps;
  double tuning_flops;
};

Fit fit_at(const ForwardSelection& model, const Data& data, const ForwardPath& path, const Choice& choice) {
  if (!path.is_finite()) return failed(data.columns());
  const Index steps = std::min(choice.steps, path.steps());
  LinearRule rule = path.rule(steps);
  const Index parameters = steps + (model.intercept ? 1 : 0);
  const std::span<const Index> used(path.used().data(), static_cast<std::size_t>(steps));
  const double certificate = certify(data, rule, used);
  const double fit_flops =
      path.points()[static_cast<std::size_t>(steps)].flops + flops::solve(static_cast<double>(parameters));
  const std::string message =
      steps < choice.steps
          ? "after " + std::to_string(steps) + " columns no other lowers the residual beyond rounding"
          : "";
  Fit fit =
      make_fit(std::move(rule), parameters,
               {.coefficients = {}, .certificate = certificate, .fit_flops = fit_flops, .message = message});
  fit.report.iterations = steps;
  fit.report.cost.tuning_flops = choice.tuning_flops;
  return fit;
}

// Errors of the folds where all have this many columns; a path that has ended keeps its last.
std::vector<double> errors_at(const ForwardPaths& paths, Index steps) {
  std::vector<double> errors;
  for (const ForwardPath& path : paths.paths())
    errors.push_back(path.points()[static_cast<std::size_t>(std::min(steps, path.steps()))].validation_error);
  return errors;
}

Choice choose_by_folds(const ForwardSelection& model, const Data& data) {
  const Index folds = count_folds(model, data.rows());
  const Index most = most_steps(model, training_rows(model, data.rows()), data.columns());
  ForwardPaths paths = start(model, data, folds);
  std::vector<ValidationError> errors = {validation_error(errors_at(paths, 0))};
  for (Index k = 1; k <= most && !has_risen(errors); ++k) {
    if (!paths.advance()) break;
    errors.push_back(validation_error(errors_at(paths, k)));
  }
  double spent = static_cast<double>(errors.size()) * validation_flops(folds);
  for (const ForwardPath& path : paths.paths()) spent += path.flops();
  const Index steps = *word_of(model) == "cv" ? smallest_error(errors) : Index{one_standard_error(errors)};
  return {steps, spent};
}

// Criteria after 0, 1, ... columns.
class Criterion {
 public:
  Criterion(const ForwardSelection& model, const Data& data)
      : extended_(*word_of(model) == "extended_bic"),
        constants_(model.intercept ? 1 : 0),
        rows_(static_cast<double>(data.rows())),
        columns_(static_cast<double>(data.columns())),
        log_rows_(std::log(rows_)) {}

  double at(Index steps, double residual_square) {
    const auto k = static_cast<double>(steps);
    flops_ += flops::criterion();
    const double plain = rows_ * std::log(residual_square / rows_) + (k + constants_) * log_rows_;
    if (!extended_) return plain;
    if (steps == 0) return plain;
    flops_ += flops::ways();
    log_ways_ += std::log((columns_ - k + 1) / k);
    return plain + 2 * log_ways_;
  }
  double flops() const { return flops_; }

 private:
  bool extended_;
  double constants_, rows_, columns_, log_rows_;
  double log_ways_ = 0, flops_ = 1;
};

// The steps beyond the choice are tuning: they are of this very path.
Choice choose_by_criterion(const ForwardSelection& model, const Data& data, ForwardPaths& paths) {
  const ForwardPath& path = paths.paths().front();
  Criterion criterion(model, data);
  std::vector<ValidationError> values = {{criterion.at(0, path.points().front().residual_square), 0}};
  const Index most = most_steps(model, data.rows(), data.columns());
  for (Index k = 1; k <= most && !has_risen(values) && paths.advance() && path.steps() == k; ++k)
    values.push_back({criterion.at(k, path.points().back().residual_square), 0});
  const Index steps = smallest_error(values);
  const double beyond = path.flops() - path.points()[static_cast<std::size_t>(steps)].flops;
  return {steps, beyond + criterion.flops()};
}

}  // namespace

std::span<const Option<ForwardSelection>> ForwardSelection::options() {
  return kOptions;
}

void ForwardSelection::require_consistent() const {
  const double* number = std::get_if<double>(&steps);
  require(!number || *number == std::floor(*number),
          "steps = " + shortest(number ? *number : 0) +
              " (columns are added one at a time). Give a whole number.",
          {"steps"});
}

void ForwardSelection::require_data(Index n, Index d, Task task) const {
  require_regression(task, name());
  require(n >= 1,
          "forward_selection was given no rows (nothing can be learned from them). Give at least one row.");
  require(
      n >= 2 || !by_folds(*this),
      "cross-validation was given one row (none is left to train on). Give 2 or more, or a number of steps.",
      {"steps"});
  if (const double* number = std::get_if<double>(&steps)) require_among_columns(*number, d, "steps");
}

Fit ForwardSelection::fit(const Data& data, Stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  if (by_folds(*this)) {
    const Choice choice = choose_by_folds(*this, data);
    ForwardPaths paths = start(*this, data, 1);
    walk(paths, choice.steps);
    return fit_at(*this, data, paths.paths().front(), choice);
  }
  ForwardPaths paths = start(*this, data, 1);
  if (word_of(*this)) {
    const Choice choice = choose_by_criterion(*this, data, paths);
    return fit_at(*this, data, paths.paths().front(), choice);
  }
  const auto whole = static_cast<Index>(std::get<double>(steps));
  walk(paths, whole);
  return fit_at(*this, data, paths.paths().front(), {whole, 0});
}

std::vector<Fit> ForwardSelection::fit_path(const Data& data, Stream) const {
  require_valid(*this);
  ForwardSelection{.steps = 0.0}.require_data(data.rows(), data.columns(), data.task());
  ForwardPaths paths = start(*this, data, 1);
  walk(paths, most_steps(*this, data.rows(), data.columns()));
  const ForwardPath& path = paths.paths().front();
  std::vector<Fit> fits;
  for (Index k = 0; k <= path.steps(); ++k) fits.push_back(fit_at(*this, data, path, {k, 0}));
  return fits;
}

double ForwardSelection::working_bytes(Index n, Index d) const {
  const auto rows = static_cast<double>(n), columns = static_cast<double>(d);
  const double* number = std::get_if<double>(&steps);
  const auto folds_held = static_cast<double>(by_folds(*this) ? count_folds(*this, n) : 1);
  const double longest =
      number ? std::min({*number, rows, columns}) : static_cast<double>(most_steps(*this, n, d));
  const double path = (longest + 5) * rows + longest * longest / 2 + 5 * columns;
  return sizeof(double) * (folds_held * path + 256.0 * std::min(columns, 4096.0) + (longest + 2) * rows);
}

}  // namespace quartic
