#include "laws/frontiers/machine.hpp"

#include <cmath>

namespace quartic {

double job_gflop(double processors, double peak_gflops, double hours) {
  return processors * peak_gflops * hours * 3600;
}

double job_kwh(const Machine& machine) {
  return machine.watts * machine.hours * machine.pue / 1000;
}

GflopRates gflop_rates(const Machine& machine) {
  const double gflop = job_gflop(machine.processors, machine.peak_gflops, machine.hours);
  const double kwh = job_kwh(machine);
  const double pounds = std::isnan(machine.pounds) ? kwh * machine.pounds_per_kwh : machine.pounds;
  return {kwh / gflop, pounds / gflop, machine.dollars / gflop};
}

double Growth::hardware_share() const {
  return std::log(rate) / std::log(computing);
}

double Growth::two_point_exponent(double improvement) const {
  return std::log(computing) / std::log(improvement);
}

Growth growth(const Machine& from, const Machine& to) {
  return {job_gflop(to.processors, to.peak_gflops, to.hours) /
              job_gflop(from.processors, from.peak_gflops, from.hours),
          to.processors / from.processors, to.peak_gflops / from.peak_gflops, to.hours / from.hours};
}

}  // namespace quartic
