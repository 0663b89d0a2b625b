#pragma once
/// A number that counts the arithmetic done with it: the oracle of every flop formula.
///
/// Add, subtract, multiply, divide, sqrt, exp, log, tanh, erf, cos count 1 each; comparisons, copies,
/// negation, absolute value and conversions count 0 (the convention of core/fit.hpp). Reference algorithms in
/// tests/support are templates on the scalar: with double they are the slow obvious solver, with
/// CountingScalar the count of its operations.
///
///     const double flops = count_flops([&] { reference::ridge(grid_of<CountingScalar>(X),
///     numbers_of<CountingScalar>(y), 0.1); });
#include <cmath>
#include <compare>
#include <cstdint>
#include <vector>

namespace quartic {

class CountingScalar {
 public:
  CountingScalar(double value = 0) : value_(value) {}
  explicit operator double() const { return value_; }

  CountingScalar& operator+=(CountingScalar other) { return *this = *this + other; }
  CountingScalar& operator-=(CountingScalar other) { return *this = *this - other; }
  CountingScalar& operator*=(CountingScalar other) { return *this = *this * other; }
  CountingScalar& operator/=(CountingScalar other) { return *this = *this / other; }
  CountingScalar operator-() const { return {-value_}; }

  friend CountingScalar operator+(CountingScalar a, CountingScalar b) { return counted(a.value_ + b.value_); }
  friend CountingScalar operator-(CountingScalar a, CountingScalar b) { return counted(a.value_ - b.value_); }
  friend CountingScalar operator*(CountingScalar a, CountingScalar b) { return counted(a.value_ * b.value_); }
  friend CountingScalar operator/(CountingScalar a, CountingScalar b) { return counted(a.value_ / b.value_); }
  friend CountingScalar sqrt(CountingScalar a) { return counted(std::sqrt(a.value_)); }
  friend CountingScalar exp(CountingScalar a) { return counted(std::exp(a.value_)); }
  friend CountingScalar log(CountingScalar a) { return counted(std::log(a.value_)); }
  friend CountingScalar tanh(CountingScalar a) { return counted(std::tanh(a.value_)); }
  friend CountingScalar erf(CountingScalar a) { return counted(std::erf(a.value_)); }
  friend CountingScalar cos(CountingScalar a) { return counted(std::cos(a.value_)); }
  friend CountingScalar abs(CountingScalar a) { return {std::abs(a.value_)}; }
  friend CountingScalar fabs(CountingScalar a) { return abs(a); }
  friend bool isfinite(CountingScalar a) { return std::isfinite(a.value_); }
  friend bool operator==(CountingScalar a, CountingScalar b) { return a.value_ == b.value_; }
  friend std::partial_ordering operator<=>(CountingScalar a, CountingScalar b) {
    return a.value_ <=> b.value_;
  }

  /// Operations of this thread so far.
  static std::uint64_t operations() { return operations_; }

 private:
  static CountingScalar counted(double value) {
    ++operations_;
    return {value};
  }
  static inline thread_local std::uint64_t operations_ = 0;
  double value_;
};

/// Operations of CountingScalar while `work` runs.
template <class Work>
double count_flops(Work&& work) {
  const std::uint64_t before = CountingScalar::operations();
  work();
  return static_cast<double>(CountingScalar::operations() - before);
}

/// rows x columns numbers of any scalar, by rows: what reference algorithms compute with.
template <class T>
struct Grid {
  std::size_t rows = 0, columns = 0;
  std::vector<T> numbers;
  Grid(std::size_t row_count, std::size_t column_count)
      : rows(row_count), columns(column_count), numbers(row_count * column_count, T(0)) {}
  T& operator()(std::size_t i, std::size_t j) { return numbers[i * columns + j]; }
  const T& operator()(std::size_t i, std::size_t j) const { return numbers[i * columns + j]; }
};

/// An Eigen matrix as a Grid of another scalar.
template <class T, class M>
Grid<T> grid_of(const M& matrix) {
  Grid<T> grid(static_cast<std::size_t>(matrix.rows()), static_cast<std::size_t>(matrix.cols()));
  for (std::size_t i = 0; i < grid.rows; ++i)
    for (std::size_t j = 0; j < grid.columns; ++j)
      grid(i, j) = T(matrix(static_cast<long>(i), static_cast<long>(j)));
  return grid;
}

/// An Eigen vector as a std::vector of another scalar.
template <class T, class V>
std::vector<T> numbers_of(const V& vector) {
  std::vector<T> numbers;
  for (long i = 0; i < vector.size(); ++i) numbers.push_back(T(vector(i)));
  return numbers;
}

}  // namespace quartic
