#include "laws/statistics/weights.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace quartic {
namespace {

struct ColumnSpread {
  double count = 0;       ///< R
  double variance = nan;  ///< V; NaN where unknown
  bool usable = false;
};

/// V of the values' mean where some of them have no logarithm: that of log-normal ones of this relative
/// scatter.
double variance_by_moments(const Vector& values) {
  const double mean = values.mean(), count = static_cast<double>(values.size());
  return mean > 0 ? std::log1p((values.array() - mean).square().sum() / ((count - 1) * mean * mean)) : nan;
}

ColumnSpread estimate_spread(const Matrix& values, Index column, Average average) {
  double sum = 0, squares = 0;
  ColumnSpread spread;
  std::vector<double> present;
  for (Index r = 0; r < values.rows(); ++r) {
    if (std::isnan(values(r, column))) continue;
    const double log = std::log(values(r, column));
    sum += log, squares += log * log, spread.count += 1;
    present.push_back(values(r, column));
  }
  if (average == Average::mean && spread.count > 1 && !std::isfinite(sum)) {
    spread.variance = variance_by_moments(Eigen::Map<const Vector>(present.data(), std::ssize(present)));
    spread.usable = std::isfinite(spread.variance);
    return spread;
  }
  spread.usable = spread.count > 0 && std::isfinite(sum);
  const double variance = (squares - sum * sum / spread.count) / (spread.count - 1);
  if (spread.count > 1 && variance > 0) spread.variance = variance;
  return spread;
}

/// The mean of the known log V, and the share of a column's deviation from it that is kept.
struct Prior {
  double mean = 0, share = 0;
};

Prior estimate_prior(const std::vector<ColumnSpread>& columns) {
  double count = 0, sum = 0, squares = 0, sampling = 0;
  for (const ColumnSpread& column : columns) {
    if (!column.usable || std::isnan(column.variance)) continue;
    const double log = std::log(column.variance);
    count += 1, sum += log, squares += log * log, sampling += 2 / (column.count - 1);
  }
  if (count == 0) return {};
  const double mean = sum / count;
  const double between = count > 1 ? (squares - count * mean * mean) / (count - 1) : 0;
  const double own = std::max(0., between - 2 * sampling / count);
  return {mean, own > 0 ? own / (own + sampling / count) : 0};
}

}  // namespace

Vector log_average_weights(const Matrix& values, Average average) {
  std::vector<ColumnSpread> columns;
  for (Index j = 0; j < values.cols(); ++j) columns.push_back(estimate_spread(values, j, average));
  const Prior prior = estimate_prior(columns);
  Vector weights = Vector::Zero(values.cols());
  for (Index j = 0; j < values.cols(); ++j) {
    const ColumnSpread& column = columns[static_cast<std::size_t>(j)];
    if (!column.usable) continue;
    const double own = std::isnan(column.variance) ? prior.mean : std::log(column.variance);
    const double variance = std::exp(prior.mean + prior.share * (own - prior.mean));
    weights[j] = column.count / (average == Average::mean ? std::expm1(std::min(variance, 50.)) : variance);
  }
  return weights;
}

Vector even_weights(const Matrix& values, Average average) {
  Vector weights = log_average_weights(values, average);
  const Vector counts = (!values.array().isNaN()).cast<double>().colwise().sum();
  double sum = 0, usable = 0;
  for (Index j = 0; j < weights.size(); ++j)
    if (weights[j] > 0) sum += counts[j], usable += 1;
  for (Index j = 0; j < weights.size(); ++j)
    if (weights[j] > 0) weights[j] *= sum / usable / counts[j];
  return weights;
}

}  // namespace quartic
