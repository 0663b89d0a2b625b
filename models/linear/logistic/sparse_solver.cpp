#include "models/linear/logistic/sparse_solver.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/interruption.hpp"
#include "core/machine/large_pages.hpp"
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
constexpr Index tile_numbers = Index{1} << 16;  // of columns, in the cache between scores and gradient

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

// At least so many rows and columns; what stands in the first `used` rows remains.
void enlarge(Matrix& matrix, Index used, Index rows, Index columns) {
  if (rows <= matrix.rows() && columns <= matrix.cols()) return;
  Matrix grown(std::max(rows, matrix.rows()), std::max(columns, matrix.cols()));
  ask_for_large_pages(grown.data(), static_cast<std::size_t>(grown.size()) * sizeof(double));
  grown.topLeftCorner(used, matrix.cols()) = matrix.topRows(used);
  matrix = std::move(grown);
}

}  // namespace

SparseSolver::SparseSolver(const WorkingColumns& columns, const Vector& y) : columns_(columns), y_(y) {
  state_.coefficients = Vector::Zero(columns.size());
  state_.scores = Vector::Zero(columns.rows().count);
}

bool SparseSolver::solve(const SparsePenalty& penalty, double slack, Index limit) {
  state_.coefficients = lengthened(std::move(state_.coefficients), columns_.size());
  is_inner_.resize(columns_.size(), 0);
  if (!known_ || gradient_.size() != columns_.size()) move(Vector(state_.scores), {});
  for (Index k = 0; k < limit; ++k) {
    interruption_point();
    const double worst = violation(penalty);
    if (!(worst > slack * penalty.absolute)) return std::isfinite(worst);
    const bool fresh = stale_ || has_drifted();
    if (fresh) renew();
    append(entering(penalty.absolute * (1 + slack)));
    const double accuracy = std::max(inexactness * worst, 0.5 * slack * penalty.absolute);
    const bool moved = step(penalty, minimise(penalty, accuracy));
    if (!moved && fresh) return false;
    stale_ = !moved;
  }
  return false;
}

// Scores, rows and gradient where these columns are added to the scores, by tiles of rows: columns come from memory
// once for all.
void SparseSolver::move(const Vector& from, const WeightedColumns& by) {
  const Index n = y_.size(), size = columns_.size();
  const Index tile = std::clamp(tile_numbers / std::max<Index>(size, 1) / 64 * 64, Index{64}, Index{2048});
  const ConstBlock all(columns_.all());
  state_.scores = from;
  here_.residuals.resize(n);
  here_.weights.resize(n);
  gradient_ = Vector::Zero(size);
  double loss = 0;
  for (Index first = 0; first < n; first += tile) {
    const Range rows{first, std::min(tile, n - first)};
    const auto count = static_cast<std::size_t>(rows.count);
    const std::span<double> scores(state_.scores.data() + first, count);
    columns_.add_to(scores, rows, by);
    loss += put_logistic_rows(scores, y_.data() + first,
                              {here_.residuals.data() + first, here_.weights.data() + first});
    add_product(span_of(gradient_), 1, plain(all.part({0, size}, rows)),
                {here_.residuals.data() + first, count});
  }
  here_.loss = loss / rows();
  gradient_ /= rows();
  known_ = true;
  flops_ += logistic_flops::working_scores(rows(), static_cast<double>(by.places.size())) +
            logistic_flops::rows(rows()) +
            logistic_flops::working_gradient(rows(), static_cast<double>(size));
}

double SparseSolver::violation(const SparsePenalty& penalty) {
  const auto penalised = state_.coefficients.tail(gradient_.size() - first_penalised());
  flops_ += logistic_flops::violations(static_cast<double>(penalised.size()),
                                       static_cast<double>((penalised.array() != 0).count()));
  double worst = gradient_.head(first_penalised()).lpNorm<Eigen::Infinity>();
  for (Index k = first_penalised(); k < gradient_.size(); ++k) {
    const double violation = violation_at(gradient_[k], state_.coefficients[k], penalty);
    if (!(violation <= worst)) worst = violation;
  }
  return worst;
}

// What S lacks: violators, what is not penalised, and coefficients of a state that was given back.
std::vector<Index> SparseSolver::entering(double threshold) const {
  std::vector<Index> found;
  for (Index k = 0; k < gradient_.size(); ++k) {
    const bool belongs =
        k < first_penalised() || std::abs(gradient_[k]) > threshold || state_.coefficients[k] != 0;
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
    enlarge(weighted_, before, size + size / 2, n);
    enlarge(hessian_, before, size + size / 2, size + size / 2);
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

SparseSolver::Change SparseSolver::minimise(const SparsePenalty& penalty, double accuracy) {
  const Index size = std::ssize(inner_), free = first_penalised();
  Vector start(size), slopes(size);
  for (Index k = 0; k < size; ++k) {
    start[k] = state_.coefficients[inner_[k]];
    slopes[k] = gradient_[inner_[k]];
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
  for (Index k = 0; k < size; ++k) change.slope += gradient_[inner_[k]] * change.coefficients[k];
  change.slope += penalty.at(now, free) - penalty.at(start, free);
  flops_ += logistic_flops::sparse_slope(inner_size(), inner_penalised());
  return change;
}

WeightedColumns SparseSolver::moved(const Change& change, double length) const {
  WeightedColumns by = not_zero(length * change.coefficients);
  for (Index& place : by.places) place = inner_[place];
  return by;
}

bool SparseSolver::step(const SparsePenalty& penalty, const Change& change) {
  const Index free = first_penalised();
  const State from = state_;
  const double objective = here_.loss + penalty.at(from.coefficients, free);
  double length = 1;
  for (int k = 0; k < halvings; ++k, length /= 2) {
    state_.coefficients = from.coefficients;
    for (Index i = 0; i < std::ssize(inner_); ++i)
      state_.coefficients[inner_[i]] += length * change.coefficients[i];
    move(from.scores, moved(change, length));
    flops_ += logistic_flops::sparse_trial(inner_size(), inner_penalised());
    const double next = here_.loss + penalty.at(state_.coefficients, free);
    const double rounding = 1e-15 * objective;
    if (next <= objective + promised * length * change.slope + rounding) {
      ++steps_;
      return true;
    }
  }
  state_.coefficients = from.coefficients;
  move(from.scores, {});
  return false;
}

}  // namespace quartic::detail
