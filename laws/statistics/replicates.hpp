#pragma once
/// Intervals of a statistic of whole learning curves, by resampling replicates.
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "core/words.hpp"
#include "laws/statistics/jackknife.hpp"

namespace quartic {

/// Measurements of one quantity, replicates x columns (sizes); NaN = missing. Row r of every table of one
/// question is the same replicate: they are resampled together, so that correlation between sizes and between
/// tables enters the interval.
struct ReplicateTable {
  Matrix values;
  Average average = Average::mean;
};

/// A number made of the averages of each table's columns.
using CurveStatistic = std::function<double(std::span<const Averages> tables)>;

/// How an interval is made of resampled curves:
///   - jackknife: laws/statistics/jackknife.hpp, Student t; the default
///   - bootstrap_t: quantiles of (theta* - theta)/s*, s* the jackknife's standard error in every resample
///     (Efron 1981)
///   - bca: bias-corrected and accelerated percentiles (Efron 1987); with 10 replicates 95 % cover 83-91 %
///   - percentile: quantiles of theta*; with few replicates as short as bca
enum class IntervalMethod { jackknife, bootstrap_t, bca, percentile };
inline constexpr Words<IntervalMethod, 4> interval_words = {{{IntervalMethod::jackknife, "jackknife"},
                                                             {IntervalMethod::bootstrap_t, "bootstrap_t"},
                                                             {IntervalMethod::bca, "bca"},
                                                             {IntervalMethod::percentile, "percentile"}}};
std::string_view to_string(IntervalMethod method);

struct ReplicateOptions {
  IntervalMethod method = IntervalMethod::jackknife;
  double confidence = 0.95;
  Index resamples = 1000;  ///< of the bootstraps
  std::uint64_t seed = 1;  ///< resample b draws from Stream(seed).child("bootstrap").child(b)
};

/// The statistic with its interval. Ends are NaN for fewer than two replicates somewhere, or where the
/// statistic is NaN in a resample (bootstraps: in more than one of a hundred; those are left out). Statistics
/// are computed replicates + 1 times (at most 1001), bootstraps resamples times more, bootstrap_t resamples x
/// (replicates + 1).
Interval replicate_interval(std::span<const ReplicateTable> tables, const CurveStatistic& statistic,
                            const ReplicateOptions& options = {});

}  // namespace quartic
