#include "sim/parts/activation.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/parts/elementary.hpp"
#include "sim/parts/form.hpp"
#include "sim/parts/sigmoids.hpp"

namespace quartic {

namespace {

using std::numbers::inv_pi;
using std::numbers::inv_sqrtpi;
using std::numbers::sqrt2;

constexpr double half_pi = std::numbers::pi / 2;

Form parse_activation(std::string_view text) {
  const std::array<FormRule, 4> rules = {
      {{"linear", {}, "linear"}, {"relu", {}, "relu"}, {"tanh", {}, "tanh"}, {"erf", {}, "erf"}}};
  return parse_form("activation", text, rules);
}

// E tanh(z) h_k(z), k = 1, 3, ...: sums over z = 1/16, 2/16, ... 13, twice, since the integrand is even.
template <std::size_t count>
std::array<double, count> tanh_coefficients() {
  constexpr double step = 1. / 16;
  std::array<double, count> a{};
  for (int node = 1; node <= 208; ++node) {
    const double z = step * node;
    const double weight =
        sqrt2 * inv_sqrtpi * step * detail::exponential(-z * z / 2) * detail::hyperbolic_tangent(z);
    double before = 1, h = z;
    for (std::size_t k = 1; k < 2 * count; ++k) {
      if (k % 2 == 1) a[k / 2] += weight * h;
      const auto degree = static_cast<double>(k);
      const double next = (z * h - std::sqrt(degree) * before) / std::sqrt(degree + 1);
      before = h;
      h = next;
    }
  }
  return a;
}

}  // namespace

Activation::Kind Activation::parse_kind(std::string_view text) {
  const std::string word = parse_activation(text).word;
  if (word == "relu") return Kind::relu;
  if (word == "tanh") return Kind::tanh;
  return word == "erf" ? Kind::erf : Kind::linear;
}

Activation::Activation(std::string_view text) : kind_(parse_kind(text)) {
  if (kind_ != Kind::tanh) return;
  squares_ = tanh_coefficients<std::tuple_size_v<decltype(squares_)>>();
  for (double& a : squares_) a *= a;
}

void Activation::apply(std::span<double> u) const {
  if (kind_ == Kind::relu)
    for (double& value : u) value = std::max(value, 0.0);
  if (kind_ == Kind::tanh)
    for (double& value : u) value = detail::hyperbolic_tangent(value);
  if (kind_ == Kind::erf)
    for (double& value : u) value = detail::error_function(value / sqrt2);
}

double Activation::mean() const {
  return kind_ == Kind::relu ? inv_sqrtpi / sqrt2 : 0;
}

double Activation::slope() const {
  switch (kind_) {
    case Kind::relu:
      return 0.5;
    case Kind::erf:
      return inv_sqrtpi;
    case Kind::tanh:
      return std::sqrt(squares_[0]);
    case Kind::linear:
      break;
  }
  return 1;
}

double Activation::covariance(double rho) const {
  switch (kind_) {
    case Kind::relu:
      return (std::sqrt((1 - rho) * (1 + rho)) - 1 + (half_pi + detail::arcsine(rho)) * rho) * inv_pi / 2;
    case Kind::erf:
      return 2 * inv_pi * detail::arcsine(rho / 2);
    case Kind::tanh: {
      double sum = 0;
      for (std::size_t k = squares_.size(); k-- > 0;) sum = sum * (rho * rho) + squares_[k];
      return rho * sum;
    }
    case Kind::linear:
      break;
  }
  return rho;
}

double Activation::product_of_slopes(double rho) const {
  switch (kind_) {
    case Kind::relu:
      return (half_pi + detail::arcsine(rho)) * inv_pi / 2;
    case Kind::erf:
      return inv_pi / std::sqrt(1 - rho * rho / 4);
    case Kind::tanh: {
      double sum = 0;
      for (std::size_t k = squares_.size(); k-- > 0;)
        sum = sum * (rho * rho) + static_cast<double>(2 * k + 1) * squares_[k];
      return sum;
    }
    case Kind::linear:
      break;
  }
  return 1;
}

}  // namespace quartic
