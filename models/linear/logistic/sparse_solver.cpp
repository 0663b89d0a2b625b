#include "models/linear/logistic/sparse_solver.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/interruption.hpp"
#include "core/machine/processor.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/logistic/flops.hpp"

namespace quartic::detail {

namespace {

constexpr double smallest_weight = 1e-6;  // of G: rows far on their side would make steps too long
constexpr double drift = 0.1;             // of the sum of weights
constexpr double inexactness = 0.05;      // of the violation that a step begins with
constexpr double promised = 1e-4;         // of the slope
constexpr int halvings = 30;
constexpr int most_sweeps = 2000;

double shrunk(double value, double by) {
  return value > by ? value - by : value < -by ? value + by : 0;
}

// How far the gradient of the smooth part is from what a coefficient allows.
double violation_at(double gradient, double coefficient, const SparsePenalty& penalty) {
  if (coefficient == 0) return std::max(0.0, std::abs(gradient) - penalty.absolute);
  return std::abs(gradient + penalty.square * coefficient + std::copysign(penalty.absolute, coefficient));
}

Vector lengthened(Vector v, Index size) {
  const Index before = v.size();
  v.conservativeResize(size);
  v.tail(size - before).setZero();
  return v;
}

constexpr std::size_t together = 8;
using Columns = std::array<const double*, together>;
using Weights = std::array<double, together>;

// y += eight columns by their weights: y is read and written once for all.
[[gnu::always_inline]] inline void add_eight(double* y, Index count, const Columns& x, const Weights& w) {
  for (Index i = 0; i < count; ++i)
    y[i] += ((w[0] * x[0][i] + w[1] * x[1][i]) + (w[2] * x[2][i] + w[3] * x[3][i])) +
            ((w[4] * x[4][i] + w[5] * x[5][i]) + (w[6] * x[6][i] + w[7] * x[7][i]));
}

void enlarge(Matrix& matrix, Index rows, Index columns) {
  if (rows <= matrix.rows() && columns <= matrix.cols()) return;
  Matrix grown(std::max(rows, matrix.rows()), std::max(columns, matrix.cols()));
  grown.topLeftCorner(matrix.rows(), matrix.cols()) = matrix;
  matrix = std::move(grown);
}

}  // namespace

SparseSolver::SparseSolver(const WorkingColumns& columns, const Vector& y) : columns_(columns), y_(y) {
  state_.coefficients = Vector::Zero(columns.size());
  state_.scores = Vector::Zero(std::ssize(columns.rows().order));
}

bool SparseSolver::solve(const SparsePenalty& penalty, double slack, Index limit) {
  state_.coefficients = lengthened(std::move(state_.coefficients), columns_.size());
  is_inner_.resize(columns_.size(), 0);
  look();
  for (Index k = 0; k < limit; ++k) {
    interruption_point();
    const Vector gradient = this->gradient();
    const double worst = violation(penalty, gradient);
    if (!(worst > slack * penalty.absolute)) return std::isfinite(worst);
    const bool fresh = stale_ || has_drifted();
    if (fresh) renew();
    append(entering(gradient, penalty.absolute * (1 + slack)));
    const double accuracy = std::max(inexactness * worst, 0.5 * slack * penalty.absolute);
    const bool moved = step(penalty, minimise(penalty, gradient, accuracy));
    if (!moved && fresh) return false;
    stale_ = !moved;
  }
  return false;
}

void SparseSolver::look() {
  here_ = logistic_rows(state_.scores.head(columns_.rows().count), VectorView(y_.data(), y_.size()));
  flops_ += logistic_flops::rows(rows());
}

Vector SparseSolver::gradient() {
  const MatrixView all = columns_.all();
  Vector gradient = Vector::Zero(columns_.size());
  add_product(span_of(gradient), 1, plain(ConstBlock(all).part({0, all.rows()}, {0, y_.size()})),
              span_of(here_.residuals));
  flops_ += logistic_flops::working_gradient(rows(), static_cast<double>(columns_.size()));
  return gradient / rows();
}

double SparseSolver::violation(const SparsePenalty& penalty, const Vector& gradient) {
  const auto penalised = state_.coefficients.tail(gradient.size() - first_penalised());
  flops_ += logistic_flops::violations(static_cast<double>(penalised.size()),
                                       static_cast<double>((penalised.array() != 0).count()));
  double worst = gradient.head(first_penalised()).lpNorm<Eigen::Infinity>();
  for (Index k = first_penalised(); k < gradient.size(); ++k) {
    const double violation = violation_at(gradient[k], state_.coefficients[k], penalty);
    if (!(violation <= worst)) worst = violation;
  }
  return worst;
}

// What S lacks: violators, what is not penalised, and coefficients of a state that was given back.
std::vector<Index> SparseSolver::entering(const Vector& gradient, double threshold) const {
  std::vector<Index> found;
  for (Index k = 0; k < gradient.size(); ++k) {
    const bool belongs =
        k < first_penalised() || std::abs(gradient[k]) > threshold || state_.coefficients[k] != 0;
    if (belongs && !is_inner_[k]) found.push_back(k);
  }
  return found;
}

bool SparseSolver::has_drifted() {
  flops_ += logistic_flops::drift(rows());
  const auto now = here_.weights.array().max(smallest_weight);
  return (now - weights_.array()).abs().sum() > drift * weights_.sum();
}

void SparseSolver::renew() {
  weights_ = here_.weights.array().max(smallest_weight);
  flops_ += logistic_flops::roots(rows());
  std::fill(is_inner_.begin(), is_inner_.end(), 0);
  inner_.clear();
}

// New rows of S and of G.
void SparseSolver::append(const std::vector<Index>& places) {
  if (places.empty()) return;
  const Index before = std::ssize(inner_), added = std::ssize(places), size = before + added, n = y_.size();
  if (size > weighted_.rows()) {
    enlarge(weighted_, size + size / 2, n);
    enlarge(hessian_, size + size / 2, size + size / 2);
  }
  const Eigen::ArrayXd roots = (weights_ / rows()).cwiseSqrt();
  for (Index k : places) {
    const auto at = std::ssize(inner_);
    weighted_.row(at) = (VectorView(columns_.column(k), n).array() * roots).transpose();
    inner_.push_back(k);
    is_inner_[k] = 1;
    flops_ += logistic_flops::inner_column(rows(), static_cast<double>(at));
  }
  const ConstBlock all(weighted_.data(), size, n, n);
  const Block target(hessian_.data(), size, size, hessian_.cols());
  hessian_.block(before, 0, added, size).setZero();
  if (before > 0)
    add_product(target.part({before, added}, {0, before}), 1, plain(all.part({before, added}, {0, n})),
                transposed(all.part({0, before}, {0, n})));
  add_gram(target.part({before, added}, {before, added}), 1, plain(all.part({before, added}, {0, n})));
  for (Index i = before; i < size; ++i)
    for (Index k = 0; k < i; ++k) hessian_(k, i) = hessian_(i, k);
}

SparseSolver::Change SparseSolver::minimise(const SparsePenalty& penalty, const Vector& gradient,
                                            double accuracy) {
  const Index size = std::ssize(inner_), free = first_penalised();
  Vector start(size), slopes(size);
  for (Index k = 0; k < size; ++k) {
    start[k] = state_.coefficients[inner_[k]];
    slopes[k] = gradient[inner_[k]];
  }
  Vector now = start;
  for (int sweep = 0; sweep < most_sweeps; ++sweep) {
    interruption_point();
    double worst = 0;
    for (Index k = 0; k < size; ++k) {
      const double curvature = hessian_(k, k);
      if (!(curvature > 0)) continue;
      const double next =
          k < free ? now[k] - slopes[k] / curvature
                   : shrunk(curvature * now[k] - slopes[k], penalty.absolute) / (curvature + penalty.square);
      flops_ += k < free ? logistic_flops::free_visit() : logistic_flops::visit();
      const double move = next - now[k];
      if (move == 0 && k >= free) continue;
      worst = std::max(worst, std::abs(move) * curvature);
      slopes += move * hessian_.row(k).head(size).transpose();
      now[k] = next;
      flops_ += logistic_flops::coordinate_move(inner_size());
    }
    if (worst <= accuracy) break;
  }
  Change change{now - start, 0};
  for (Index k = 0; k < size; ++k) change.slope += gradient[inner_[k]] * change.coefficients[k];
  change.slope += penalty.at(now, free) - penalty.at(start, free);
  flops_ += logistic_flops::sparse_slope(inner_size(), inner_penalised());
  return change;
}

Vector SparseSolver::scores_of(const Vector& change) {
  Vector scores = Vector::Zero(state_.scores.size());
  std::vector<Index> moved;
  for (Index k = 0; k < change.size(); ++k)
    if (change[k] != 0) moved.push_back(k);
  for (std::size_t first = 0; first < moved.size(); first += together) {
    Columns columns;
    Weights weights{};  // zero, of any column, beyond the last
    for (std::size_t k = 0; k < together; ++k) {
      const Index at = moved[std::min(first + k, moved.size() - 1)];
      columns[k] = columns_.column(inner_[at]);
      if (first + k < moved.size()) weights[k] = change[at];
    }
    OnProcessor<add_eight>::run(scores.data(), scores.size(), columns, weights);
  }
  flops_ += 2.0 * static_cast<double>(scores.size()) * static_cast<double>(moved.size());
  return scores;
}

bool SparseSolver::step(const SparsePenalty& penalty, const Change& change) {
  const Index free = first_penalised();
  const Vector scores = scores_of(change.coefficients);
  const State from = state_;
  const double objective = here_.loss + penalty.at(from.coefficients, free);
  double length = 1;
  for (int k = 0; k < halvings; ++k, length /= 2) {
    state_ = from;
    for (Index i = 0; i < std::ssize(inner_); ++i)
      state_.coefficients[inner_[i]] += length * change.coefficients[i];
    state_.scores += length * scores;
    look();
    flops_ +=
        logistic_flops::sparse_trial(static_cast<double>(scores.size()), inner_size(), inner_penalised());
    const double next = here_.loss + penalty.at(state_.coefficients, free);
    const double rounding = 1e-15 * objective;
    if (next <= objective + promised * length * change.slope + rounding) {
      ++steps_;
      return true;
    }
  }
  state_ = from;
  look();
  return false;
}

}  // namespace quartic::detail
