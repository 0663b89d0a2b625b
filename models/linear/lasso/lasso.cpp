#include "models/linear/lasso/lasso.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/require.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/centring.hpp"
#include "models/linear/cross_validation.hpp"
#include "models/linear/flops.hpp"
#include "models/linear/lasso/flops.hpp"
#include "models/linear/lasso/path.hpp"

namespace quartic {

namespace {

using detail::FoldMeans;
using detail::LassoControls;
using detail::LassoGram;
using detail::LassoPath;
using detail::LassoPoint;

constexpr double noise_accuracy = 1e-4;
constexpr int noise_iterations = 100;

constexpr std::array penalty_words = {
    OptionWord{"cv", "smallest mean error of cross-validation"},
    OptionWord{"cv_1se", "largest penalty within one standard error of it"},
    OptionWord{"theory",
               "constant * noise * sqrt(2 log(columns) / n), the noise estimated by the scaled lasso"},
    OptionWord{"theory_known", "the same with the true noise", "constant*noise*sqrt(2*log(columns)/n)"},
};
constexpr std::array gram_words = {
    OptionWord{"as_needed", "of the columns that come into question: some n columns operations"},
    OptionWord{"whole", "of all columns at once, the normal equations: some n columns^2 operations"},
};
constexpr OnlyWith by_theory = {"penalty", {"theory", "theory_known"}};
constexpr OnlyWith validated = {"penalty", {"cv", "cv_1se"}};

constexpr std::array option_table = {
    Option<Lasso>{"penalty", &Lasso::penalty, "weight of |b|_1 beside |y - Xb|^2 / (2n)", penalty_words,
                  above(0, "0 is least squares, the model least_squares"), OnlyWith{}, OnPath::nothing},
    Option<Lasso>{"constant", &Lasso::constant, "factor of the penalties of theory", no_words,
                  above(0, "a penalty must be positive"), by_theory, OnPath::nothing},
    Option<Lasso>{"folds", &Lasso::folds, "folds of cross-validation", no_words,
                  at_least(2, "nothing would be left to train on"), validated, OnPath::nothing},
    Option<Lasso>{"penalties", &Lasso::penalties, "penalties of the grid of cross-validation and of the path",
                  no_words, at_least(1, "there is nothing to choose from"), validated, OnPath::something},
    Option<Lasso>{"ratio", &Lasso::ratio, "smallest penalty of the grid over the largest", no_words,
                  between_0_and_1("the grid runs from the largest penalty down"), validated,
                  OnPath::something},
    Option<Lasso>{"tolerance", &Lasso::tolerance, "largest relative duality gap", no_words,
                  between_0_and_1("it is relative to the error of no model at all")},
    Option<Lasso>{"iterations", &Lasso::iterations, "most active-set moves a penalty may take", no_words,
                  at_least(1, "it could not move")},
    Option<Lasso>{"gram", &Lasso::gram, "inner products of columns that are formed", gram_words},
    Option<Lasso>{"intercept", &Lasso::intercept, "fit an intercept, which is not penalised"},
};

void require_fittable(const Data& data) {
  require(data.task() == Task::regression,
          "the lasso was given classes as labels (it fits real numbers). Use it in a regression");
  require(data.rows() > 0,
          "the lasso was given no rows (nothing can be learned from them). Give at least one row");
  require(data.columns() > 0,
          "the lasso was given no columns (it has nothing to choose from). Give at least one");
}

/// The data a lasso works on: dense, centred where there is an intercept.
class Problem {
 public:
  Problem(const Lasso& model, const Data& data)
      : model_(model), centred_(model.intercept ? centre(data) : uncentred(data)), view_(centred_.data) {}

  PenaltyChoice choose() const;
  Fit fit_at(const PenaltyChoice& choice) const;
  std::vector<Fit> fit_grid() const;

 private:
  Index rows() const { return centred_.data.rows(); }
  Index columns() const { return centred_.data.columns(); }
  VectorView y() const { return centred_.data.y(); }
  LassoControls controls(Index folds) const {
    const FoldMeans means = folds > 1 && model_.intercept ? FoldMeans::fitted : FoldMeans::ignored;
    const LassoGram gram = model_.gram == "whole" ? LassoGram::whole : LassoGram::as_needed;
    return {model_.tolerance, model_.iterations, {folds, means}, gram};
  }
  std::vector<double> grid() const {
    return detail::penalty_grid(detail::largest_penalty(view_.matrix(), y()), model_.ratio, model_.penalties);
  }
  double grid_flops() const { return detail::lasso_flops::correlations(rows(), columns()); }
  PenaltyChoice by_validation(Index (*choice)(std::span<const ValidationError>)) const;
  PenaltyChoice by_theory() const;
  Fit make_fit(const LassoPoint& point, const LassoPath& path) const;

  const Lasso& model_;
  Centred centred_;
  DenseView view_;
};

PenaltyChoice Problem::choose() const {
  if (const double* number = std::get_if<double>(&model_.penalty)) return {.penalty = *number};
  const std::string& word = std::get<std::string>(model_.penalty);
  if (word == "cv") return by_validation(smallest_error);
  if (word == "cv_1se") return by_validation(one_standard_error);
  return by_theory();
}

PenaltyChoice Problem::by_validation(Index (*choice)(std::span<const ValidationError>)) const {
  require(rows() > 1,
          "cross-validation was given one row (none is left to train on). Give 2 or more, or a penalty");
  const Index folds = std::min(model_.folds, rows());
  const std::vector<double> penalties = grid();
  if (!(penalties.front() > 0 && std::isfinite(penalties.front())))
    return {.penalty = penalties.front(), .flops = grid_flops()};
  LassoPath path(view_.matrix(), y(), penalties, controls(folds));
  std::vector<ValidationError> errors;
  for (bool risen = false; !risen && !path.done();) {
    for (const std::vector<LassoPoint>& points : path.advance()) {
      std::vector<double> fold_errors;
      for (const LassoPoint& point : points) fold_errors.push_back(point.validation_error);
      errors.push_back(validation_error(fold_errors));
      risen = has_risen(errors);
      if (risen) break;
    }
  }
  const double validation = static_cast<double>(errors.size()) * validation_flops(folds);
  return {penalties[choice(errors)], errors[smallest_error(errors)],
          grid_flops() + path.flops() + validation};
}

PenaltyChoice Problem::by_theory() const {
  const double n = static_cast<double>(rows());
  const double unit = model_.constant * std::sqrt(2 * std::log(std::max<double>(2, columns())) / n);
  double noise = y().norm() / std::sqrt(n);
  PenaltyChoice choice{.penalty = unit * noise, .flops = detail::lasso_flops::inner_product(rows()) + 9};
  for (int k = 0; k < noise_iterations && noise > 0; ++k) {
    LassoPath path(view_.matrix(), y(), {choice.penalty}, controls(1));
    const double before = noise;
    noise = std::sqrt(path.advance().front().front().residual_square / n);
    choice.flops += path.flops() + 3;
    if (!(unit * noise > 0)) break;
    choice.penalty = unit * noise;
    if (std::abs(noise - before) <= noise_accuracy * before) break;
  }
  return choice;
}

Fit Problem::fit_at(const PenaltyChoice& choice) const {
  LassoPath path(view_.matrix(), y(), {choice.penalty}, controls(1));
  const LassoPoint point = path.advance().front().front();
  Fit fit = make_fit(point, path);
  fit.report.cost.tuning_flops = choice.flops;
  return fit;
}

std::vector<Fit> Problem::fit_grid() const {
  LassoPath path(view_.matrix(), y(), grid(), controls(1));
  std::vector<Fit> fits;
  while (!path.done()) {
    for (const std::vector<LassoPoint>& points : path.advance()) {
      fits.push_back(make_fit(points.front(), path));
      fits.back().report.cost.fit_flops += grid_flops();
    }
  }
  return fits;
}

Fit Problem::make_fit(const LassoPoint& point, const LassoPath& path) const {
  Vector coefficients = Vector::Zero(columns());
  for (std::size_t i = 0; i < point.columns.size(); ++i)
    coefficients[point.columns[i]] = point.coefficients[i];
  FitReport report;
  report.status = point.converged            ? FitStatus::converged
                  : std::isfinite(point.gap) ? FitStatus::iteration_limit
                                             : FitStatus::failed;
  if (!point.converged) report.message = "the duality gap stayed above the tolerance";
  report.parameters = static_cast<Index>(point.columns.size()) + (model_.intercept ? 1 : 0);
  report.iterations = path.moves();
  report.certificate = point.gap;
  report.cost.fit_flops = (model_.intercept ? centring_flops(rows(), columns()) : 0) + path.flops();
  return {centred_.rule(std::move(coefficients)), report};
}

}  // namespace

std::span<const Option<Lasso>> Lasso::options() {
  return option_table;
}

Fit Lasso::fit(const Data& data, Stream) const {
  require_valid(*this);
  require_fittable(data);
  const Problem problem(*this, data);
  return problem.fit_at(problem.choose());
}

PenaltyChoice Lasso::choose_penalty(const Data& data) const {
  require_valid(*this);
  require_fittable(data);
  return Problem(*this, data).choose();
}

double Lasso::working_bytes(Index n, Index d) const {
  const auto rows = static_cast<double>(n), columns = static_cast<double>(d);
  const bool folded = penalty == NumberOrWord("cv") || penalty == NumberOrWord("cv_1se");
  const auto sets = static_cast<double>(folded ? std::min(folds, n) : 1);
  const auto ahead = static_cast<double>(folded ? detail::LassoSchedule::look_ahead_folds
                                                : detail::LassoSchedule::look_ahead_alone);
  const double steps = folded ? static_cast<double>(penalties) / ahead : 4;
  const double added = std::sqrt(ahead * sets * columns * steps);  // the free columns of all steps: path.cpp
  const double working = gram == "whole" ? columns : std::min(std::max(added, rows), columns);
  const double grams = (gram == "whole" ? 2 * sets + 1 : sets) * working * working;
  const double active = std::min(rows, columns) / 2;
  const double factors = 2 * sets * 2.25 * active * active;  // warm starts are kept, and grow by half
  const double trials = ahead * sets * (columns + 3 * rows);
  const double centred = intercept ? rows * columns : 0;
  return sizeof(double) * (centred + 2 * working * rows + grams + factors + trials) +
         detail::packing_bytes(n, static_cast<Index>(working));
}

std::vector<Fit> Lasso::fit_path(const Data& data, Stream) const {
  require_valid(*this);
  require_fittable(data);
  return Problem(*this, data).fit_grid();
}

}  // namespace quartic
