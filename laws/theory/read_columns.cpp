#include "laws/theory/read_columns.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/types.hpp"
#include "laws/theory/least_squares.hpp"

namespace quartic {

namespace {

/// Of w = g(x) + noise z, before readings are lost.
struct Moments {
  double xw, ww, xxww, xwww, wwww;
};

Moments moments_of(const ReadColumn& column, double noise) {
  const double v = noise * noise;
  if (!column.thresholded) return {1, 1 + v, 3 + v, 3 + 3 * v, 3 * (1 + v) * (1 + v)};
  const double mean = std::sqrt(2 * std::numbers::inv_pi);  // E|x|
  return {mean, 1 + v, 1 + v, mean * (1 + 3 * v), 1 + 6 * v + 3 * v * v};
}

double explained_by(const ReadColumns& read, const ReadColumn& column) {
  const Moments m = moments_of(column, read.noise);
  return (1 - read.missing) * m.xw * m.xw / m.ww;
}

double kurtosis(const ReadColumns& read, const ReadColumn& column) {
  const Moments m = moments_of(column, read.noise);
  return m.wwww / (m.ww * m.ww) / (1 - read.missing);
}

// E r^2 x~^2 / E x~^2 - E r^2 for r = b x - c x~, c = b E xw / E ww.
double dependence(const ReadColumns& read, const ReadColumn& column) {
  const Moments m = moments_of(column, read.noise);
  const double c = m.xw / m.ww;
  const double beside = (m.xxww - 2 * c * m.xwww + c * c * m.wwww) / m.ww;
  return column.signal * (beside - (1 - explained_by(read, column)));
}

// Whether a column whose sign is forbidden is surely left out.
bool surely_left_out(const ReadColumns& read, const ReadColumn& column, double rows) {
  constexpr double errors = 5;
  const double rest = read.noise_variance + stalled_risk(read);
  const double freedom = rows - static_cast<double>(read.columns.size());
  return column.signal * explained_by(read, column) * freedom > errors * errors * rest;
}

bool is_gaussian(const ReadColumns& read, const std::vector<ReadColumn>& fitted) {
  return read.missing == 0 &&
         std::none_of(fitted.begin(), fitted.end(), [](const ReadColumn& one) { return one.thresholded; });
}

}  // namespace

double explained_share(const ReadColumns& read, const ReadColumn& column) {
  return column.forbidden ? 0 : explained_by(read, column);
}

double stalled_risk(const ReadColumns& read) {
  double left = read.signal;
  for (const ReadColumn& column : read.columns) left -= column.signal * explained_share(read, column);
  return left;
}

double read_columns_risk(const ReadColumns& read, double rows) {
  std::vector<ReadColumn> fitted;
  for (const ReadColumn& column : read.columns) {
    if (!column.forbidden)
      fitted.push_back(column);
    else if (!surely_left_out(read, column, rows))
      return nan;
  }
  const double stalled = stalled_risk(read), p = static_cast<double>(fitted.size());
  if (is_gaussian(read, fitted))
    return least_squares_risk({.rows = rows,
                               .columns = p,
                               .signal_in_columns = read.signal - stalled,
                               .signal_left_out = stalled,
                               .noise_variance = read.noise_variance});
  double peaked = 0, dependent = 0;
  for (const ReadColumn& column : fitted) {
    peaked += kurtosis(read, column) / p;
    dependent += dependence(read, column);
  }
  if (!(rows >= 4 * (p + peaked))) return nan;
  return stalled + (p * (read.noise_variance + stalled) + dependent) / (rows - p + 2 - peaked);
}

}  // namespace quartic
