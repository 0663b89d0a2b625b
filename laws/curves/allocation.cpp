#include "laws/curves/allocation.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

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

double log_distance(const Vector& sizes, Index k, Index l) {
  return std::abs(std::log(sizes[k] / sizes[l]));
}

/// By how much the logarithm of the correlation of neighbours falls per unit of log n. Below 1 % counts as 1 %.
double correlation_decay(const Matrix& covariances, const Vector& sizes, const std::vector<Index>& measured) {
  double fallen = 0, distance = 0;
  for (std::size_t i = 1; i < measured.size(); ++i) {
    const Index k = measured[i - 1], l = measured[i];
    const double correlation = covariances(k, l) / std::sqrt(covariances(k, k) * covariances(l, l));
    fallen -= std::log(correlation > 0.01 ? std::min(correlation, 1.) : 0.01);
    distance += log_distance(sizes, k, l);
  }
  return distance > 0 ? fallen / distance : std::numeric_limits<double>::infinity();
}

/// Adds empty sizes, each of which scatters as its nearest neighbour does and hangs on it.
class CovarianceExtension {
 public:
  CovarianceExtension(Matrix covariances, Vector sizes, std::vector<Index> measured)
      : covariances_(std::move(covariances)),
        sizes_(std::move(sizes)),
        placed_(std::move(measured)),
        decay_(correlation_decay(covariances_, sizes_, placed_)) {}

  void add(Index empty) {
    const Index nearest = *std::min_element(placed_.begin(), placed_.end(), [&](Index k, Index l) {
      return log_distance(sizes_, empty, k) < log_distance(sizes_, empty, l);
    });
    const double correlation = std::exp(-decay_ * log_distance(sizes_, empty, nearest));
    for (const Index k : placed_)
      covariances_(empty, k) = covariances_(k, empty) = correlation * covariances_(nearest, k);
    covariances_(empty, empty) = covariances_(nearest, nearest);
    placed_.push_back(empty);
  }
  const Matrix& covariances() const { return covariances_; }

 private:
  Matrix covariances_;
  Vector sizes_;
  std::vector<Index> placed_;
  double decay_;
};

Matrix complete_covariances(const AllocationQuestion& question) {
  const Vector& sizes = question.curve.sizes;
  Matrix measured_ones =
      covariances(log_deviations(question.curve.errors, question.averages.kind, question.averages.values));
  std::vector<Index> measured, empty;
  for (Index k = 0; k < sizes.size(); ++k)
    (question.counts[static_cast<std::size_t>(k)] > 0 ? measured : empty).push_back(k);
  if (empty.empty() || measured.empty()) return measured_ones;
  const auto distance = [&](Index k) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const Index l : measured) nearest = std::min(nearest, log_distance(sizes, k, l));
    return nearest;
  };
  std::sort(empty.begin(), empty.end(), [&](Index k, Index l) { return distance(k) < distance(l); });
  CovarianceExtension all(std::move(measured_ones), sizes, measured);
  for (const Index k : empty) all.add(k);
  return all.covariances();
}

/// What everything is spent on, and the variance that remains.
struct Spending {
  std::vector<Index> counts;
  double variance = 0;
};

double sum_costs(const AllocationQuestion& question, const std::vector<Index>& from,
                 const std::vector<Index>& to) {
  double sum = 0;
  for (std::size_t k = 0; k < to.size(); ++k)
    sum += static_cast<double>(to[k] - from[k]) * question.cost[static_cast<Index>(k)];
  return sum;
}

class Allocator {
 public:
  /// The counts may hold more than the question's: sizes that were opened, and paid.
  Allocator(const AllocationQuestion& question, std::vector<Index> counts);
  Spending spend();

 private:
  Vector derivatives() const;
  double variance(const std::vector<Index>& counts) const;
  double compute_gain(const std::vector<Index>& counts) const;
  Index raised(std::size_t size) const;
  std::vector<Index> best_step() const;
  bool pay(const std::vector<Index>& counts);

  const AllocationQuestion& question_;
  std::vector<Index> counts_;
  Vector slopes_;  // by the logarithm of each average; 0 of empty sizes
  Matrix covariance_;
  double left_;
};

Allocator::Allocator(const AllocationQuestion& question, std::vector<Index> counts)
    : question_(question),
      counts_(std::move(counts)),
      slopes_(derivatives()),
      covariance_(complete_covariances(question)),
      left_(question.spend - sum_costs(question, question.counts, counts_)) {
  assert(question.spend >= 0 && (question.cost.array() > 0).all());
}

// By central differences.
Vector Allocator::derivatives() const {
  constexpr double step = 1e-3;
  Vector averages = question_.averages.values;
  for (Index k = 0; k < averages.size(); ++k)
    if (counts_[static_cast<std::size_t>(k)] == 0) averages[k] = std::numeric_limits<double>::quiet_NaN();
  Vector slopes = Vector::Zero(averages.size());
  for (Index k = 0; k < slopes.size(); ++k) {
    if (counts_[static_cast<std::size_t>(k)] == 0) continue;
    Vector up = averages, down = averages;
    up[k] *= std::exp(step), down[k] *= std::exp(-step);
    slopes[k] = (question_.statistic(up) - question_.statistic(down)) / (2 * step);
  }
  return slopes;
}

double Allocator::variance(const std::vector<Index>& counts) const {
  double sum = 0;
  for (Index k = 0; k < slopes_.size(); ++k)
    for (Index l = 0; l < slopes_.size(); ++l) {
      const Index most = std::max(counts[static_cast<std::size_t>(k)], counts[static_cast<std::size_t>(l)]);
      if (most > 0) sum += slopes_[k] * slopes_[l] * covariance_(k, l) / static_cast<double>(most);
    }
  return sum;
}

double Allocator::compute_gain(const std::vector<Index>& counts) const {
  return (variance(counts_) - variance(counts)) / sum_costs(question_, counts_, counts);
}

Index Allocator::raised(std::size_t size) const {
  if (counts_[size] == 0) return 0;
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
  const double share = std::min(1., left_ / sum_costs(question_, counts_, counts));
  std::vector<Index> paid = counts_;
  for (std::size_t k = 0; k < counts.size(); ++k)
    paid[k] += static_cast<Index>(share * static_cast<double>(counts[k] - counts_[k]));
  left_ -= sum_costs(question_, counts_, paid);
  return std::exchange(counts_, paid) != counts_;
}

Spending Allocator::spend() {
  while (pay(best_step())) continue;
  return {counts_, variance(counts_)};
}

/// Of the empty sizes that can be paid, the counts with the one opened that narrows most; none where `best` is
/// as narrow.
std::optional<std::vector<Index>> best_opening(const AllocationQuestion& question,
                                               const std::vector<Index>& start, Spending& best) {
  std::optional<std::vector<Index>> chosen;
  for (std::size_t k = 0; k < start.size(); ++k) {
    if (start[k] > 0) continue;
    std::vector<Index> opened = start;
    opened[k] = question.least;
    if (sum_costs(question, question.counts, opened) > question.spend) continue;
    Spending other = Allocator(question, opened).spend();
    if (!(other.variance < best.variance)) continue;
    best = std::move(other);
    chosen = std::move(opened);
  }
  return chosen;
}

}  // namespace

std::vector<Index> allocate(const AllocationQuestion& question) {
  Spending best = Allocator(question, question.counts).spend();
  std::optional<std::vector<Index>> start = question.counts;
  while (start) start = best_opening(question, *start, best);
  return best.counts;
}

}  // namespace quartic
