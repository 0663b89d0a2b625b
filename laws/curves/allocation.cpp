#include "laws/curves/allocation.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

#include "laws/statistics/weights.hpp"

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

bool has_empty(const AllocationQuestion& question) {
  return std::find(question.counts.begin(), question.counts.end(), 0) != question.counts.end();
}

Matrix complete_covariances(const AllocationQuestion& question) {
  const Averages& averages = question.averages;
  Matrix result = covariances(log_deviations(question.curve.errors, averages.kind, averages.values));
  if (!has_empty(question)) return result;
  const Vector weights = log_average_weights(averages, question.curve.sizes);
  for (Index k = 0; k < weights.size(); ++k)
    if (question.counts[static_cast<std::size_t>(k)] == 0) result(k, k) = 1 / weights[k];
  return result;
}

class Allocator {
 public:
  explicit Allocator(const AllocationQuestion& question);
  std::vector<Index> allocate();

 private:
  void differentiate();
  Vector derivatives(const std::vector<Index>& counts) const;
  double variance(const std::vector<Index>& counts, const Vector& slopes) const;
  double sum_costs(const std::vector<Index>& counts) const;
  double compute_gain(const std::vector<Index>& counts, const Vector& slopes) const;
  Index raised(std::size_t size) const;
  std::vector<Index> with_more(std::size_t size) const;
  std::vector<Index> best_step() const;
  bool pay(const std::vector<Index>& counts);

  const AllocationQuestion& question_;
  Vector slopes_;                       // by the logarithm of each average
  std::vector<Vector> opening_slopes_;  // were this empty size opened
  Matrix covariance_;
  std::vector<Index> counts_;
  double left_;
};

Allocator::Allocator(const AllocationQuestion& question)
    : question_(question),
      covariance_(complete_covariances(question)),
      counts_(question.counts),
      left_(question.spend) {
  assert(question.spend >= 0 && (question.cost.array() > 0).all());
  differentiate();
}

void Allocator::differentiate() {
  slopes_ = derivatives(counts_);
  opening_slopes_.assign(counts_.size(), {});
  for (std::size_t k = 0; k < counts_.size(); ++k)
    if (counts_[k] == 0) opening_slopes_[k] = derivatives(with_more(k));
}

// By central differences; 0 of sizes that are not there.
Vector Allocator::derivatives(const std::vector<Index>& counts) const {
  constexpr double step = 1e-3;
  Vector averages = question_.averages.values;
  for (Index k = 0; k < averages.size(); ++k)
    if (counts[static_cast<std::size_t>(k)] == 0) averages[k] = std::numeric_limits<double>::quiet_NaN();
  Vector slopes = Vector::Zero(averages.size());
  for (Index k = 0; k < slopes.size(); ++k) {
    if (counts[static_cast<std::size_t>(k)] == 0) continue;
    Vector up = averages, down = averages;
    up[k] *= std::exp(step), down[k] *= std::exp(-step);
    slopes[k] = (question_.statistic(up) - question_.statistic(down)) / (2 * step);
  }
  return slopes;
}

double Allocator::variance(const std::vector<Index>& counts, const Vector& slopes) const {
  double sum = 0;
  for (Index k = 0; k < slopes.size(); ++k)
    for (Index l = 0; l < slopes.size(); ++l) {
      const Index most = std::max(counts[static_cast<std::size_t>(k)], counts[static_cast<std::size_t>(l)]);
      if (most > 0) sum += slopes[k] * slopes[l] * covariance_(k, l) / static_cast<double>(most);
    }
  return sum;
}

double Allocator::sum_costs(const std::vector<Index>& counts) const {
  double sum = 0;
  for (std::size_t k = 0; k < counts.size(); ++k)
    sum += static_cast<double>(counts[k] - counts_[k]) * question_.cost[static_cast<Index>(k)];
  return sum;
}

double Allocator::compute_gain(const std::vector<Index>& counts, const Vector& slopes) const {
  return (variance(counts_, slopes_) - variance(counts, slopes)) / sum_costs(counts);
}

// Of sizes that are not empty.
Index Allocator::raised(std::size_t size) const {
  if (counts_[size] == 0) return 0;
  return std::max(counts_[size],
                  std::min(question_.most, counts_[size] + std::max<Index>(1, counts_[size] / 7)));
}

std::vector<Index> Allocator::with_more(std::size_t size) const {
  std::vector<Index> counts = counts_;
  counts[size] = counts_[size] > 0 ? raised(size) : question_.least;
  return counts;
}

// What sizes share narrows only where all of them go up. All do, too, where no single size narrows more, or
// the statistic has no value.
std::vector<Index> Allocator::best_step() const {
  std::vector<Index> best(counts_.size());
  for (std::size_t k = 0; k < best.size(); ++k) best[k] = raised(k);
  if (!slopes_.allFinite()) return best;
  double most = best == counts_ ? 0 : compute_gain(best, slopes_);
  for (std::size_t k = 0; k < counts_.size(); ++k) {
    const std::vector<Index> counts = with_more(k);
    const bool opens = counts_[k] == 0;
    if (counts == counts_ || (opens && sum_costs(counts) > left_)) continue;
    const double gain = compute_gain(counts, opens ? opening_slopes_[k] : slopes_);
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
  const bool opened = std::count(paid.begin(), paid.end(), 0) < std::count(counts_.begin(), counts_.end(), 0);
  const bool paid_any = std::exchange(counts_, paid) != counts_;
  if (opened) differentiate();
  return paid_any;
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
