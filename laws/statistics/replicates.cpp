#include "laws/statistics/replicates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/random/stream.hpp"
#include "laws/statistics/special.hpp"

namespace quartic {
namespace {

/// The tables averaged, whole and without each block of replicates, and the statistic of each.
class Sample {
 public:
  Sample(std::span<const ReplicateTable> tables, const CurveStatistic& statistic) : statistic_(statistic) {
    Index replicates = 0;
    for (const ReplicateTable& table : tables) replicates = std::max(replicates, table.values.rows());
    blocks_ = jackknife_blocks(replicates);
    degrees_ = blocks_ - 1;
    for (const ReplicateTable& table : tables) {
      parts_.push_back(resample(table.values, {table.average, blocks_}));
      degrees_ = std::min(degrees_, parts_.back().degrees);
    }
  }

  double at(Index row) const {
    std::vector<Averages> averages;
    for (const Resampled& part : parts_) averages.push_back(part.at(row));
    return statistic_(averages);
  }
  Interval jackknife(double confidence) const {
    return quartic::jackknife([&](Index row) { return at(row); }, {blocks_, degrees_, confidence});
  }
  /// The jackknife's standard error.
  double error() const {
    const Interval interval = jackknife(0.95);
    return degrees_ < 1 ? nan
                        : (interval.high - interval.estimate) /
                              student_t_quantile(0.975, static_cast<double>(degrees_));
  }
  Vector left_out() const {
    Vector values(blocks_);
    for (Index b = 0; b < blocks_; ++b) values[b] = at(b + 1);
    return values;
  }
  Index degrees() const { return degrees_; }

 private:
  const CurveStatistic& statistic_;
  Index blocks_ = 0, degrees_ = 0;
  std::vector<Resampled> parts_;
};

/// The tables with replicates drawn with replacement, the same ones in each.
std::vector<ReplicateTable> drawn(std::span<const ReplicateTable> tables, Stream stream) {
  Index replicates = 0;
  for (const ReplicateTable& table : tables) replicates = std::max(replicates, table.values.rows());
  std::vector<Index> rows(static_cast<std::size_t>(replicates));
  for (Index& row : rows)
    row = std::min(replicates - 1, static_cast<Index>(stream.uniform() * static_cast<double>(replicates)));
  std::vector<ReplicateTable> result;
  for (const ReplicateTable& table : tables) {
    ReplicateTable one{Matrix::Constant(replicates, table.values.cols(), nan), table.average};
    for (Index r = 0; r < replicates; ++r)
      if (rows[static_cast<std::size_t>(r)] < table.values.rows())
        one.values.row(r) = table.values.row(rows[static_cast<std::size_t>(r)]);
    result.push_back(std::move(one));
  }
  return result;
}

/// The quantile of ascending values, linear between them.
double quantile(const std::vector<double>& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const auto below =
      static_cast<std::size_t>(std::clamp(std::floor(place), 0., static_cast<double>(sorted.size() - 1)));
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// Student with so many degrees is normal to 1e-6.
double normal_quantile(double p) {
  return student_t_quantile(p, 1e6);
}

/// The probabilities of theta* at which the interval of Efron 1987 ends.
std::array<double, 2> bca_levels(const Sample& sample, double estimate, const std::vector<double>& sorted,
                                 double confidence) {
  const auto below = std::lower_bound(sorted.begin(), sorted.end(), estimate) - sorted.begin();
  const double count = static_cast<double>(sorted.size());
  const double bias =
      normal_quantile(std::clamp(static_cast<double>(below) / count, 1 / count, 1 - 1 / count));
  const Vector left_out = sample.left_out();
  const Eigen::ArrayXd pull = left_out.mean() - left_out.array();
  const double acceleration = pull.cube().sum() / (6 * std::pow(pull.square().sum(), 1.5));
  std::array<double, 2> levels{};
  for (std::size_t side = 0; side < 2; ++side) {
    const double z = bias + normal_quantile(side == 0 ? (1 - confidence) / 2 : (1 + confidence) / 2);
    levels[side] = normal_cdf(bias + z / (1 - acceleration * z));
  }
  return levels;
}

Interval bootstrap(std::span<const ReplicateTable> tables, const CurveStatistic& statistic,
                   const ReplicateOptions& options) {
  const Sample sample(tables, statistic);
  const double estimate = sample.at(0), error = sample.error();
  const bool studentised = options.method == IntervalMethod::bootstrap_t;
  const Stream root = Stream(options.seed).child("bootstrap");
  std::vector<double> values;
  for (Index b = 0; b < options.resamples; ++b) {
    const std::vector<ReplicateTable> tables_b = drawn(tables, root.child(static_cast<std::uint64_t>(b)));
    const Sample sample_b(tables_b, statistic);
    const double value = studentised ? (sample_b.at(0) - estimate) / sample_b.error() : sample_b.at(0);
    if (std::isfinite(value)) values.push_back(value);
  }
  if (sample.degrees() < 1 ||
      static_cast<double>(values.size()) < 0.99 * static_cast<double>(options.resamples))
    return {estimate, nan, nan};
  std::sort(values.begin(), values.end());
  const double low = (1 - options.confidence) / 2, high = (1 + options.confidence) / 2;
  if (studentised)
    return {estimate, estimate - error * quantile(values, high), estimate - error * quantile(values, low)};
  const std::array<double, 2> levels = options.method == IntervalMethod::bca
                                           ? bca_levels(sample, estimate, values, options.confidence)
                                           : std::array<double, 2>{low, high};
  return {estimate, quantile(values, levels[0]), quantile(values, levels[1])};
}

}  // namespace

std::string_view to_string(IntervalMethod method) {
  return word_for(interval_words, method);
}

Interval replicate_interval(std::span<const ReplicateTable> tables, const CurveStatistic& statistic,
                            const ReplicateOptions& options) {
  if (options.method != IntervalMethod::jackknife) return bootstrap(tables, statistic, options);
  return Sample(tables, statistic).jackknife(options.confidence);
}

}  // namespace quartic
