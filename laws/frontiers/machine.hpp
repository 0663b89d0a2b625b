#pragma once
/// From floating-point operations to machine time, energy, carbon dioxide and money, at the peak rate.
#include <limits>
#include <string>

namespace quartic {

/// One generation of hardware, as one job on it that was measured: so many processors for so many hours. NaN
/// where something is not known; what needs it becomes NaN.
struct Machine {
  static constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
  std::string name;
  double year = not_known;
  double processors = not_known;
  double peak_gflops = not_known;  ///< of one processor: GFLOP/s
  double hours = not_known;
  double watts = not_known;  ///< of all that draws power for the job
  double pue = not_known;    ///< power usage effectiveness: of the building over that of the machines
  double pounds_per_kwh = not_known;  ///< of CO2
  double pounds = not_known;          ///< of CO2 for the job as published; not known: energy x pounds_per_kwh
  double dollars = not_known;         ///< US$ for the job
  std::string source = "";
};

/// Operations of a job: processors x peak rate x time; the accounting of published training runs.
double job_gflop(double processors, double peak_gflops, double hours);
/// watts x hours x pue / 1000.
double job_kwh(const Machine& machine);

/// What one GFLOP costs.
struct GflopRates {
  double kwh, pounds, dollars;
};
/// Job over job_gflop. Strubell, Ganesh & McCallum 2019 (arXiv 1906.02243): 8 P100 at 9526 GFLOP/s, 12 h,
/// 1415.78 W, PUE 1.58, .954 lb/kWh: 26.84 kWh, published as 26 lb and $41, so 7.897e-9 lb and $1.2454e-8.
GflopRates gflop_rates(const Machine& machine);

/// What New York City emits in a year: about 50 million tonnes of CO2 equivalent (49.3 in 2009, and 48.4 in 2020, which
/// was 11.7 % less than in 2019: Inventory of New York City Greenhouse Gas Emissions, editions of September 2010 and
/// January 2022).
inline constexpr double new_york_tonnes_a_year = 50e6;
inline constexpr double tonnes_per_pound = 0.45359237e-3;

/// How many times more of each the later of two training runs used, and what that says.
struct Growth {
  double computing, processors, rate, hours;
  /// log rate / log computing: the share of the growth that better hardware gave.
  double hardware_share() const;
  /// log computing / log improvement: the exponent that two points alone would give.
  double two_point_exponent(double improvement) const;
};
Growth growth(const Machine& from, const Machine& to);

}  // namespace quartic
