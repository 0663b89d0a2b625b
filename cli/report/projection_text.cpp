#include "cli/report/projection_text.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <vector>

#include "cli/terminal/text.hpp"
#include "core/number_text.hpp"

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

/// Two digits that count: "140", "3.2".
std::string two_digits(double value) {
  const double unit = std::pow(10, std::floor(std::log10(value)) - 1);
  return with_digits(unit * std::round(value / unit), 6);
}

/// "140 billion", "3.2 million", "10^31", from the logarithm to the base of ten.
std::string amount_text(double log10_amount) {
  if (std::isinf(log10_amount)) return log10_amount > 0 ? "no end" : "nothing";
  constexpr std::array<const char*, 5> scales = {"", " thousand", " million", " billion", " trillion"};
  const auto scale = static_cast<int>(std::floor(log10_amount / 3));
  if (scale < 0) return two_digits(std::pow(10, log10_amount));
  if (scale >= static_cast<int>(scales.size())) return fmt::format("10^{:.0f}", log10_amount);
  return two_digits(std::pow(10, log10_amount - 3 * scale)) + scales[static_cast<std::size_t>(scale)];
}

/// The comparison of Thompson, Greenewald, Lee & Manso 2021 (IEEE Spectrum 58(10), "Deep learning's
/// diminishing returns").
std::string beside_new_york(double log10_tonnes) {
  const double log10_months = log10_tonnes - std::log10(new_york_tonnes_a_year / 12);
  if (log10_months < -1) return "";
  const bool in_years = log10_months > std::log10(24.0);
  return " (what New York City emits in " +
         (in_years ? amount_text(log10_months - std::log10(12.0)) + " years"
                   : two_digits(std::pow(10, log10_months)) + " months") +
         ")";
}

std::string money_text(double log10_dollars) {
  return (std::isinf(log10_dollars) ? "" : "US$ ") + amount_text(log10_dollars);
}

/// What a projection comes to, without logarithms; "" where the rates of the hardware are not known.
std::string words_text(const Projection& projection, const ProjectionTable& table) {
  const auto costs = [&](double log10_flops) { return log_costs(log10_flops, table.machine); };
  const LogCosts estimate = costs(projection.log10_flops.estimate), low = costs(projection.log10_flops.low),
                 high = costs(projection.log10_flops.high);
  std::vector<std::string> parts;
  if (std::isfinite(estimate.kwh)) parts.push_back(amount_text(estimate.kwh) + " kWh");
  const double tonnes = estimate.pounds + std::log10(tonnes_per_pound);
  if (std::isfinite(tonnes))
    parts.push_back(amount_text(tonnes) + " tonnes of CO2" + beside_new_york(tonnes));
  if (std::isfinite(estimate.dollars))
    parts.push_back(money_text(estimate.dollars) + ", by the interval from " + money_text(low.dollars) +
                    " to " + money_text(high.dollars));
  return parts.empty() ? "" : "In words, " + percent(projection.target) + " takes " + joined(parts) + ".";
}

std::string in_words_text(const ProjectionTable& table, const Console& console) {
  std::string out;
  for (const Projection& projection : table.projections)
    if (const std::string words = words_text(projection, table); !words.empty())
      out += wrapped(words, console.width) + "\n";
  return out.empty() ? "" : out + "\n";
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
         in_words_text(table, console) + wrapped(machine_text(table.machine), console.width) + "\n" +
         warnings_text(table, console);
}

}  // namespace quartic
