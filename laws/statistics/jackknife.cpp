#include "laws/statistics/jackknife.hpp"

#include <algorithm>
#include <cmath>

#include "laws/statistics/special.hpp"

namespace quartic {
namespace {

struct Sums {
  Matrix sum, count;  // blocks x columns
};

Sums sums_by_block(const Matrix& values, const ResampleOptions& options) {
  Sums sums{Matrix::Zero(options.blocks, values.cols()), Matrix::Zero(options.blocks, values.cols())};
  for (Index r = 0; r < values.rows(); ++r)
    for (Index j = 0; j < values.cols(); ++j) {
      if (std::isnan(values(r, j))) continue;
      const bool geometric = options.average == Average::geometric_mean;
      sums.sum(r % options.blocks, j) += !geometric         ? values(r, j)
                                         : values(r, j) > 0 ? std::log(values(r, j))
                                                            : nan;
      sums.count(r % options.blocks, j) += 1;
    }
  return sums;
}

}  // namespace

Index jackknife_blocks(Index replicates) {
  return replicates <= 1000 ? replicates : 200;
}

Resampled resample(const Matrix& values, const ResampleOptions& options) {
  const Sums sums = sums_by_block(values, options);
  const Eigen::RowVectorXd total = sums.sum.colwise().sum(), count = sums.count.colwise().sum();
  Resampled result{Matrix(options.blocks + 1, values.cols()), count.transpose(), 0};
  result.averages.row(0) = total.array() / count.array();
  for (Index b = 0; b < options.blocks; ++b)
    result.averages.row(b + 1) = (total - sums.sum.row(b)).array() / (count - sums.count.row(b)).array();
  if (options.average == Average::geometric_mean) result.averages = result.averages.array().exp().matrix();
  if (values.cols() > 0) result.degrees = std::min(options.blocks, static_cast<Index>(count.minCoeff())) - 1;
  return result;
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
