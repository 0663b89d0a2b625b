#pragma once
/// Functions of a unit's field, with what theory needs of them under standard normal fields.
#include <array>
#include <span>
#include <string_view>

#include "core/options.hpp"

namespace quartic {

inline constexpr std::array activation_words = {
    OptionWord{"linear", "u, as it is"}, OptionWord{"relu", "max(0, u)"},
    OptionWord{"tanh", "the hyperbolic tangent of u"},
    OptionWord{"erf", "erf(u/sqrt 2), the normal distribution from -1 to 1"}};

/// g, with z ~ N(0, 1), and (u, v) standard normal of correlation rho:
///
///     linear   g(u) = u              Cov(g(u), g(v)) = rho
///     relu     max(0, u)             [sqrt(1 - rho^2) + (pi/2 + asin rho) rho - 1] / (2 pi)
///     erf      erf(u/sqrt 2)         (2/pi) asin(rho/2)
///     tanh     tanh(u)               sum over odd k of a_k^2 rho^k,  a_k = E tanh(z) h_k(z)
///
/// (Cho & Saul 2009; Williams 1998; Mehler's formula with orthonormal Hermite polynomials h_k, k <= 101, the
/// a_k by the trapezoidal rule: error below 1e-14). By Price's theorem E g'(u) g'(v) is the derivative by
/// rho.
class Activation {
 public:
  /// "linear" | "relu" | "tanh" | "erf". Throws InvalidInput for anything else.
  explicit Activation(std::string_view text);
  /// g of each, in place.
  void apply(std::span<double> u) const;
  double mean() const;                         ///< E g(z)
  double slope() const;                        ///< E g'(z) = E z g(z)
  double covariance(double rho) const;         ///< of g(u) and g(v)
  double product_of_slopes(double rho) const;  ///< E g'(u) g'(v)

 private:
  enum class Kind { linear, relu, tanh, erf };
  static Kind parse_kind(std::string_view text);

  Kind kind_;
  std::array<double, 51> squares_{};  // a_1^2, a_3^2, ... of tanh
};

}  // namespace quartic
