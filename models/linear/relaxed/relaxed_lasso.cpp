#include "models/linear/relaxed/relaxed_lasso.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "core/require.hpp"
#include "models/linear/cross_validation.hpp"
#include "models/linear/fold.hpp"
#include "models/linear/lasso/flops.hpp"
#include "models/linear/lasso/lasso.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/linear_fit.hpp"
#include "models/linear/relaxed/flops.hpp"
#include "models/linear/relaxed/relaxed_path.hpp"

namespace quartic {

namespace {

using detail::RelaxedPath;
using detail::RelaxedPoint;
namespace flops = detail::relaxed_flops;

constexpr std::array penalty_words = {OptionWord{"cv", "smallest mean error of cross-validation"}};
constexpr std::array mix_words = {OptionWord{"cv", "by the folds that choose the penalty"}};
constexpr OnlyWith validated = {"penalty", {"cv"}};
constexpr OnlyWith mixed = {"mix", {"cv"}};

constexpr std::array option_table = {
    Option<RelaxedLasso>{"penalty", &RelaxedLasso::penalty, "weight of |b|_1 beside |y - Xb|^2 / (2n)",
                         penalty_words, above(0, "0 is least squares, the model least_squares"), OnlyWith{},
                         OnPath::nothing},
    Option<RelaxedLasso>{"mix", &RelaxedLasso::mix,
                         "share of the lasso; the rest is least squares on its columns", mix_words,
                         from_to(0, 1, "it is a share")},
    Option<RelaxedLasso>{"mixes", &RelaxedLasso::mixes, "shares from 1 down to 0 that are tried", no_words,
                         at_least(2, "0 and 1 are among them"), mixed},
    Option<RelaxedLasso>{"folds", &RelaxedLasso::folds, "folds of cross-validation", no_words,
                         at_least(2, "nothing would be left to train on"), validated, OnPath::nothing},
    Option<RelaxedLasso>{"penalties", &RelaxedLasso::penalties, "penalties of the grid", no_words,
                         at_least(1, "there is nothing to choose from"), validated, OnPath::something},
    Option<RelaxedLasso>{"ratio", &RelaxedLasso::ratio, "smallest penalty of the grid over the largest",
                         no_words, between_0_and_1("the grid runs from the largest penalty down"), validated,
                         OnPath::something},
    Option<RelaxedLasso>{"tolerance", &RelaxedLasso::tolerance, "largest relative duality gap of the lasso",
                         no_words, between_0_and_1("it is relative to the error of no model at all")},
    Option<RelaxedLasso>{"iterations", &RelaxedLasso::iterations, "most active-set moves a penalty may take",
                         no_words, at_least(1, "it could not move")},
    Option<RelaxedLasso>{"intercept", &RelaxedLasso::intercept, "fit an intercept, which is not penalised"},
};

Centred rows_of(const RelaxedLasso& model, const Data& data) {
  return model.intercept ? centre(data) : uncentred(data);
}

std::vector<double> mixes_of(const RelaxedLasso& model) {
  if (const double* number = std::get_if<double>(&model.mix)) return {*number};
  std::vector<double> mixes;
  const auto last = static_cast<double>(model.mixes - 1);
  for (Index m = 0; m < model.mixes; ++m) mixes.push_back(1 - static_cast<double>(m) / last);
  return mixes;
}

double centring(const RelaxedLasso& model, const Data& data) {
  return model.intercept
             ? centring_flops(static_cast<double>(data.rows()), static_cast<double>(data.columns()))
             : 0;
}

RelaxedPath start(const RelaxedLasso& model, const Data& data, std::vector<double> penalties) {
  return {
      rows_of(model, data), std::move(penalties), {.tolerance = model.tolerance, .moves = model.iterations}};
}

std::vector<double> grid_of(const RelaxedLasso& model, const Data& data) {
  const Centred rows = rows_of(model, data);
  const DenseView view(rows.data);
  return detail::penalty_grid(detail::largest_penalty(view.matrix(), rows.data.y()), model.ratio,
                              model.penalties);
}

double grid_flops(const RelaxedLasso& model, const Data& data) {
  return centring(model, data) + detail::lasso_flops::correlations(data.rows(), data.columns());
}

/// One training set with its path, judged by the rows of its fold.
class Judge {
 public:
  Judge(const RelaxedLasso& model, Fold fold, const std::vector<double>& penalties)
      : held_out_(std::move(fold.held_out)),
        intercepts_(model.intercept ? 1 : 0),
        path_(start(model, fold.training, penalties)),
        flops_(centring(model, fold.training)) {}

  /// Mean square of the held-out residuals at each mix.
  std::vector<double> errors(std::size_t penalty, const std::vector<double>& mixes) {
    const RelaxedPoint& point = path_.at(penalty);
    const Vector lasso = residuals_of(path_.rule(point, 1), point.columns, held_out_),
                 refit = residuals_of(path_.rule(point, 0), point.columns, held_out_);
    const auto h = static_cast<double>(held_out_.rows());
    const double both = lasso.dot(refit), first = lasso.squaredNorm(), second = refit.squaredNorm();
    flops_ += flops::judge(h, static_cast<double>(point.columns.size()), intercepts_) +
              static_cast<double>(mixes.size()) * flops::mix_error();
    std::vector<double> errors;
    for (const double mix : mixes) {
      const double rest = 1 - mix;
      errors.push_back((mix * mix * first + 2 * (mix * rest) * both + rest * rest * second) / h);
    }
    return errors;
  }
  double flops() const { return flops_ + path_.flops(); }

 private:
  Data held_out_;
  double intercepts_;
  RelaxedPath path_;
  double flops_;
};

struct Choice {
  double penalty = 0;
  double mix = 1;
  double flops = 0;
};

// The mean errors at one penalty, by mix.
std::vector<ValidationError> mean_errors(std::vector<std::unique_ptr<Judge>>& judges, std::size_t penalty,
                                         const std::vector<double>& mixes) {
  std::vector<std::vector<double>> by_mix(mixes.size());
  for (const auto& judge : judges) {
    const std::vector<double> errors = judge->errors(penalty, mixes);
    for (std::size_t m = 0; m < mixes.size(); ++m) by_mix[m].push_back(errors[m]);
  }
  std::vector<ValidationError> means;
  for (const std::vector<double>& of_folds : by_mix) means.push_back(validation_error(of_folds));
  return means;
}

Choice choose_by_folds(const RelaxedLasso& model, const Data& data) {
  const Index folds = std::min(model.folds, data.rows());
  const std::vector<double> penalties = grid_of(model, data), mixes = mixes_of(model);
  if (!(penalties.front() > 0 && std::isfinite(penalties.front())))
    return {.penalty = penalties.front(), .flops = grid_flops(model, data)};
  std::vector<std::unique_ptr<Judge>> judges;
  for (Index f = 0; f < folds; ++f)
    judges.push_back(std::make_unique<Judge>(model, divide(data, f, folds), penalties));
  std::vector<ValidationError> least;  // by penalty
  std::vector<double> at;              // the mix of each
  for (std::size_t k = 0; k < penalties.size() && !has_risen(least); ++k) {
    const std::vector<ValidationError> means = mean_errors(judges, k, mixes);
    const auto best = static_cast<std::size_t>(smallest_error(means));
    least.push_back(means[best]);
    at.push_back(mixes[best]);
  }
  const auto best = static_cast<std::size_t>(smallest_error(least));
  double spent =
      grid_flops(model, data) + static_cast<double>(least.size() * mixes.size()) * validation_flops(folds);
  for (const auto& judge : judges) spent += judge->flops();
  return {penalties[best], at[best], spent};
}

Fit fit_of(const RelaxedLasso& model, const Data& data, const RelaxedPath& path, const RelaxedPoint& point,
           double mix) {
  const auto active = static_cast<Index>(point.columns.size());
  Fit fit = make_fit(
      path.rule(point, mix), active + (model.intercept ? 1 : 0),
      {.coefficients = {},
       .certificate = point.gap,
       .fit_flops = centring(model, data) + point.flops + flops::combine(static_cast<double>(active)),
       .message = ""});
  fit.report.iterations = path.moves();
  if (fit.report.status == FitStatus::failed || point.converged) return fit;
  fit.report.status = std::isfinite(point.gap) ? FitStatus::iteration_limit : FitStatus::failed;
  fit.report.message = "the duality gap stayed above the tolerance";
  return fit;
}

}  // namespace

std::span<const Option<RelaxedLasso>> RelaxedLasso::options() {
  return option_table;
}

void RelaxedLasso::require_consistent() const {
  require(
      !(std::holds_alternative<double>(penalty) && mix == NumberOrWord("cv")),
      "mix = \"cv\" stands beside a penalty that is a number (the folds that choose the one choose the other). Set "
      "penalty = \"cv\", or give a number for mix.",
      {"mix", "penalty"});
}

void RelaxedLasso::require_data(Index n, Index d, Task task) const {
  require_regression(task, name());
  require(n >= 1,
          "relaxed_lasso was given no rows (nothing can be learned from them). Give at least one row.");
  require(d >= 1, "relaxed_lasso was given no columns (it has nothing to choose from). Give at least one.");
  require(n >= 2 || std::holds_alternative<double>(penalty),
          "cross-validation was given one row (none is left to train on). Give 2 or more, or a penalty.",
          {"penalty"});
}

Fit RelaxedLasso::fit(const Data& data, Stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  const double* number = std::get_if<double>(&penalty);
  const Choice choice =
      number ? Choice{.penalty = *number, .mix = std::get<double>(mix)} : choose_by_folds(*this, data);
  RelaxedPath path = start(*this, data, {choice.penalty});
  Fit fit = fit_of(*this, data, path, path.at(0), choice.mix);
  fit.report.cost.tuning_flops = choice.flops;
  return fit;
}

std::vector<Fit> RelaxedLasso::fit_path(const Data& data, Stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  const std::vector<double> grid = grid_of(*this, data), shares = mixes_of(*this);
  RelaxedPath path = start(*this, data, grid);
  std::vector<Fit> fits;
  for (std::size_t k = 0; k < grid.size(); ++k) {
    const RelaxedPoint& point = path.at(k);
    for (const double share : shares) {
      fits.push_back(fit_of(*this, data, path, point, share));
      fits.back().report.cost.fit_flops += detail::lasso_flops::correlations(data.rows(), data.columns());
    }
  }
  return fits;
}

double RelaxedLasso::working_bytes(Index n, Index d) const {
  const bool folded = std::holds_alternative<std::string>(penalty);
  const double sets = folded ? static_cast<double>(std::min(folds, n)) : 1;
  const double alone = Lasso{.penalty = 1.0, .intercept = intercept}.working_bytes(n, d);
  const auto rows = static_cast<double>(n), columns = static_cast<double>(d);
  return sets * (alone + sizeof(double) * 2 * rows * columns) +
         LeastSquares{}.working_bytes(n, std::min(d, n));
}

}  // namespace quartic
