#pragma once
/// The parts of the catalogue of closed forms, and what they share.
#include <cmath>
#include <string_view>
#include <vector>

#include "laws/theory/catalogue/catalogue.hpp"

namespace quartic::detail {

std::vector<TheoryCurve> least_squares_curves();
std::vector<TheoryCurve> shrinkage_curves();
std::vector<TheoryCurve> gradient_curves();
std::vector<TheoryCurve> power_law_curves();
std::vector<TheoryCurve> wide_curves();
std::vector<TheoryCurve> transfer_curves();

inline double value(const TheoryValues& values, std::string_view name) {
  return values.find(name)->second;
}
inline double noise_variance(const TheoryValues& values) {
  return std::pow(value(values, "noise"), 2);
}
/// Var f* of a world of equal coefficients.
inline double signal(const TheoryValues& values) {
  return value(values, "relevant") * std::pow(value(values, "coefficient"), 2);
}
inline TheoryPoint point(double risk, double signal) {
  return {risk, risk / signal};
}

inline TheoryParameter relevant_parameter() {
  return {"relevant", 10, "columns that matter"};
}
inline TheoryParameter candidates_parameter() {
  return {"candidates", 1000, "columns in the pool"};
}
inline TheoryParameter coefficient_parameter() {
  return {"coefficient", 1, "size of every coefficient that is not zero"};
}
inline TheoryParameter noise_parameter() {
  return {"noise", 1, "standard deviation of the label noise"};
}

}  // namespace quartic::detail
