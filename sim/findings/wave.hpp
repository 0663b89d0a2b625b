#pragma once
/// Complex numbers at t = 0, h, 2 h, ...: what characteristic functions are made of.
#include <cstddef>
#include <vector>

namespace quartic::detail {

struct Wave {
  std::vector<double> real, imaginary;

  static Wave constant(double value, std::size_t count);
  /// e^(i angle m), m = first .. first + count - 1. Error below 1e-16 (count + first angle), the same bits everywhere.
  static Wave oscillation(double angle, std::size_t count, std::size_t first = 0);

  std::size_t size() const { return real.size(); }
  Wave& operator*=(const Wave& other);
  Wave& operator*=(const std::vector<double>& factors);
  /// += weight other
  void add(double weight, const Wave& other);
  /// += a b
  void add_product(const Wave& a, const Wave& b);
  /// More numbers, behind those there are.
  void append(const Wave& more);
};

/// e^(i angle), any angle.
struct Turn {
  double cosine, sine;
};
Turn turn_by(double angle);

}  // namespace quartic::detail
