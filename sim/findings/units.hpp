#pragma once
/// Means and standard deviations of findings in their natural units, to the last bit of a double.
namespace quartic::detail {

/// log size is N(0, 1/4); the deviation is in units of the mean: e^(1/8), sqrt(e^(1/4) - 1).
inline constexpr double log_size_deviation = 0.5;
inline constexpr double size_mean = 1.1331484530668263, size_deviation = 0.53294035002778827;

inline constexpr double present_mean = 0.3, present_deviation = 0.45825756949558400;

/// Phi^-1(0.7), and the size there, of mean 0 and variance 1.
inline constexpr double upper_30_percent = 0.52440051270804078, conspicuous_size = 0.27593675564887433;

/// The sum over k < 6 of k e^-1/k! and 6 times the rest; the same for squares.
inline constexpr double count_mean = 0.99990526207814645, count_deviation = 0.99946591567590573;

/// The chance of 2 or more, 1 - 2/e.
inline constexpr double chance_of_counts = 0.26424111765711536;

}  // namespace quartic::detail
