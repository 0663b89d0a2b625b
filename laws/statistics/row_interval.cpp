#include "laws/statistics/row_interval.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

#include "laws/statistics/jackknife.hpp"
#include "laws/statistics/row_units.hpp"
#include "laws/statistics/special.hpp"
#include "laws/statistics/theil_sen.hpp"

namespace quartic {
namespace {

constexpr Index least_rows = 5, most_resampled_rows = 10000;

using Array = Eigen::ArrayXd;

/// An estimate with its standard error.
struct Measured {
  double value = nan, error = nan;
};

/// Centred rows, each counted so many times.
struct Centred {
  Array x, y, counts;
  double total, xx, xy, yy;
};

Centred centre(const Scatter& rows, const Array& counts) {
  const double total = counts.sum();
  const Array x = rows.x.array() - (counts * rows.x.array()).sum() / total;
  const Array y = rows.y.array() - (counts * rows.y.array()).sum() / total;
  return {
      x, y, counts, total, (counts * x.square()).sum(), (counts * x * y).sum(), (counts * y.square()).sum()};
}

/// The slope with its delete-one jackknife error, each counted row left out once: without row i the sums are
/// less by n/(n-1) times its own products. For the reduced major axis, of the logarithm of |slope|.
Measured jackknifed(Regression kind, const Centred& rows) {
  const double less = rows.total / (rows.total - 1);
  const auto statistic = [&](const auto& xx, const auto& xy, const auto& yy) -> Array {
    if (kind == Regression::reduced_major_axis) return 0.5 * (yy / xx).log();
    return xy / xx;
  };
  const Array without =
      statistic(Array(rows.xx - less * rows.x.square()), Array(rows.xy - less * rows.x * rows.y),
                Array(rows.yy - less * rows.y.square()));
  const Array present = (rows.counts > 0).select(without, 0);
  const double mean = (rows.counts * present).sum() / rows.total;
  const double squares = (rows.counts * (present - mean).square()).sum();
  const Array all =
      statistic(Array::Constant(1, rows.xx), Array::Constant(1, rows.xy), Array::Constant(1, rows.yy));
  return {all[0], std::sqrt(squares * (rows.total - 1) / rows.total)};
}

Array drawn_counts(Index rows, Stream stream) {
  Array counts = Array::Zero(rows);
  const double n = static_cast<double>(rows);
  for (Index i = 0; i < rows; ++i) counts[static_cast<Index>(stream.uniform() * n)] += 1;
  return counts;
}

/// (b* - b)/se* over resamples that have one, ascending.
using Pivots = std::vector<double>;

template <class Resample>
Pivots pivots(const Measured& observed, Index resamples, Resample resample) {
  Pivots values;
  const double least_error =
      1e-9 * observed.error;  // two distinct rows lie on one line: no error but rounding
  for (Index b = 0; b < resamples; ++b) {
    const Measured drawn = resample(b);
    const double pivot = (drawn.value - observed.value) / drawn.error;
    if (std::isfinite(pivot) && drawn.error > least_error) values.push_back(pivot);
  }
  std::sort(values.begin(), values.end());
  return values;
}

double quantile(const Pivots& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() + 1) - 1;
  const double inside = std::clamp(place, 0., static_cast<double>(sorted.size() - 1));
  const auto below = static_cast<std::size_t>(inside);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (inside - std::floor(inside)) * (sorted[above] - sorted[below]);
}

/// Ends by bootstrap-t; NaN where half of the resamples have no slope.
Interval studentised(const Measured& observed, const Pivots& sorted, const RowIntervalOptions& options) {
  if (2 * static_cast<Index>(sorted.size()) < options.resamples) return {observed.value, nan, nan};
  const double tail = 0.5 * (1 - options.confidence);
  return {observed.value, observed.value - quantile(sorted, 1 - tail) * observed.error,
          observed.value - quantile(sorted, tail) * observed.error};
}

Interval normal_interval(const Measured& observed, Index rows, double confidence) {
  const double t = student_t_quantile(0.5 * (1 + confidence), static_cast<double>(rows - 2));
  return {observed.value, observed.value - t * observed.error, observed.value + t * observed.error};
}

Interval pairs_interval(Regression kind, const Scatter& rows, const RowIntervalOptions& options,
                        const Stream& stream) {
  const Index n = rows.x.size();
  const Measured observed = jackknifed(kind, centre(rows, Array::Ones(n)));
  if (n > most_resampled_rows) return normal_interval(observed, n, options.confidence);
  const auto resample = [&](Index b) {
    return jackknifed(kind, centre(rows, drawn_counts(n, stream.child(static_cast<std::uint64_t>(b)))));
  };
  return studentised(observed, pivots(observed, options.resamples, resample), options);
}

/// The forward slope on fixed x, with its HC3 error (MacKinnon & White 1985).
class FixedDesign {
 public:
  explicit FixedDesign(const Vector& x)
      : x_(x.array() - x.mean()),
        xx_(x_.square().sum()),
        room_(1 - 1 / static_cast<double>(x.size()) - x_.square() / xx_) {}

  Measured slope(const Array& y) const {
    return {(x_ * y).sum() / xx_, std::sqrt((x_ * inflated_residuals(y)).square().sum()) / xx_};
  }
  /// r_i / (1 - h_i).
  Array inflated_residuals(const Array& y) const {
    return (y - y.mean() - (x_ * y).sum() / xx_ * x_) / room_;
  }

 private:
  Array x_;
  double xx_;
  Array room_;
};

Interval wild_interval(const Scatter& rows, const RowIntervalOptions& options, const Stream& stream) {
  const FixedDesign design(rows.x);
  const Array y = rows.y.array();
  const Array residuals = design.inflated_residuals(y);
  const Array fitted = design.slope(y).value * (rows.x.array() - rows.x.mean());
  const Measured observed = design.slope(y);
  if (y.size() > most_resampled_rows) return normal_interval(observed, y.size(), options.confidence);
  const auto resample = [&](Index b) {
    Stream signs = stream.child(static_cast<std::uint64_t>(b));
    return design.slope(fitted +
                        residuals.unaryExpr([&](double r) { return signs.uniform() < 0.5 ? -r : r; }));
  };
  return studentised(observed, pivots(observed, options.resamples, resample), options);
}

Interval student_interval(const LeastSquaresLine& line, double confidence) {
  return normal_interval({line.line.slope, line.slope_error}, line.rows, confidence);
}

/// Whether the rows scatter more at one end of x than at the other.
bool scatter_follows_x(const Scatter& rows, const LeastSquaresLine& line) {
  constexpr double suspicious = 0.2;
  const Array residuals = rows.y.array() - line.line.intercept - line.line.slope * rows.x.array();
  const LeastSquaresLine trend = least_squares_line({rows.x, residuals.square().log().matrix()});
  const double t = trend.line.slope / trend.slope_error;
  return f_tail(t * t, 1, static_cast<double>(trend.rows - 2)) < suspicious;
}

Scatter sorted(const Scatter& rows) {
  std::vector<std::pair<double, double>> pairs;
  for (Index i = 0; i < rows.x.size(); ++i) pairs.emplace_back(rows.x[i], rows.y[i]);
  std::sort(pairs.begin(), pairs.end());
  Scatter result{Vector(rows.x.size()), Vector(rows.x.size())};
  for (Index i = 0; i < rows.x.size(); ++i)
    std::tie(result.x[i], result.y[i]) = pairs[static_cast<std::size_t>(i)];
  return result;
}

Interval interval_where_needed(const Scatter& rows, const RowIntervalOptions& options, const Stream& stream) {
  const Scatter ordered = sorted(rows);
  const LeastSquaresLine line = least_squares_line(ordered);
  return scatter_follows_x(ordered, line) ? pairs_interval(Regression::forward, ordered, options, stream)
                                          : student_interval(line, options.confidence);
}

Interval least_squares_interval(const Scatter& rows, const RowIntervalOptions& options,
                                const Stream& stream) {
  if (options.resampling == RowResampling::where_needed) return interval_where_needed(rows, options, stream);
  return options.resampling == RowResampling::wild
             ? wild_interval(rows, options, stream)
             : pairs_interval(Regression::forward, rows, options, stream);
}

/// An interval of log |slope|, with the sign of the correlation.
Interval with_sign(const Interval& log, double estimate) {
  const double a = std::exp(log.low), b = std::exp(log.high);
  return estimate > 0 ? Interval{estimate, a, b} : Interval{estimate, -b, -a};
}

Interval theil_sen_interval(const Scatter& rows, double confidence) {
  constexpr double as_good_as_normal = 1e6;
  std::vector<double> slopes = detail::pair_slopes(rows);
  std::sort(slopes.begin(), slopes.end());
  const double middle = 0.5 * static_cast<double>(slopes.size());
  const double reach =
      detail::rank_reach(rows, student_t_quantile(0.5 * (1 + confidence), as_good_as_normal));
  const double low = middle - reach, high = middle + reach;
  const double estimate = detail::median(slopes);
  if (!(low >= 1)) return {estimate, nan, nan};
  return {estimate, slopes[static_cast<std::size_t>(low) - 1], slopes[static_cast<std::size_t>(high)]};
}

/// Whole rows are left out, sorted so that blocks of many do not depend on their order.
Interval huber_interval(const Scatter& rows, double confidence) {
  const Scatter ordered = sorted(rows);
  const RowUnits units = single_rows(ordered.x.size());
  JackknifeOptions over = units.jackknife(confidence);
  over.degrees -= 1;
  return jackknife(
      [&](Index k) {
        const std::vector<Index> kept = units.rows(k);
        return regress(Regression::huber, {ordered.x(kept), ordered.y(kept)}).slope;
      },
      over);
}

Interval make_interval(Regression kind, const Scatter& rows, const RowIntervalOptions& options,
                       const Stream& stream) {
  switch (kind) {
    case Regression::forward:
      return least_squares_interval(rows, options, stream);
    case Regression::reverse:
      return turned_round(least_squares_interval({rows.y, rows.x}, options, stream));
    case Regression::reduced_major_axis:
      return with_sign(pairs_interval(kind, rows, options, stream), regress(kind, rows).slope);
    case Regression::huber:
      return huber_interval(rows, options.confidence);
    case Regression::theil_sen:
      break;
  }
  return theil_sen_interval(rows, options.confidence);
}

}  // namespace

Interval slope_interval(Regression kind, const Scatter& rows, const RowIntervalOptions& options,
                        Stream stream) {
  const Scatter kept = detail::finite_rows(rows);
  const double estimate = regress(kind, kept).slope;
  if (kept.x.size() < least_rows || std::isnan(estimate)) return {estimate, nan, nan};
  const Interval interval = make_interval(kind, kept, options, stream);
  return {estimate, interval.low, interval.high};  // the very bits of regress
}

}  // namespace quartic
