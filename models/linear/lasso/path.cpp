#include "models/linear/lasso/path.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "core/interruption.hpp"
#include "models/linear/lasso/correlations.hpp"
#include "models/linear/lasso/flops.hpp"

namespace quartic::detail {

LassoPath::LassoPath(MatrixView x, VectorView y, std::vector<double> penalties, LassoControls controls)
    : x_(x),
      y_(y),
      penalties_(std::move(penalties)),
      controls_(controls),
      working_(x, y, controls.sets),
      solvers_(controls.sets.folds) {
  Trials none{Matrix::Zero(controls.sets.folds, 0), {}, {}, std::vector<LassoPoint>(controls.sets.folds)};
  none.residuals = working_.residuals(none.coefficients);
  for (Index t = 0; t < controls.sets.folds; ++t) {
    mask(none, t);
    label_squares_.push_back(none.points[t].residual_square);
    flops_ += lasso_flops::inner_product(working_.training_rows(t)) +
              lasso_flops::correlations(working_.training_rows(t), x.cols());
    if (controls.sets.means == FoldMeans::fitted)
      flops_ += lasso_flops::centre_residual(working_.training_rows(t), x.rows());
  }
  labels_ = none.residuals;
  if (controls.gram == LassoGram::whole) add_all_columns();
  if (!penalties_.empty()) widen(detail::correlations(labels_, x_), batch().last(1), 1);
}

void LassoPath::add_all_columns() {
  std::vector<Index> all(x_.cols());
  std::iota(all.begin(), all.end(), Index{0});
  working_.add(all);
}

std::span<const double> LassoPath::batch() const {
  const std::size_t most =
      controls_.sets.folds > 1 ? LassoSchedule::look_ahead_folds : LassoSchedule::look_ahead_alone;
  return std::span(penalties_).subspan(next_, std::min(most, penalties_.size() - next_));
}

std::vector<std::vector<LassoPoint>> LassoPath::advance() {
  assert(!done());
  const std::span<const double> ahead = batch();
  const bool goes_on = next_ + ahead.size() < penalties_.size();
  const Index folds = controls_.sets.folds;
  for (;;) {
    interruption_point();
    before_ = solvers_;
    Trials trials = solve(ahead);
    measure(trials, ahead);
    const auto failed = std::find_if(trials.points.begin(), trials.points.end(),
                                     [](const LassoPoint& point) { return !point.converged; });
    std::size_t kept = (failed - trials.points.begin()) / folds;
    const bool widened = widen(trials.correlations, ahead, goes_on ? LassoSchedule::near_entry : 1);
    if (kept == 0 && !widened)
      kept = 1;  // nothing is left to add: the gap is what rounding, or the limit, allows
    if (kept < ahead.size()) std::swap(solvers_, before_);
    if (kept == 0) continue;
    next_ += kept;
    std::vector<std::vector<LassoPoint>> points(kept);
    for (std::size_t k = 0; k < kept; ++k)
      points[k].assign(trials.points.begin() + k * folds, trials.points.begin() + (k + 1) * folds);
    return points;
  }
}

LassoPath::Trials LassoPath::solve(std::span<const double> batch) {
  const Index folds = controls_.sets.folds, count = static_cast<Index>(batch.size()) * folds;
  const double slack =
      std::max(LassoSchedule::least_slack, LassoSchedule::slack_of_tolerance * controls_.tolerance);
  Trials trials{Matrix::Zero(count, working_.size()), {}, {}, std::vector<LassoPoint>(count)};
  for (Index t = 0; t < count; ++t) {
    LassoActiveSet& solver = solvers_[t % folds];
    const auto effort =
        solver.solve(working_.quadratic(t % folds), level(batch[t / folds], t), slack, controls_.moves);
    flops_ += effort.flops;
    moves_ += effort.moves;
    for (std::size_t i = 0; i < solver.support().size(); ++i) {
      const Index position = solver.support()[i];
      trials.coefficients(t, position) = solver.coefficients()[i];
      trials.points[t].columns.push_back(working_.columns()[position]);
      trials.points[t].coefficients.push_back(solver.coefficients()[i]);
    }
  }
  return trials;
}

// Residuals, their validation errors, X' times all of them, and the gaps.
void LassoPath::measure(Trials& trials, std::span<const double> batch) {
  const Index folds = controls_.sets.folds, count = trials.coefficients.rows();
  trials.residuals = working_.residuals(trials.coefficients);
  for (Index t = 0; t < count; ++t) mask(trials, t);
  trials.correlations = detail::correlations(trials.residuals, x_);
  for (Index t = 0; t < count; ++t) {
    LassoPoint& point = trials.points[t];
    const Index rows = working_.training_rows(t % folds), active = static_cast<Index>(point.columns.size());
    point.gap = relative_gap(trials, t, level(batch[t / folds], t));
    point.converged = point.gap <= controls_.tolerance;
    flops_ += lasso_flops::residual(x_.rows(), active) + lasso_flops::correlations(rows, x_.cols()) +
              lasso_flops::duality_gap(rows, active);
    if (folds > 1) flops_ += lasso_flops::validation_error(x_.rows() - rows);
    if (controls_.sets.means == FoldMeans::fitted) flops_ += lasso_flops::centre_residual(rows, x_.rows());
  }
}

// Takes the held-out rows of residual t for the validation error, and leaves the training rows.
void LassoPath::mask(Trials& trials, Index t) const {
  const Index folds = controls_.sets.folds, fold = t % folds, rows = x_.rows();
  auto residual = trials.residuals.row(t);
  LassoPoint& point = trials.points[t];
  double held_out_sum = 0;
  if (controls_.sets.means == FoldMeans::fitted) {
    if (folds > 1)
      for (Index i = fold; i < rows; i += folds) held_out_sum += residual[i];
    point.intercept = (residual.sum() - held_out_sum) / training_rows(t);
    residual.array() -= point.intercept;
  }
  if (folds > 1) {
    double square = 0;
    for (Index i = fold; i < rows; i += folds) {
      square += residual[i] * residual[i];
      residual[i] = 0;
    }
    point.validation_error = square / static_cast<double>(rows - working_.training_rows(fold));
  }
  point.residual_square = residual.squaredNorm();
}

// With the dual point s r, s within the bound that makes it feasible:
// P = r'r/2 + level |b|_1, D = s y'r - s^2 r'r/2, relative to y'y/2.
double LassoPath::relative_gap(const Trials& trials, Index t, double level) const {
  const LassoPoint& point = trials.points[t];
  const Index fold = t % controls_.sets.folds;
  if (label_squares_[fold] == 0) return 0;
  const double rr = point.residual_square;
  const double yr = labels_.row(fold).dot(trials.residuals.row(t));
  double norm = 0;
  for (double b : point.coefficients) norm += std::abs(b);
  const double largest = trials.correlations.row(t).cwiseAbs().maxCoeff<Eigen::PropagateNaN>();
  if (std::isnan(largest)) return largest;
  const double bound = largest > 0 ? level / largest : std::numeric_limits<double>::infinity();
  const double scale = rr > 0 ? std::clamp(yr / rr, -bound, bound) : 0;
  const double primal = 0.5 * rr + level * norm;
  const double dual = scale * yr - 0.5 * scale * scale * rr;
  return (primal - dual) / (0.5 * label_squares_[fold]);
}

// Adds the columns outside the working set whose correlation exceeds margin times the level, in any trial:
// the violators, and the nearest others while their inner products cost less than the pass over X did.
bool LassoPath::widen(const Matrix& correlations, std::span<const double> batch, double margin) {
  Eigen::ArrayXd reach = Eigen::ArrayXd::Zero(x_.cols());
  for (Index t = 0; t < correlations.rows(); ++t)
    reach =
        reach.max(correlations.row(t).transpose().array().abs() / level(batch[t / controls_.sets.folds], t));
  std::vector<Index> chosen;
  Index violating = 0;
  for (Index j = 0; j < x_.cols(); ++j) {
    if (!(reach[j] > margin) || working_.contains(j)) continue;  // also where it is NaN
    chosen.push_back(j);
    violating += reach[j] > 1;
  }
  const Index cheap = x_.cols() * correlations.rows() / (2 * working_.size() + 1);
  const Index most = std::clamp(std::max(violating, cheap), LassoSchedule::least_widening,
                                std::max(LassoSchedule::free_widening, working_.size()));
  if (static_cast<Index>(chosen.size()) > most) {
    std::nth_element(chosen.begin(), chosen.begin() + most, chosen.end(),
                     [&](Index a, Index b) { return reach[a] != reach[b] ? reach[a] > reach[b] : a < b; });
    chosen.resize(most);
    std::sort(chosen.begin(), chosen.end());
  }
  working_.add(chosen);
  return !chosen.empty();
}

double largest_penalty(MatrixView x, VectorView y) {
  const Matrix products = correlations(y.transpose(), x);
  return products.cwiseAbs().maxCoeff<Eigen::PropagateNaN>() / static_cast<double>(x.rows());
}

std::vector<double> penalty_grid(double largest, double ratio, Index count) {
  std::vector<double> grid;
  for (Index k = 0; k < count; ++k)
    grid.push_back(largest *
                   std::pow(ratio, count > 1 ? static_cast<double>(k) / static_cast<double>(count - 1) : 0));
  return grid;
}

}  // namespace quartic::detail
