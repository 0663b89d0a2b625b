#include "laws/statistics/jackknife.hpp"

#include <algorithm>
#include <cmath>

#include "laws/statistics/special.hpp"

namespace quartic {
namespace {

/// Sums over the replicates of each block; blocks x columns.
struct Sums {
  explicit Sums(Index blocks, Index columns)
      : count(Matrix::Zero(blocks, columns)), averaged(count), square(count), log(count), log_square(count) {}

  Matrix count, averaged;  ///< averaged: of the values, or of their logarithms for geometric means
  Matrix square;
  Matrix log, log_square;  ///< about the column's first logarithm, so that close values lose no digits
};

double log_of(double value) {
  return value > 0 ? std::log(value) : nan;
}

Vector first_logs(const Matrix& values) {
  Vector firsts = Vector::Zero(values.cols());
  for (Index j = 0; j < values.cols(); ++j)
    for (Index r = values.rows(); r-- > 0;)
      if (values(r, j) > 0) firsts[j] = std::log(values(r, j));
  return firsts;
}

Sums sums_by_block(const Matrix& values, const ResampleOptions& options) {
  Sums sums(options.blocks, values.cols());
  const bool geometric = options.average == Average::geometric_mean;
  const Vector centre = first_logs(values);
  for (Index r = 0; r < values.rows(); ++r)
    for (Index j = 0; j < values.cols(); ++j) {
      const double value = values(r, j);
      if (std::isnan(value)) continue;
      const Index b = r % options.blocks;
      const double log = log_of(value), apart = log - centre[j];
      sums.count(b, j) += 1;
      sums.averaged(b, j) += geometric ? log : value;
      sums.square(b, j) += value * value;
      sums.log(b, j) += apart;
      sums.log_square(b, j) += apart * apart;
    }
  return sums;
}

/// A row for all blocks, and one without each.
Matrix with_and_without(const Matrix& sums) {
  Matrix rows(sums.rows() + 1, sums.cols());
  rows.row(0) = sums.colwise().sum();
  for (Index b = 0; b < sums.rows(); ++b) rows.row(b + 1) = rows.row(0) - sums.row(b);
  return rows;
}

/// Below the rounding of logarithms nothing is known.
constexpr double least_variance = 1e-28;

Matrix sample_variances(const Matrix& count, const Matrix& sum, const Matrix& square) {
  const Eigen::ArrayXXd variances =
      (square.array() - sum.array().square() / count.array()) / (count.array() - 1);
  return (count.array() > 1 && variances > least_variance).select(variances, nan);
}

}  // namespace

Index jackknife_blocks(Index replicates) {
  return replicates <= 1000 ? replicates : 200;
}

Averages Resampled::at(Index row) const {
  return {kind, averages.row(row).transpose(), variances.row(row).transpose(), counts.row(row).transpose()};
}

Resampled resample(const Matrix& values, const ResampleOptions& options) {
  const Sums sums = sums_by_block(values, options);
  const bool geometric = options.average == Average::geometric_mean;
  Resampled result{options.average, {}, {}, with_and_without(sums.count), 0};
  const Matrix averaged = with_and_without(sums.averaged), logs = with_and_without(sums.log);
  result.averages = averaged.array() / result.counts.array();
  result.variances = sample_variances(result.counts, logs, with_and_without(sums.log_square));
  if (!geometric) {
    const Eigen::ArrayXXd scatter =
        sample_variances(result.counts, averaged, with_and_without(sums.square)).array() /
        result.averages.array().square();
    result.variances = (logs.array().isNaN() && result.averages.array() > 0)
                           .select(scatter.log1p(), result.variances.array());
  }
  if (geometric) result.averages = result.averages.array().exp().matrix();
  if (values.cols() > 0)
    result.degrees = std::min(options.blocks, static_cast<Index>(result.counts.row(0).minCoeff())) - 1;
  return result;
}

Averages average_columns(const Matrix& values, Average average) {
  return resample(values, {average, 1}).at(0);
}

Interval jackknife(const Statistic& statistic, const JackknifeOptions& options) {
  const Index blocks = options.blocks;
  const double estimate = statistic(0);
  if (blocks < 2 || options.degrees < 1) return {estimate, nan, nan};
  Vector without(blocks);
  for (Index b = 0; b < blocks; ++b) without[b] = statistic(b + 1);
  const double spread = (without.array() - without.mean()).square().sum();
  const double G = static_cast<double>(blocks);
  const double error = std::sqrt((G - 1) / G * spread);
  const double t = student_t_quantile(0.5 * (1 + options.confidence), static_cast<double>(options.degrees));
  return {estimate, estimate - t * error, estimate + t * error};
}

}  // namespace quartic
