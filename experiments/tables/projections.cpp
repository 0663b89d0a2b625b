#include "experiments/tables/projections.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace quartic {

namespace {

using Json = nlohmann::ordered_json;

Json costs_json(double log10_flops, const Machine& machine) {
  const LogCosts costs = log_costs(log10_flops, machine);
  return {{"log10_gflop", costs.gflop},
          {"log10_kwh", costs.kwh},
          {"log10_pounds_co2", costs.pounds},
          {"log10_dollars", costs.dollars}};
}

Json projection_json(const Projection& projection, const ProjectionTable& table) {
  const Interval& flops = projection.log10_flops;
  const std::string warning = make_warning(projection, table.fit);
  return {{"target", projection.target},
          {"estimate", costs_json(flops.estimate, table.machine)},
          {"low", costs_json(flops.low, table.machine)},
          {"high", costs_json(flops.high, table.machine)},
          {"reverse", costs_json(projection.reverse, table.machine)},
          {"decades_beyond", projection.decades_beyond},
          {"extrapolation", projection.decades_beyond > most_decades_beyond},
          {"warnings", warning.empty() ? Json::array() : Json::array({warning})}};
}

}  // namespace

LogCosts log_costs(double log10_flops, const Machine& machine) {
  const GflopRates rates = gflop_rates(machine);
  const double gflop = log10_flops - 9;
  return {gflop, gflop + std::log10(rates.kwh), gflop + std::log10(rates.pounds),
          gflop + std::log10(rates.dollars)};
}

std::string make_warning(const Projection& projection, const ProjectionFit& fit) {
  const Interval& flops = projection.log10_flops;
  if (std::isnan(flops.estimate))
    return "The error does not fall with computing in this table: there is nothing to project.";
  std::string warning;
  if (projection.decades_beyond > most_decades_beyond)
    warning = fmt::format(
        "The estimate lies {:.1f} decades outside the computing of the table (10^{:.1f} to 10^{:.1f} "
        "operations): an extrapolation, not a forecast.",
        projection.decades_beyond, fit.least, fit.most);
  if (std::isinf(flops.low) || std::isinf(flops.high))
    warning +=
        std::string(warning.empty() ? "" : " ") + "The slope may be zero, so that the interval has no end.";
  return warning;
}

std::string projections_json(const ProjectionTable& table) {
  const LeastSquaresLine& fit = table.fit.forward;
  const GflopRates rates = gflop_rates(table.machine);
  Json json{{"law", to_string(table.fit.form)}, {"intercept", fit.line.intercept}, {"slope", fit.line.slope},
            {"slope_error", fit.slope_error},   {"r_squared", fit.r_squared},      {"rows", fit.rows}};
  if (table.fit.form == ProjectionForm::power) {
    json["exponent"] = 1 / fit.line.slope;
    json["reverse_exponent"] = 1 / table.fit.reverse.slope;
  }
  json["hardware"] = table.machine.name;
  json["rates"] = {{"kwh_per_gflop", rates.kwh},
                   {"pounds_co2_per_gflop", rates.pounds},
                   {"dollars_per_gflop", rates.dollars}};
  json["confidence"] = table.confidence;
  json["projections"] = Json::array();
  for (const Projection& projection : table.projections)
    json["projections"].push_back(projection_json(projection, table));
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace quartic
