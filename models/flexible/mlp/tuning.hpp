#pragma once
/// A learning rate out of a bracket.
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/types.hpp"

namespace quartic::detail {

/// `count` rates from `from` to `to`, evenly spaced in the logarithm.
struct RateBracket {
  double from = 0, to = 0;
  Index count = 5;
  std::vector<double> rates() const;
};

/// What one rate came to: its error on rows held out (infinite where training diverged), and what it cost.
struct RateTrial {
  double rate = 0, error = 0, flops = 0;
};

/// The rate with the smallest error; where both neighbours have finite errors, the minimum of the parabola
/// through the three points (log rate, log error), which lies between the neighbours.
struct ChosenRate {
  double rate = 0;
  bool interior = true;  ///< false: the best of the rates tried is the first or the last
  double flops = 0;      ///< of all trials, and of the parabola
};
/// Trials in the order of their rates, at least one.
ChosenRate choose_rate(std::span<const RateTrial> trials);

/// The rates chosen at some sizes, ascending, as a straight line of log rate in log n by least squares: at n,
/// but no further out than the bracket.
struct SizedRate {
  Index rows = 0;
  ChosenRate chosen;
};
double rate_at(std::span<const SizedRate> rates, const RateBracket& bracket, double n);
/// What that costs for so many sizes.
double rate_line_flops(double sizes);

/// "200,400" as numbers; nothing where the text is not a list of ascending whole numbers from 2 on. "" is no
/// sizes.
std::optional<std::vector<Index>> parse_tune_at(const std::string& list);

}  // namespace quartic::detail
