#include "laws/statistics/weights.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <vector>

namespace quartic {
namespace {

/// Prior deviation of a slope of log V.
constexpr double usual_slope = 0.7;

/// Logarithms of the sizes, less the mean over the known columns.
Matrix centred_logs(const Matrix& sizes, const std::vector<Index>& known) {
  if (sizes.size() == 0 || known.empty()) return Matrix::Zero(sizes.rows(), sizes.cols());
  const Matrix logs = sizes.array().log();
  return logs.rowwise() - Matrix(logs(known, Eigen::all)).colwise().mean();
}

/// log V of every column: of the line, and of the known ones what is kept of their own.
Vector smooth_log_variances(const Averages& columns, const Matrix& sizes) {
  std::vector<Index> known;
  for (Index j = 0; j < columns.variances.size(); ++j)
    if (columns.variances[j] > 0) known.push_back(j);
  const auto count = static_cast<double>(known.size());
  Vector smooth = Vector::Zero(columns.variances.size());
  if (known.empty()) return smooth;
  const Vector own = columns.variances(known).array().log();
  const double sampling = (2 / (columns.counts(known).array() - 1)).mean();
  const Matrix trends = centred_logs(sizes, known);
  smooth.setConstant(own.mean());
  double free = count - 1;
  if (trends.size() > 0) {
    const Matrix design = trends(known, Eigen::all);
    const Matrix ridge =
        sampling / (usual_slope * usual_slope) * Matrix::Identity(design.cols(), design.cols());
    const Vector right = design.transpose() * (own.array() - own.mean()).matrix();
    smooth += trends * Matrix(design.transpose() * design + ridge).ldlt().solve(right);
    free -= static_cast<double>(design.cols());
  }
  const Vector apart = own - smooth(known);
  const double between = free > 0 ? std::max(0., apart.squaredNorm() / free - sampling) : 0;
  if (between > 0) smooth(known) += between / (between + sampling) * apart;
  return smooth;
}

Vector weights_of(const Averages& columns, const Vector& counts, const Matrix& sizes) {
  const Vector smooth = smooth_log_variances(columns, sizes);
  Vector weights = Vector::Zero(counts.size());
  for (Index j = 0; j < weights.size(); ++j) {
    if (!std::isfinite(columns.values[j]) || !(counts[j] > 0)) continue;
    const double variance = std::exp(smooth[j]);
    weights[j] = counts[j] / (columns.kind == Average::mean ? std::expm1(std::min(variance, 50.)) : variance);
  }
  return weights;
}

}  // namespace

Vector log_average_weights(const Averages& columns, const Matrix& sizes) {
  return weights_of(columns, columns.counts, sizes);
}

Vector even_weights(const Averages& columns, const Matrix& sizes) {
  const auto present = columns.values.array().isFinite() && columns.counts.array() > 0;
  const double mean = present.select(columns.counts.array(), 0).sum() /
                      static_cast<double>(std::max<Index>(1, present.count()));
  return weights_of(columns, present.select(Vector::Constant(columns.counts.size(), mean), 0), sizes);
}

Vector unbiased_averages(const Averages& columns, const Matrix& sizes) {
  const bool scatter = (columns.variances.array() > 0).any();
  if (columns.kind == Average::geometric_mean || !scatter) return columns.values;
  return columns.values.array() * (1 + log_average_weights(columns, sizes).array().inverse()).sqrt();
}

}  // namespace quartic
