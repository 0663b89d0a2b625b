#pragma once
/// The same operations on one generation of hardware after another, and what the difference buys.
#include <string>

#include "core/words.hpp"
#include "laws/statistics/interval.hpp"

namespace quartic {

/// A processor as its data sheet and its sellers describe it. NaN where something is not known.
struct Generation {
  static constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
  std::string name;
  double year = not_known;
  bool specialised = false;  ///< made for products of matrices of one kind of number, and little else
  std::string precision;     ///< of the numbers that the peak rate is of: "float32", "bfloat16"
  double peak_gflops = not_known;
  double watts = not_known;
  double price = not_known;             ///< US$ to buy one
  double dollars_per_hour = not_known;  ///< US$ to rent one
  double pue = not_known;  ///< power usage effectiveness: of the building over that of the machines
  double pounds_per_kwh = not_known;  ///< of CO2
  std::string source = "";
};

/// What is assumed of the use of a processor.
struct Employment {
  double reached = 1;  ///< the share of the peak rate that the operations get
  double years = 3;    ///< of use, day and night, over which what was paid for it is spread
};

/// What operations cost: processor-hours, energy, carbon dioxide, and US$ where the processor is bought or rented.
struct GenerationBill {
  double hours, kwh, pounds, bought, rented;
};
/// hours = flops/(3600 10^9 peak_gflops reached); kwh = watts pue hours/1000; pounds = pounds_per_kwh kwh;
/// bought = price hours/(8766 years); rented = dollars_per_hour hours.
GenerationBill generation_bill(const Generation& generation, double flops, const Employment& employment = {});

/// Of which cost generations are compared.
enum class MachineCost { bought, rented, energy, hours };
inline constexpr Words<MachineCost, 4> machine_cost_words = {{{MachineCost::bought, "bought"},
                                                              {MachineCost::rented, "rented"},
                                                              {MachineCost::energy, "energy"},
                                                              {MachineCost::hours, "hours"}}};
double cost_in(const GenerationBill& bill, MachineCost cost);

/// How many operations the later generation does for what one costs on the earlier: c. NaN where a cost is not known.
double operations_gained(const Generation& from, const Generation& to, MachineCost cost);

/// Performance grows as c^(1/q) where computing grows as k^q: how many times better, for the same cost. Ends exchanged
/// where c is below 1; 1 where q is infinite.
Interval performance_gained(double c, const Interval& exponent);

}  // namespace quartic
