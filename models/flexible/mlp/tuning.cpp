#include "models/flexible/mlp/tuning.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace quartic::detail {

namespace {

constexpr double parabola_flops = 14;

// log rate - log (rate of the middle one), for rates whose logarithms are `step` apart.
double vertex(double step, double left, double middle, double right) {
  const double l = std::log(left), m = std::log(middle), r = std::log(right);
  const double curvature = (l - m) + (r - m);
  return curvature > 0 ? 0.5 * step * (l - r) / curvature : 0;
}

}  // namespace

std::vector<double> RateBracket::rates() const {
  std::vector<double> all;
  for (Index k = 0; k < count; ++k) {
    const double share = count > 1 ? static_cast<double>(k) / static_cast<double>(count - 1) : 0;
    all.push_back(from * std::pow(to / from, share));
  }
  return all;
}

ChosenRate choose_rate(std::span<const RateTrial> trials) {
  ChosenRate chosen;
  for (const RateTrial& trial : trials) chosen.flops += trial.flops;
  const auto best = std::min_element(
      trials.begin(), trials.end(), [](const RateTrial& a, const RateTrial& b) { return a.error < b.error; });
  chosen.rate = best->rate;
  chosen.interior = best != trials.begin() && best + 1 != trials.end();
  if (!chosen.interior) return chosen;
  const RateTrial &left = *(best - 1), &right = *(best + 1);
  if (!std::isfinite(left.error) || !std::isfinite(right.error) || !(best->error > 0)) return chosen;
  const double step = std::log(right.rate / best->rate);
  chosen.rate *= std::exp(vertex(step, left.error, best->error, right.error));
  chosen.flops += parabola_flops;
  return chosen;
}

double rate_at(std::span<const SizedRate> rates, const RateBracket& bracket, double n) {
  if (rates.size() == 1) return rates.front().chosen.rate;
  double x_mean = 0, y_mean = 0, xx = 0, xy = 0;
  for (const SizedRate& one : rates) {
    x_mean += std::log(static_cast<double>(one.rows));
    y_mean += std::log(one.chosen.rate);
  }
  x_mean /= static_cast<double>(rates.size());
  y_mean /= static_cast<double>(rates.size());
  for (const SizedRate& one : rates) {
    const double x = std::log(static_cast<double>(one.rows)) - x_mean;
    xx += x * x;
    xy += x * (std::log(one.chosen.rate) - y_mean);
  }
  return std::clamp(std::exp(y_mean + xy / xx * (std::log(n) - x_mean)), bracket.from, bracket.to);
}

double rate_line_flops(double sizes) {
  return sizes > 1 ? 12 * sizes + 8 : 0;
}

std::optional<std::vector<Index>> parse_tune_at(const std::string& list) {
  std::vector<Index> sizes;
  const char* at = list.data();
  const char* const end = at + list.size();
  while (at != end) {
    Index size = 0;
    while (at != end && *at == ' ') ++at;
    const auto read = std::from_chars(at, end, size);
    if (read.ec != std::errc() || size < 2 || (!sizes.empty() && size <= sizes.back())) return std::nullopt;
    sizes.push_back(size);
    at = read.ptr;
    if (at != end && (*at != ',' || ++at == end)) return std::nullopt;
  }
  return sizes;
}

}  // namespace quartic::detail
