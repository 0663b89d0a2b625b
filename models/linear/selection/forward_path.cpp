#include "models/linear/selection/forward_path.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/interruption.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/selection/flops.hpp"

namespace quartic::detail {

namespace {

namespace flops = selection_flops;

constexpr Index kBlockRows = 256;
constexpr Index kBlockColumns = 4096;
constexpr double kLeastLeft = 1e-10;      // of |x_j|^2
constexpr double kLeastResidual = 1e-24;  // of |y|^2

// visit(row, range of columns, their numbers), blocks of columns outside, so that sums over rows stay in the cache.
template <class Visit>
void visit_rows(const Data& data, Visit visit) {
  for (Index first = 0; first < data.columns(); first += kBlockColumns) {
    const Range columns{first, std::min(kBlockColumns, data.columns() - first)};
    for (Index row = 0; row < data.rows(); row += kBlockRows) {
      interruption_point();
      const Index rows = std::min(kBlockRows, data.rows() - row);
      const Matrix copy = data.is_dense() ? Matrix() : data.block({row, rows}, columns);
      for (Index i = 0; i < rows; ++i)
        visit(row + i, columns,
              data.is_dense() ? data.dense().row(row + i).data() + first : copy.row(i).data());
    }
  }
}

std::span<double> head(Vector& v, Index count) {
  return {v.data(), static_cast<std::size_t>(count)};
}
std::span<const double> head(const Vector& v, Index count) {
  return {v.data(), static_cast<std::size_t>(count)};
}

}  // namespace

ForwardPath::ForwardPath(const Data& data, const ForwardControls& controls, Index fold)
    : columns_(data.columns()),
      constants_(controls.first == FirstDirection::constant ? 1 : 0),
      position_(static_cast<std::size_t>(data.rows())),
      residual_(data.rows()),
      squares_(Vector::Zero(columns_)),
      correlations_(Vector::Zero(columns_)),
      products_(Vector::Zero(columns_)),
      taken_(static_cast<std::size_t>(columns_)) {
  std::vector<Index> held_out;
  for (Index i = 0; i < data.rows(); ++i)
    (controls.folds > 1 && i % controls.folds == fold ? held_out : order_).push_back(i);
  rows_ = static_cast<Index>(order_.size());
  held_out_ = static_cast<Index>(held_out.size());
  order_.insert(order_.end(), held_out.begin(), held_out.end());
  for (Index k = 0; k < data.rows(); ++k) {
    const auto place = static_cast<std::size_t>(k);
    position_[static_cast<std::size_t>(order_[place])] = k;
    residual_(k) = data.y()(order_[place]);
  }
}

void ForwardPath::see_row(Index row, Range columns, const double* x) {
  const Index place = position_[static_cast<std::size_t>(row)];
  if (place >= rows_) return;
  const Eigen::Map<const Vector> numbers(x, columns.count);
  squares_.segment(columns.first, columns.count) += numbers.cwiseAbs2();
  correlations_.segment(columns.first, columns.count) += residual_(place) * numbers;
}

void ForwardPath::begin() {
  const auto n = static_cast<double>(rows_);
  left_ = squares_;
  y_square_ = dot(head(residual_, rows_), head(residual_, rows_));
  flops_ = flops::start(n, static_cast<double>(columns_));
  if (constants_ > 0) {
    const double length = std::sqrt(n);
    triangle_.push_back(Vector::Constant(1, length));
    project(Vector::Constant(residual_.size(), 1 / length));
    flops_ += flops::constant(n) + flops::held_out_constant(static_cast<double>(held_out_));
  }
  ended_ = !is_finite();
  push_point();
}

void ForwardPath::sweep_row(Index row, Range columns, const double* x) {
  if (!awaits_sweep()) return;
  const Index place = position_[static_cast<std::size_t>(row)];
  if (place >= rows_) return;
  const Eigen::Map<const Vector> numbers(x, columns.count);
  products_.segment(columns.first, columns.count) += directions_.back()(place) * numbers;
}

void ForwardPath::end_sweep() {
  if (!awaits_sweep()) return;
  left_ -= products_.cwiseAbs2();
  correlations_ -= projections_.back() * products_;
  products_.setZero();
  flops_ += flops::sweep(static_cast<double>(rows_), static_cast<double>(columns_));
}

Index ForwardPath::find_best() const {
  Index best = -1;
  double largest = 0;
  for (Index j = 0; j < columns_; ++j) {
    if (taken_[static_cast<std::size_t>(j)] || !(left_(j) > kLeastLeft * squares_(j))) continue;
    const double gain = correlations_(j) * correlations_(j) / left_(j);
    if (gain > largest) best = j, largest = gain;
  }
  return best;
}

void ForwardPath::add_best(const Data& data) {
  if (ended_) return;
  ended_ = directions() == rows_ || !(points_.back().residual_square > kLeastResidual * y_square_);
  if (ended_) return;
  flops_ += flops::choose(static_cast<double>(columns_));
  const Index best = find_best();
  ended_ = best < 0;
  if (ended_) return;
  const Matrix column = data.block({0, data.rows()}, {best, 1});
  Vector x(data.rows());
  for (Index k = 0; k < x.size(); ++k) x(k) = column(order_[static_cast<std::size_t>(k)], 0);
  join(best, std::move(x));
}

void ForwardPath::join(Index column, Vector x) {
  const auto n = static_cast<double>(rows_), before = static_cast<double>(directions());
  Vector part = Vector::Zero(directions() + 1);
  for (int pass = 0; pass < 2; ++pass)
    for (Index k = 0; k < directions(); ++k) {
      const Vector& q = directions_[static_cast<std::size_t>(k)];
      const double along = dot(head(q, rows_), head(x, rows_));
      add_scaled(span_of(x), -along, span_of(q));
      part(k) += along;
    }
  const double length = std::sqrt(dot(head(x, rows_), head(x, rows_)));
  part(directions()) = length;
  triangle_.push_back(std::move(part));
  project(x / length);
  used_.push_back(column);
  taken_[static_cast<std::size_t>(column)] = true;
  flops_ += flops::join(n, before) + flops::held_out_join(static_cast<double>(held_out_), before);
  push_point();
}

void ForwardPath::project(Vector direction) {
  const double along = dot(head(direction, rows_), head(residual_, rows_));
  add_scaled(span_of(residual_), -along, span_of(direction));
  projections_.push_back(along);
  directions_.push_back(std::move(direction));
}

void ForwardPath::push_point() {
  ForwardPoint point;
  point.residual_square = dot(head(residual_, rows_), head(residual_, rows_));
  if (held_out_ > 0) {
    point.validation_error = residual_.tail(held_out_).squaredNorm() / static_cast<double>(held_out_);
    flops_ += flops::held_out_error(static_cast<double>(held_out_));
  }
  point.flops = flops_;
  points_.push_back(point);
}

bool ForwardPath::is_finite() const {
  return squares_.allFinite() && correlations_.allFinite() && std::isfinite(y_square_);
}

LinearRule ForwardPath::rule(Index steps) const {
  assert(steps <= this->steps());
  const auto order = static_cast<std::size_t>(constants_ + steps);
  std::vector<double> solved(projections_.begin(), projections_.begin() + static_cast<std::ptrdiff_t>(order));
  for (std::size_t k = order; k-- > 0;) {
    for (std::size_t l = k + 1; l < order; ++l) solved[k] -= triangle_[l](static_cast<Index>(k)) * solved[l];
    solved[k] /= triangle_[k](static_cast<Index>(k));
  }
  LinearRule rule{Vector::Zero(columns_), constants_ > 0 ? solved.front() : 0};
  for (std::size_t k = static_cast<std::size_t>(constants_); k < order; ++k)
    rule.coefficients(used_[k - static_cast<std::size_t>(constants_)]) = solved[k];
  return rule;
}

ForwardPaths::ForwardPaths(Data data, const ForwardControls& controls) : data_(std::move(data)) {
  for (Index fold = 0; fold < controls.folds; ++fold) paths_.emplace_back(data_, controls, fold);
  visit_rows(data_, [&](Index row, Range columns, const double* x) {
    for (ForwardPath& path : paths_) path.see_row(row, columns, x);
  });
  for (ForwardPath& path : paths_) path.begin();
}

bool ForwardPaths::advance() {
  const auto ended = [](const ForwardPath& path) { return path.ended(); };
  const auto waits = [](const ForwardPath& path) { return path.awaits_sweep(); };
  if (std::any_of(paths_.begin(), paths_.end(), waits))
    visit_rows(data_, [&](Index row, Range columns, const double* x) {
      for (ForwardPath& path : paths_) path.sweep_row(row, columns, x);
    });
  for (ForwardPath& path : paths_) {
    path.end_sweep();
    path.add_best(data_);
  }
  return !std::all_of(paths_.begin(), paths_.end(), ended);
}

}  // namespace quartic::detail
