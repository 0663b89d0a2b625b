#include "laws/frontiers/generations.hpp"

#include <cmath>

namespace quartic {

GenerationBill generation_bill(const Generation& generation, double flops, const Employment& employment) {
  constexpr double hours_a_year = 8766;
  const double hours = flops / (3600 * 1e9 * generation.peak_gflops * employment.reached);
  const double kwh = generation.watts * generation.pue * hours / 1000;
  return {.hours = hours,
          .kwh = kwh,
          .pounds = generation.pounds_per_kwh * kwh,
          .bought = generation.price * hours / (hours_a_year * employment.years),
          .rented = generation.dollars_per_hour * hours};
}

double cost_in(const GenerationBill& bill, MachineCost cost) {
  switch (cost) {
    case MachineCost::bought:
      return bill.bought;
    case MachineCost::rented:
      return bill.rented;
    case MachineCost::energy:
      return bill.kwh;
    case MachineCost::hours:
      break;
  }
  return bill.hours;
}

double operations_gained(const Generation& from, const Generation& to, MachineCost cost) {
  return cost_in(generation_bill(from, 1), cost) / cost_in(generation_bill(to, 1), cost);
}

Interval performance_gained(double c, const Interval& exponent) {
  const auto gained = [&](double q) { return std::pow(c, 1 / q); };
  const double one = gained(exponent.low), other = gained(exponent.high);
  return {gained(exponent.estimate), std::min(one, other), std::max(one, other)};
}

}  // namespace quartic
