#include "laws/allocation.hpp"

#include <algorithm>
#include <cmath>

#include "laws/jackknife.hpp"
#include "laws/weights.hpp"

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
  bool step();
  bool pay(std::size_t size);
  void grow_alike();
  Vector derivatives() const;
  double variance(const Vector& slopes, const std::vector<Index>& counts) const;
  std::vector<Index> raised(std::size_t size) const;
  double cost_of(const std::vector<Index>& counts) const;

  const AllocationQuestion& question_;
  Vector averages_, weight_of_one_;
  Matrix covariance_;
  std::vector<Index> counts_;
  double left_;
};

Allocator::Allocator(const AllocationQuestion& question)
    : question_(question),
      averages_(resample(question.curve.errors, {question.average, 1}).averages.row(0)),
      weight_of_one_(log_average_weights(question.curve.errors, question.average)),
      covariance_(covariances(log_deviations(question.curve.errors, question.average, averages_))),
      counts_(question.counts),
      left_(question.spend) {
  for (std::size_t k = 0; k < counts_.size(); ++k)
    weight_of_one_[static_cast<Index>(k)] /= static_cast<double>(std::max<Index>(counts_[k], 1));
}

// By central differences in the logarithm of each average.
Vector Allocator::derivatives() const {
  constexpr double step = 1e-3;
  Vector weights = weight_of_one_, slopes(averages_.size());
  for (std::size_t k = 0; k < counts_.size(); ++k)
    weights[static_cast<Index>(k)] *= static_cast<double>(counts_[k]);
  for (Index k = 0; k < slopes.size(); ++k) {
    Vector up = averages_, down = averages_;
    up[k] *= std::exp(step), down[k] *= std::exp(-step);
    slopes[k] = (question_.statistic(up, weights) - question_.statistic(down, weights)) / (2 * step);
  }
  return slopes;
}

double Allocator::variance(const Vector& slopes, const std::vector<Index>& counts) const {
  double sum = 0;
  for (Index k = 0; k < slopes.size(); ++k)
    for (Index l = 0; l < slopes.size(); ++l)
      sum += slopes[k] * slopes[l] * covariance_(k, l) /
             static_cast<double>(
                 std::max(counts[static_cast<std::size_t>(k)], counts[static_cast<std::size_t>(l)]));
  return sum;
}

std::vector<Index> Allocator::raised(std::size_t size) const {
  std::vector<Index> counts = counts_;
  counts[size] = std::min(question_.most, counts[size] + std::max<Index>(1, counts[size] / 7));
  return counts;
}

double Allocator::cost_of(const std::vector<Index>& counts) const {
  double sum = 0;
  for (std::size_t k = 0; k < counts.size(); ++k)
    sum += static_cast<double>(counts[k] - counts_[k]) * question_.cost[static_cast<Index>(k)];
  return sum;
}

// One count goes up; false where none can, or none helps, or the statistic has no value.
bool Allocator::step() {
  const Vector slopes = derivatives();
  if (!slopes.allFinite()) return false;
  const double now = variance(slopes, counts_);
  double best = 0;
  std::size_t chosen = counts_.size();
  for (std::size_t k = 0; k < counts_.size(); ++k) {
    if (counts_[k] >= question_.most) continue;
    const std::vector<Index> counts = raised(k);
    const double gain = (now - variance(slopes, counts)) / cost_of(counts);
    if (!(gain > best)) continue;
    best = gain;
    chosen = k;
  }
  return chosen < counts_.size() && pay(chosen);
}

// A step, or as much of it as can be paid; false where that is nothing.
bool Allocator::pay(std::size_t size) {
  const double cost = question_.cost[static_cast<Index>(size)];
  const Index step = std::min(raised(size)[size] - counts_[size], static_cast<Index>(left_ / cost));
  counts_[size] += step;
  left_ -= static_cast<double>(step) * cost;
  return step > 0;
}

// By the factor that the spending allows.
void Allocator::grow_alike() {
  double all = 0;
  for (std::size_t k = 0; k < counts_.size(); ++k)
    all += static_cast<double>(counts_[k]) * question_.cost[static_cast<Index>(k)];
  if (!(all > 0)) return;
  for (Index& count : counts_)
    count = std::clamp(count + static_cast<Index>(static_cast<double>(count) * left_ / all), count,
                       std::max(count, question_.most));
}

std::vector<Index> Allocator::allocate() {
  while (step()) continue;
  if (counts_ == question_.counts) grow_alike();
  return counts_;
}

}  // namespace

std::vector<Index> allocate(const AllocationQuestion& question) {
  return Allocator(question).allocate();
}

}  // namespace quartic
