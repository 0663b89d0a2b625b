#include "cli/gnuplot/tics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

constexpr double rounding = 1e-9;

/// Every factor of these times every power of ten, from low to high; every power, or each so many decades.
std::vector<double> multiples(double low, double high, const std::vector<double>& factors, int decades) {
  std::vector<double> found;
  const int first = static_cast<int>(std::floor(std::log10(low))),
            last = static_cast<int>(std::ceil(std::log10(high)));
  for (int power = first; power <= last; ++power) {
    if (power % decades != 0) continue;
    for (const double factor : factors)
      if (const double at = factor * std::pow(10.0, power);
          at >= low * (1 - rounding) && at <= high * (1 + rounding))
        found.push_back(at);
  }
  return found;
}

std::string write(double at, TicText text) {
  if (text == TicText::whole && at >= 1 && std::abs(at - std::round(at)) < rounding * at)
    return with_thousands(static_cast<Index>(std::llround(at)));
  if (text == TicText::powers || (text == TicText::plain && at > 0 && at < 0.9e-4)) {
    const double power = std::floor(std::log10(at) + rounding), factor = at / std::pow(10.0, power);
    const std::string front = std::abs(factor - 1) < 1e-6 ? "" : fmt::format("{:.3g}\u00b7", factor);
    return fmt::format("{}10^{{{:.0f}}}", front, power);
  }
  return text == TicText::percent ? fmt::format("{:.6g} %%", 100 * at) : fmt::format("{:.6g}", at);
}

}  // namespace

std::vector<double> logarithmic_tics(double low, double high, std::size_t least) {
  const double decades = std::log10(high / low);
  if (decades >= 7) return multiples(low, high, {1}, static_cast<int>(std::ceil(decades / 7)));
  for (const std::vector<double>& factors :
       {std::vector<double>{1}, {1, 3}, {1, 2, 5}, {1, 1.5, 2, 3, 4, 5, 7}})
    if (const std::vector<double> tics = multiples(low, high, factors, 1); tics.size() >= least) return tics;
  return linear_tics(low, high);
}

std::vector<double> linear_tics(double low, double high) {
  const double power = std::pow(10.0, std::floor(std::log10((high - low) / 3)));
  double step = power;
  for (const double factor : {5, 2})
    if (factor * power <= (high - low) / 3) {
      step = factor * power;
      break;
    }
  std::vector<double> tics;
  for (double at = std::ceil(low / step - rounding); at * step <= high + rounding * step; ++at)
    tics.push_back(at * step + 0.0);  // -0 becomes 0
  return tics;
}

std::string tics_command(char axis, const std::vector<double>& tics, TicText text) {
  std::string list;
  for (const double at : tics)
    list += fmt::format("{}'{}' {:.12g}", list.empty() ? "" : ", ", write(at, text), at);
  return fmt::format("  set {}tics ({})\n", axis, list);
}

}  // namespace quartic
