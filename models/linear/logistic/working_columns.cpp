#include "models/linear/logistic/working_columns.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>

#include "core/machine/large_pages.hpp"
#include "core/machine/processor.hpp"

namespace quartic::detail {

namespace {

constexpr Index least_capacity = 32;
constexpr std::size_t together = 8;
using Columns = std::array<const double*, together>;
using Weights = std::array<double, together>;

// y += eight columns by their weights: y is read and written once for all.
[[gnu::always_inline]] inline void add_eight(double* y, Index count, const Columns& x, const Weights& w) {
  for (Index i = 0; i < count; ++i)
    y[i] += ((w[0] * x[0][i] + w[1] * x[1][i]) + (w[2] * x[2][i] + w[3] * x[3][i])) +
            ((w[4] * x[4][i] + w[5] * x[5][i]) + (w[6] * x[6][i] + w[7] * x[7][i]));
}

}  // namespace

WeightedColumns not_zero(const Vector& weights) {
  WeightedColumns columns;
  for (Index k = 0; k < weights.size(); ++k) {
    if (weights[k] == 0) continue;
    columns.places.push_back(k);
    columns.weights.push_back(weights[k]);
  }
  return columns;
}

TrainingRows TrainingRows::all(Index rows) {
  TrainingRows training{std::vector<Index>(static_cast<std::size_t>(rows)), rows};
  std::iota(training.order.begin(), training.order.end(), Index{0});
  return training;
}

TrainingRows TrainingRows::without(Index fold, Index folds, Index rows) {
  TrainingRows training = all(rows);
  const auto held_out = std::stable_partition(training.order.begin(), training.order.end(),
                                              [&](Index i) { return i % folds != fold; });
  training.count = held_out - training.order.begin();
  return training;
}

WorkingColumns::WorkingColumns(const Data& data, TrainingRows rows, Intercept intercept)
    : data_(data),
      rows_(std::move(rows)),
      intercept_(intercept),
      present_(static_cast<std::size_t>(data.columns()), 0),
      gathered_(0, data.rows()) {
  reserve(1);
  if (intercept != Intercept::fitted) return;
  columns_.push_back(-1);
  means_.push_back(0);
  gathered_.row(0).setOnes();
}

void WorkingColumns::reserve(Index size) {
  if (size <= gathered_.rows()) return;
  Matrix grown(std::max(least_capacity, size + size / 2), data_.rows());
  ask_for_large_pages(grown.data(), static_cast<std::size_t>(grown.size()) * sizeof(double));
  grown.topRows(columns_.size()) = gathered_.topRows(columns_.size());
  gathered_ = std::move(grown);
}

// A few rows at a time: their pages, and what columns have in common of their lines, are read once.
void WorkingColumns::gather(std::span<const Index> columns) {
  constexpr Index rows_at_once = 64;
  std::vector<Index> places(rows_.order.size());
  for (Index i = 0; i < std::ssize(places); ++i) places[rows_.order[i]] = i;
  for (Index first = 0; first < data_.rows(); first += rows_at_once) {
    const Range rows{first, std::min(rows_at_once, data_.rows() - first)};
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const Matrix values = data_.block(rows, {columns[k], 1});
      double* to = gathered_.data() + (size() + static_cast<Index>(k)) * gathered_.cols();
      for (Index i = 0; i < rows.count; ++i) to[places[first + i]] = values(i, 0);
    }
  }
}

void WorkingColumns::add_to(std::span<double> scores, Range rows, const WeightedColumns& by) const {
  const std::size_t count = by.places.size();
  for (std::size_t first = 0; first < count; first += together) {
    Columns columns;
    Weights weights{};  // zero, of any column, beyond the last
    for (std::size_t k = 0; k < together; ++k) {
      columns[k] = column(by.places[std::min(first + k, count - 1)]) + rows.first;
      if (first + k < count) weights[k] = by.weights[first + k];
    }
    OnProcessor<add_eight>::run(scores.data(), rows.count, columns, weights);
  }
}

void WorkingColumns::add(std::span<const Index> columns) {
  reserve(size() + std::ssize(columns));
  gather(columns);
  for (Index j : columns) {
    assert(!present_[j]);
    present_[j] = 1;
    double* to = gathered_.data() + size() * gathered_.cols();
    double mean = 0;
    if (intercept_ == Intercept::fitted) {
      double* end = to + rows_.count;
      const bool constant = std::all_of(to, end, [&](double x) { return x == to[0]; });
      mean = constant ? to[0] : std::accumulate(to, end, 0.0) / static_cast<double>(rows_.count);
      std::for_each(to, to + gathered_.cols(), [&](double& x) { x -= mean; });
    }
    columns_.push_back(j);
    means_.push_back(mean);
  }
}

}  // namespace quartic::detail
