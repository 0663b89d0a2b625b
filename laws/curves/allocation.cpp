#include "laws/curves/allocation.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "laws/statistics/jackknife.hpp"

namespace quartic {
namespace {

/// What one replicate's logarithm is off by: to first order for means, exactly for geometric means. NaN where
/// it is missing.
Matrix log_deviations(const Matrix& errors, Average average, const Vector& averages) {
  Matrix deviations(errors.rows(), errors.cols());
  for (Index k = 0; k < errors.cols(); ++k)
    deviations.col(k) = average == Average::mean ? Vector(errors.col(k).array() / averages[k] - 1)
                                                 : Vector((errors.col(k).array() / averages[k]).log());
  return deviations;
}

/// Over the replicates that both sizes have; 0 where these are fewer than two.
double covariance(const Matrix& deviations, Index k, Index l) {
  double count = 0, sum_k = 0, sum_l = 0, products = 0;
  for (Index r = 0; r < deviations.rows(); ++r) {
    const double a = deviations(r, k), b = deviations(r, l);
    if (!std::isfinite(a) || !std::isfinite(b)) continue;
    count += 1, sum_k += a, sum_l += b, products += a * b;
  }
  return count < 2 ? 0 : (products - sum_k * sum_l / count) / (count - 1);
}

Matrix covariances(const Matrix& deviations) {
  Matrix result(deviations.cols(), deviations.cols());
  for (Index k = 0; k < result.rows(); ++k)
    for (Index l = 0; l <= k; ++l) result(k, l) = result(l, k) = covariance(deviations, k, l);
  return result;
}

class Allocator {
 public:
  explicit Allocator(const AllocationQuestion& question);
  std::vector<Index> allocate();

 private:
  Vector derivatives() const;
  double variance(const std::vector<Index>& counts) const;
  double sum_costs(const std::vector<Index>& counts) const;
  double compute_gain(const std::vector<Index>& counts) const;
  Index raised(std::size_t size) const;
  std::vector<Index> best_step() const;
  bool pay(const std::vector<Index>& counts);

  const AllocationQuestion& question_;
  Vector averages_;
  Vector slopes_;  // by the logarithm of each average
  Matrix covariance_;
  std::vector<Index> counts_;
  double left_;
};

Allocator::Allocator(const AllocationQuestion& question)
    : question_(question),
      averages_(resample(question.curve.errors, {question.average, 1}).averages.row(0)),
      slopes_(derivatives()),
      covariance_(covariances(log_deviations(question.curve.errors, question.average, averages_))),
      counts_(question.counts),
      left_(question.spend) {
  assert(question.spend >= 0 && (question.cost.array() > 0).all());
}

// By central differences.
Vector Allocator::derivatives() const {
  constexpr double step = 1e-3;
  Vector slopes(averages_.size());
  for (Index k = 0; k < slopes.size(); ++k) {
    Vector up = averages_, down = averages_;
    up[k] *= std::exp(step), down[k] *= std::exp(-step);
    slopes[k] = (question_.statistic(up) - question_.statistic(down)) / (2 * step);
  }
  return slopes;
}

double Allocator::variance(const std::vector<Index>& counts) const {
  double sum = 0;
  for (Index k = 0; k < slopes_.size(); ++k)
    for (Index l = 0; l < slopes_.size(); ++l)
      sum += slopes_[k] * slopes_[l] * covariance_(k, l) /
             static_cast<double>(
                 std::max(counts[static_cast<std::size_t>(k)], counts[static_cast<std::size_t>(l)]));
  return sum;
}

double Allocator::sum_costs(const std::vector<Index>& counts) const {
  double sum = 0;
  for (std::size_t k = 0; k < counts.size(); ++k)
    sum += static_cast<double>(counts[k] - counts_[k]) * question_.cost[static_cast<Index>(k)];
  return sum;
}

double Allocator::compute_gain(const std::vector<Index>& counts) const {
  return (variance(counts_) - variance(counts)) / sum_costs(counts);
}

Index Allocator::raised(std::size_t size) const {
  return std::max(counts_[size],
                  std::min(question_.most, counts_[size] + std::max<Index>(1, counts_[size] / 7)));
}

// What sizes share narrows only where all of them go up. All do, too, where no single size narrows more, or
// the statistic has no value.
std::vector<Index> Allocator::best_step() const {
  std::vector<Index> best(counts_.size());
  for (std::size_t k = 0; k < best.size(); ++k) best[k] = raised(k);
  if (!slopes_.allFinite()) return best;
  double most = compute_gain(best);
  for (std::size_t k = 0; k < counts_.size(); ++k) {
    if (raised(k) == counts_[k]) continue;
    std::vector<Index> counts = counts_;
    counts[k] = raised(k);
    const double gain = compute_gain(counts);
    if (gain > most) most = gain, best = counts;
  }
  return best;
}

// A step, or as much of it as can be paid; false where that is nothing.
bool Allocator::pay(const std::vector<Index>& counts) {
  const double share = std::min(1., left_ / sum_costs(counts));
  std::vector<Index> paid = counts_;
  for (std::size_t k = 0; k < counts.size(); ++k)
    paid[k] += static_cast<Index>(share * static_cast<double>(counts[k] - counts_[k]));
  left_ -= sum_costs(paid);
  return std::exchange(counts_, paid) != counts_;
}

std::vector<Index> Allocator::allocate() {
  while (pay(best_step())) continue;
  return counts_;
}

}  // namespace

std::vector<Index> allocate(const AllocationQuestion& question) {
  return Allocator(question).allocate();
}

}  // namespace quartic
