#pragma once
/// Targets of error projected to computing, energy, carbon dioxide and money.
#include <string>
#include <vector>

#include "laws/frontiers/machine.hpp"
#include "laws/frontiers/projection.hpp"

namespace quartic {

struct ProjectionTable {
  ProjectionFit fit;
  Machine machine;  ///< whose rates turn computing into the rest
  double confidence = 0.95;
  std::vector<Projection> projections;  ///< one a target
};

/// What one end of a projection comes to, as powers of ten: they outgrow every other unit.
struct LogCosts {
  double gflop, kwh, pounds, dollars;
};
LogCosts log_costs(double log10_flops, const Machine& machine);

/// "" or why this projection is no forecast: it lies more than two decades beyond the table, or has no end.
std::string make_warning(const Projection& projection, const ProjectionFit& fit);

/// {"law", "intercept", "slope", "slope_error", "r_squared", "rows", "exponent", "reverse_exponent" (power
/// law only), "hardware", "rates", "confidence", "projections": [{"target", "estimate", "low", "high",
/// "reverse" (each {"log10_gflop", "log10_kwh", "log10_pounds_co2", "log10_dollars"}), "decades_beyond",
/// "extrapolation", "warnings"}]}; not finite is null.
std::string projections_json(const ProjectionTable& table);

}  // namespace quartic
