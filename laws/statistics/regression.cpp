#include "laws/statistics/regression.hpp"

#include <algorithm>
#include <cmath>

#include "core/words.hpp"
#include "laws/statistics/theil_sen.hpp"

namespace quartic {
namespace {

/// Means and centred sums of finite rows.
struct Sums {
  double mean_x, mean_y, xx, xy, yy;
};

Sums make_sums(const Scatter& rows) {
  const double mean_x = rows.x.mean(), mean_y = rows.y.mean();
  const Eigen::ArrayXd x = rows.x.array() - mean_x, y = rows.y.array() - mean_y;
  return {mean_x, mean_y, x.square().sum(), (x * y).sum(), y.square().sum()};
}

double fit_slope(Regression kind, const Sums& sums) {
  if (!(sums.xx > 0)) return nan;
  switch (kind) {
    case Regression::reverse:
      return sums.yy > 0 ? sums.yy / sums.xy : nan;
    case Regression::reduced_major_axis:
      return std::copysign(std::sqrt(sums.yy / sums.xx), sums.xy);
    case Regression::forward:
    case Regression::theil_sen:
    case Regression::huber:
      break;
  }
  return sums.xy / sums.xx;
}

StraightLine theil_sen_line(const Scatter& rows) {
  const double slope = detail::median(detail::pair_slopes(rows));
  const Vector rest = rows.y - slope * rows.x;
  return {std::isnan(slope) ? nan : detail::median({rest.begin(), rest.end()}), slope};
}

StraightLine weighted_line(const Scatter& rows, const Eigen::ArrayXd& weights) {
  const double total = weights.sum();
  const double mean_x = (weights * rows.x.array()).sum() / total,
               mean_y = (weights * rows.y.array()).sum() / total;
  const Eigen::ArrayXd x = rows.x.array() - mean_x, y = rows.y.array() - mean_y;
  const double slope = (weights * x * y).sum() / (weights * x.square()).sum();
  return {mean_y - slope * mean_x, slope};
}

Eigen::ArrayXd residuals_of(const Scatter& rows, const StraightLine& line) {
  return rows.y.array() - line.intercept - line.slope * rows.x.array();
}

/// By weights made anew until the slope stands still.
StraightLine huber_line(const Scatter& rows) {
  constexpr double bend = 1.345, normal = 0.6745, close = 1e-12;
  constexpr int most_steps = 200;
  const double spread_of_x = std::sqrt(make_sums(rows).xx);
  if (!(spread_of_x > 0)) return {};
  StraightLine line = weighted_line(rows, Eigen::ArrayXd::Ones(rows.x.size()));
  for (int step = 0; step < most_steps; ++step) {
    const Eigen::ArrayXd off = residuals_of(rows, line).abs();
    const double deviation = detail::median({off.begin(), off.end()}) / normal;
    if (!(deviation > 0)) return line;
    const StraightLine next = weighted_line(rows, (bend * deviation / off).min(1));
    const double moved = std::abs(next.slope - line.slope) * spread_of_x;
    line = next;
    if (moved <= close * deviation) break;
  }
  return line;
}

}  // namespace

std::string_view to_string(Regression kind) {
  static constexpr Words<Regression, 5> words = {{{Regression::forward, "forward"},
                                                  {Regression::reverse, "reverse"},
                                                  {Regression::reduced_major_axis, "reduced_major_axis"},
                                                  {Regression::theil_sen, "theil_sen"},
                                                  {Regression::huber, "huber"}}};
  return word_for(words, kind);
}

StraightLine regress(Regression kind, const Scatter& rows) {
  const Scatter kept = detail::finite_rows(rows);
  if (kept.x.size() < 2) return {};
  if (kind == Regression::theil_sen) return theil_sen_line(kept);
  if (kind == Regression::huber) return huber_line(kept);
  const Sums sums = make_sums(kept);
  const double slope = fit_slope(kind, sums);
  return {sums.mean_y - slope * sums.mean_x, slope};
}

double LeastSquaresLine::error_at(double x) const {
  return std::hypot(residual_deviation / std::sqrt(static_cast<double>(rows)), slope_error * (x - mean_x));
}

LeastSquaresLine least_squares_line(const Scatter& rows) {
  const Scatter kept = detail::finite_rows(rows);
  LeastSquaresLine fit;
  fit.rows = kept.x.size();
  if (fit.rows < 2) return fit;
  const Sums sums = make_sums(kept);
  fit.line = regress(Regression::forward, kept);
  fit.mean_x = sums.mean_x;
  if (sums.yy > 0) fit.r_squared = sums.xy * sums.xy / (sums.xx * sums.yy);
  if (fit.rows < 3) return fit;
  const Vector residuals = kept.y - (fit.line.slope * kept.x.array() + fit.line.intercept).matrix();
  fit.residual_deviation = std::sqrt(residuals.squaredNorm() / static_cast<double>(fit.rows - 2));
  fit.slope_error = fit.residual_deviation / std::sqrt(sums.xx);
  fit.intercept_error = fit.error_at(0);
  return fit;
}

Interval exponent_of_slope(const Interval& slope) {
  if (std::isnan(slope.low) || std::isnan(slope.high) || slope.high <= 0) return {};
  const auto exponent = [](double s) { return s > 0 ? 1 / s : infinity; };
  return {exponent(slope.estimate), exponent(slope.high), exponent(slope.low)};
}

Interval turned_round(const Interval& d) {
  if (std::isnan(d.low) || std::isnan(d.high)) return {1 / d.estimate, nan, nan};
  if (d.low > 0 || d.high < 0) return {1 / d.estimate, 1 / d.high, 1 / d.low};
  return d.estimate > 0 ? Interval{1 / d.estimate, 1 / d.high, infinity}
                        : Interval{1 / d.estimate, -infinity, 1 / d.low};
}

Scatter log_scatter(const Vector& computing, const Vector& errors, double floor) {
  const auto log10_of_positive = [](double value) { return value > 0 ? std::log10(value) : nan; };
  return {computing.unaryExpr(log10_of_positive),
          (errors.array() - floor).matrix().unaryExpr([&](double e) { return -log10_of_positive(e); })};
}

}  // namespace quartic
