#include "cli/report/projection_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

std::string power_of_ten(double value) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return value > 0 ? "unbounded" : "none";
  return fmt::format("{:.2f}", value);
}

std::string percent(double error) {
  return fmt::format("{:g} %", 100 * error);
}

std::vector<std::string> row(const std::string& name, double log10_flops, const Machine& machine) {
  const LogCosts costs = log_costs(log10_flops, machine);
  return {name, power_of_ten(costs.gflop), power_of_ten(costs.kwh), power_of_ten(costs.pounds),
          power_of_ten(costs.dollars)};
}

std::string numbers_text(const ProjectionTable& table) {
  const std::string interval = fmt::format(" end of {:g} %", 100 * table.confidence);
  std::vector<std::vector<std::string>> rows;
  for (const Projection& projection : table.projections) {
    const Interval& flops = projection.log10_flops;
    rows.push_back(row("error " + percent(projection.target), flops.estimate, table.machine));
    rows.push_back(row("  lower" + interval, flops.low, table.machine));
    rows.push_back(row("  upper" + interval, flops.high, table.machine));
    rows.push_back(row("  reverse regression", projection.reverse, table.machine));
  }
  return aligned_table({"powers of ten", "GFLOP", "kWh", "lb CO2", "US$"}, rows);
}

std::string line_text(const ProjectionFit& fit) {
  const LeastSquaresLine& line = fit.forward;
  std::string text = fmt::format(
      "{} = {:.4g} + {:.4f} log10 C, C in floating-point operations, through {} systems (slope +- "
      "{:.4f}, R^2 {:.3f}).",
      fit.form == ProjectionForm::power ? "log10 1/error" : "1/error", line.line.intercept, line.line.slope,
      line.rows, line.slope_error, line.r_squared);
  if (fit.form == ProjectionForm::power)
    text +=
        fmt::format(" Computing grows as (1/error)^{:.1f}; by the reverse regression as (1/error)^{:.1f}.",
                    1 / line.line.slope, 1 / fit.reverse.slope);
  return text;
}

std::string machine_text(const Machine& machine) {
  const GflopRates rates = gflop_rates(machine);
  const auto rate = [](double value, const char* unit) {
    return std::isnan(value) ? std::string(unit) + " not known" : short_number(value) + " " + unit;
  };
  return fmt::format("Per GFLOP at the peak rate of {}: {}, {}, {}{}.", machine.name, rate(rates.kwh, "kWh"),
                     rate(rates.pounds, "lb CO2"), rate(rates.dollars, "US$"),
                     machine.source.empty() ? "" : " (" + machine.source + ")");
}

std::string warnings_text(const ProjectionTable& table, const Console& console) {
  std::string out;
  for (const Projection& projection : table.projections) {
    const std::string warning = make_warning(projection, table.fit);
    if (!warning.empty())
      out += console.paint.yellow("Error " + percent(projection.target) + ": ") +
             wrapped(warning, console.width - 16, 2) + "\n";
  }
  return out;
}

}  // namespace

std::string projections_text(const ProjectionTable& table, const Console& console) {
  return wrapped(line_text(table.fit), console.width) + "\n\n" + numbers_text(table) + "\n" +
         wrapped(machine_text(table.machine), console.width) + "\n" + warnings_text(table, console);
}

}  // namespace quartic
