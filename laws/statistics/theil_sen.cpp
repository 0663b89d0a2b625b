#include "laws/statistics/theil_sen.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace quartic::detail {
namespace {

double slope_between(const Scatter& rows, Index i, Index j) {
  return (rows.y[j] - rows.y[i]) / (rows.x[j] - rows.x[i]);
}

std::vector<double> slopes_of_all_pairs(const Scatter& rows) {
  std::vector<double> slopes;
  for (Index i = 0; i < rows.x.size(); ++i)
    for (Index j = i + 1; j < rows.x.size(); ++j)
      if (rows.x[i] != rows.x[j]) slopes.push_back(slope_between(rows, i, j));
  return slopes;
}

std::vector<double> slopes_across_the_middle(const Scatter& rows) {
  std::vector<Index> order(static_cast<std::size_t>(rows.x.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(),
            [&](Index a, Index b) { return rows.x[a] != rows.x[b] ? rows.x[a] < rows.x[b] : a < b; });
  std::vector<double> slopes;
  const std::size_t half = order.size() / 2;
  for (std::size_t k = 0; k < half; ++k) {
    const Index i = order[k], j = order[k + order.size() - half];
    if (rows.x[i] != rows.x[j]) slopes.push_back(slope_between(rows, i, j));
  }
  return slopes;
}

double kendall_terms(double n) {
  return n * (n - 1) * (2 * n + 5) / 18;
}

double kendall_variance(const Vector& x) {
  std::vector<double> sorted(x.begin(), x.end());
  std::sort(sorted.begin(), sorted.end());
  double variance = kendall_terms(static_cast<double>(x.size()));
  for (auto first = sorted.begin(); first != sorted.end();) {
    const auto last = std::upper_bound(first, sorted.end(), *first);
    variance -= kendall_terms(static_cast<double>(last - first));
    first = last;
  }
  return variance;
}

}  // namespace

Scatter finite_rows(const Scatter& rows) {
  Scatter kept = rows;
  Index count = 0;
  for (Index i = 0; i < rows.x.size(); ++i) {
    if (!std::isfinite(rows.x[i]) || !std::isfinite(rows.y[i])) continue;
    kept.x[count] = rows.x[i];
    kept.y[count++] = rows.y[i];
  }
  kept.x.conservativeResize(count);
  kept.y.conservativeResize(count);
  return kept;
}

std::vector<double> pair_slopes(const Scatter& rows) {
  return rows.x.size() <= most_rows_of_all_pairs ? slopes_of_all_pairs(rows) : slopes_across_the_middle(rows);
}

double median(std::vector<double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return 0.5 * (*middle + *std::max_element(values.begin(), middle));
}

double rank_reach(const Scatter& rows, double z) {
  if (rows.x.size() <= most_rows_of_all_pairs) return 0.5 * z * std::sqrt(kendall_variance(rows.x));
  return 0.5 * z * std::sqrt(0.5 * static_cast<double>(rows.x.size()));
}

}  // namespace quartic::detail
