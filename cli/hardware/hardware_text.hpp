#pragma once
/// The same operations on every generation of hardware, as a table for people and as JSON.
#include <optional>
#include <string>
#include <vector>

#include "cli/terminal/console.hpp"
#include "laws/frontiers/generations.hpp"

namespace quartic {

struct HardwareReport {
  double flops = 0;
  std::string what;  ///< they are spent on: "all fits of runs/nine"; "" where nobody says
  std::vector<Generation> generations;
  std::size_t from = 0;  ///< the one that the others are held against
  Employment employment;
  MachineCost cost = MachineCost::bought;
  std::optional<Interval> exponent;  ///< q: computing grows as k^q
  std::string exponent_of;           ///< where it comes from
};

/// A row a generation: hours, energy, carbon dioxide and money, how many times the operations it does for the same
/// cost, and what that buys in performance; then each specialised one against the latest general one of its year or
/// before.
std::string hardware_text(const HardwareReport& report, const Console& console);

/// {"schema_version": 1, "flops", "cost", "from", "reached", "years", "exponent": {estimate, low, high} or null,
/// "generations": [{hardware, year, kind, precision, hours, kwh, kg_co2, bought, rented, operations_gained,
/// performance_gained: {...} or null}], "specialised": [{hardware, against, rented, energy}]}. NaN is null.
std::string hardware_json(const HardwareReport& report);

}  // namespace quartic
