#include "models/linear/logistic/sparse_path.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/interruption.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/logistic/column_products.hpp"
#include "models/linear/logistic/flops.hpp"

namespace quartic::detail {

namespace {

constexpr double tightening = 0.1;

Vector labels_in_order(VectorView y, std::span<const Index> order) {
  Vector labels(std::ssize(order));
  for (std::size_t i = 0; i < order.size(); ++i) labels[static_cast<Index>(i)] = y[order[i]];
  return labels;
}

std::span<const Index> training_part(const TrainingRows& rows) {
  return std::span(rows.order).first(static_cast<std::size_t>(rows.count));
}

std::span<const Index> held_out_part(const TrainingRows& rows) {
  return std::span(rows.order).subspan(static_cast<std::size_t>(rows.count));
}

// (1/N) sum of a log a + (1 - a) log(1 - a), a = scale |v_i|: what the rows contribute to -D.
double negative_entropy(const Vector& dual, double scale) {
  double sum = 0;
  for (double v : dual) {
    const double a = scale * std::abs(v);
    if (a > 0) sum += a * std::log(a);
    if (a < 1) sum += (1 - a) * std::log1p(-a);
  }
  return sum / static_cast<double>(dual.size());
}

}  // namespace

NullModel null_model(VectorView y, Intercept intercept) {
  if (intercept == Intercept::none) return {0, std::log(2.0)};
  const double share = y.mean();
  return {std::log(share) - std::log1p(-share),
          -(share * std::log(share) + (1 - share) * std::log1p(-share))};
}

SparsePath::SparsePath(const Data& data, TrainingRows training, std::vector<double> penalties,
                       SparseControls controls)
    : data_(data),
      penalties_(std::move(penalties)),
      controls_(controls),
      columns_(data, std::move(training), controls.intercept),
      y_(labels_in_order(data.y(), training_part(columns_.rows()))),
      held_out_(labels_in_order(data.y(), held_out_part(columns_.rows()))),
      null_(null_model(VectorView(y_.data(), y_.size()), controls.intercept)),
      solver_(columns_, y_),
      slack_(std::max(SparseSchedule::least_slack, SparseSchedule::slack_of_tolerance * controls.tolerance)) {
  flops_ += logistic_flops::null_model(rows(), static_cast<double>(columns_.unpenalised()));
  solver_.restore(
      {Vector::Constant(columns_.unpenalised(), null_.score), Vector::Constant(y_.size(), null_.score)});
}

SparsePenalty SparsePath::penalty(double weight) const {
  return {weight * controls_.l1_ratio, weight * (1 - controls_.l1_ratio)};
}

std::span<const double> SparsePath::batch() const {
  return std::span(penalties_)
      .subspan(next_, std::min(SparseSchedule::look_ahead, penalties_.size() - next_));
}

std::vector<SparsePoint> SparsePath::advance() {
  assert(!done());
  for (;;) {
    std::vector<SparsePoint> points = judge(column_products(propose(), data_));
    if (!points.empty()) return points;
  }
}

// First of all the residuals of the model without columns.
Matrix SparsePath::propose() {
  interruption_point();
  trials_.clear();
  if (started_) {
    before_ = solver_.state();
    for (double weight : batch()) trials_.push_back(solve(weight));
  } else {
    const LogisticRows rows =
        logistic_rows(Vector::Constant(y_.size(), null_.score), VectorView(y_.data(), y_.size()));
    trials_.push_back({solver_.state(), {}, rows.residuals, null_.loss});
  }
  return duals();
}

std::vector<SparsePoint> SparsePath::judge(const Matrix& products) {
  const std::span<const double> ahead = batch();
  if (!started_) {
    started_ = true;
    widen(products, ahead.last(1), 1);
    return {};
  }
  std::size_t kept = 0;
  for (std::size_t t = 0; t < trials_.size(); ++t) {
    SparsePoint& point = trials_[t].point;
    point.gap = relative_gap(trials_[t], products.row(static_cast<Index>(t)), ahead[t]);
    point.converged = point.gap <= controls_.tolerance;
    if (point.converged && kept == t) ++kept;
  }
  const bool goes_on = next_ + ahead.size() < penalties_.size();
  const bool widened = widen(products, ahead, goes_on ? SparseSchedule::near_entry : 1);
  if (kept > 0) return keep(kept);
  const bool may_tighten = slack_ > SparseSchedule::least_slack && std::isfinite(trials_[0].point.gap);
  if (!widened && !may_tighten) return keep(1);  // the gap is what rounding, or the limit, allows
  if (!widened) slack_ = std::max(SparseSchedule::least_slack, tightening * slack_);
  solver_.restore(std::move(before_));
  return {};
}

std::vector<SparsePoint> SparsePath::keep(std::size_t kept) {
  std::vector<SparsePoint> points;
  for (std::size_t t = 0; t < kept; ++t) {
    validate(trials_[t]);
    points.push_back(std::move(trials_[t].point));
  }
  if (kept < trials_.size()) solver_.restore(std::move(trials_[kept - 1].state));
  next_ += kept;
  return points;
}

SparsePath::Trial SparsePath::solve(double weight) {
  solver_.solve(penalty(weight), slack_, controls_.iterations);
  Trial trial{solver_.state(), {}, balanced(solver_.training().residuals), 0};
  const Vector& b = trial.state.coefficients;
  trial.primal = solver_.training().loss + penalty(weight).at(b, columns_.unpenalised());
  trial.point.intercept = columns_.unpenalised() > 0 ? b[0] : 0;
  for (Index k = columns_.unpenalised(); k < b.size(); ++k) {
    if (b[k] == 0) continue;
    trial.point.columns.push_back(columns_.column_of(k));
    trial.point.coefficients.push_back(b[k]);
    trial.point.intercept -= b[k] * columns_.mean(k);
  }
  flops_ += 2.0 * columns_.unpenalised() * static_cast<double>(trial.point.columns.size());
  return trial;
}

// Of residuals whose sum is not quite zero the larger class is scaled.
Vector SparsePath::balanced(const Vector& residuals) {
  if (controls_.intercept == Intercept::none) return residuals;
  flops_ += logistic_flops::balance(rows());
  const double above = residuals.cwiseMax(0).sum(), below = -residuals.cwiseMin(0).sum();
  if (!(above > 0 && below > 0)) return residuals;
  if (above > below) return residuals.cwiseMin(0) + (below / above) * residuals.cwiseMax(0);
  return residuals.cwiseMax(0) + (above / below) * residuals.cwiseMin(0);
}

// Their v, in the order of the rows of the data; zero on held-out rows.
Matrix SparsePath::duals() {
  Matrix vectors = Matrix::Zero(std::ssize(trials_), data_.rows());
  const auto training = training_part(columns_.rows());
  for (std::size_t t = 0; t < trials_.size(); ++t)
    for (std::size_t i = 0; i < training.size(); ++i)
      vectors(static_cast<Index>(t), training[i]) = trials_[t].dual[static_cast<Index>(i)];
  flops_ += static_cast<double>(trials_.size()) * logistic_flops::pass(rows(), all_columns());
  return vectors;
}

// sum_j h*(scale x_j'v / N).
double SparsePath::conjugate(const Eigen::RowVectorXd& products, double scale, const SparsePenalty& penalty) {
  double sum = 0, exceeding = 0;
  for (double product : products) {
    const double excess = scale * std::abs(product) / rows() - penalty.absolute;
    if (!(excess > 0)) continue;
    sum += excess * excess;
    ++exceeding;
  }
  flops_ += logistic_flops::conjugate(all_columns(), exceeding);
  return sum / (2 * penalty.square);
}

double SparsePath::relative_gap(const Trial& trial, const Eigen::RowVectorXd& products, double weight) {
  const SparsePenalty penalty = this->penalty(weight);
  flops_ += logistic_flops::duality_gap(rows(), static_cast<double>(trial.point.columns.size()));
  const double largest = products.cwiseAbs().maxCoeff<Eigen::PropagateNaN>() / rows();
  if (std::isnan(largest)) return largest;
  const bool bounded = penalty.square == 0;
  const double scale = bounded && largest > penalty.absolute ? penalty.absolute / largest : 1;
  const double dual =
      -negative_entropy(trial.dual, scale) - (bounded ? 0 : conjugate(products, scale, penalty));
  return (trial.primal - dual) / null_.loss;
}

void SparsePath::validate(Trial& trial) {
  if (held_out_.size() == 0) return;
  const WeightedColumns used = not_zero(trial.state.coefficients);
  Vector held_out = Vector::Zero(held_out_.size());
  columns_.add_to(span_of(held_out), {y_.size(), held_out.size()}, used);
  flops_ += logistic_flops::working_scores(static_cast<double>(held_out.size()),
                                           static_cast<double>(used.places.size()));
  trial.point.validation_error = logistic_rows(held_out, VectorView(held_out_.data(), held_out_.size())).loss;
  flops_ += logistic_flops::validation_loss(static_cast<double>(held_out_.size()));
}

// Adds the columns outside the working set whose inner product exceeds margin times the penalty, in any trial: the
// violators, and the nearest others while their part in a solution costs less than the pass over X did.
bool SparsePath::widen(const Matrix& products, std::span<const double> weights, double margin) {
  Eigen::ArrayXd reach = Eigen::ArrayXd::Zero(data_.columns());
  for (Index t = 0; t < products.rows(); ++t)
    reach = reach.max(products.row(t).transpose().array().abs() / (rows() * penalty(weights[t]).absolute));
  std::vector<Index> chosen;
  Index violating = 0;
  for (Index j = 0; j < data_.columns(); ++j) {
    if (!(reach[j] > margin) || columns_.contains(j)) continue;  // also where it is NaN
    chosen.push_back(j);
    violating += reach[j] > 1;
  }
  const Index cheap = data_.columns() * products.rows() / (2 * columns_.size() + 1);
  const Index most = std::clamp(std::max(violating, cheap), SparseSchedule::least_widening,
                                std::max(SparseSchedule::free_widening, columns_.size()));
  if (std::ssize(chosen) > most) {
    std::nth_element(chosen.begin(), chosen.begin() + most, chosen.end(),
                     [&](Index a, Index b) { return reach[a] != reach[b] ? reach[a] > reach[b] : a < b; });
    chosen.resize(most);
    std::sort(chosen.begin(), chosen.end());
  }
  columns_.add(chosen);
  if (columns_.unpenalised() > 0)
    flops_ += static_cast<double>(chosen.size()) * (2 * static_cast<double>(data_.rows()) + 1);
  return !chosen.empty();
}

}  // namespace quartic::detail
