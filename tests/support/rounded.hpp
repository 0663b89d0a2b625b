#pragma once
/// Figures as a publication prints them.
#include <cmath>

namespace quartic::support {

/// To so many decimals.
inline double rounded(double value, int decimals) {
  const double scale = std::pow(10, decimals);
  return std::round(value * scale) / scale;
}

/// To so many significant digits.
inline double to_digits(double value, int digits) {
  const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value))));
  const double scale = std::pow(10, digits - 1 - exponent);
  return std::round(value * scale) / scale;
}

}  // namespace quartic::support
