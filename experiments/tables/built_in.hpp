#pragma once
/// Tables of facts that come with the program: published systems, and what computing costs.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "laws/frontiers/generations.hpp"
#include "laws/frontiers/machine.hpp"

namespace quartic {

/// name -> CSV: "imagenet" (systems with error and computing), "conversions" (jobs on hardware), "generations" (of
/// hardware).
const std::map<std::string, std::string, std::less<>>& built_in_tables();

/// A table of conversions, one row a generation of hardware. Columns: hardware, year, processors,
/// peak_gflops, hours, watts, pue, pounds_co2_per_kwh, pounds_co2, dollars, source
/// (laws/frontiers/machine.hpp says what each means; all but hardware may have empty fields, and year,
/// pounds_co2 and source may be absent). Throws InvalidInput with file and column for a table without them,
/// or numbers that are not positive.
std::vector<Machine> read_machines(std::string_view csv, std::string_view file);

/// The one of this name, or the first where the name is "". Throws InvalidInput with the nearest name.
const Machine& machine_named(const std::vector<Machine>& machines, std::string_view name);

/// A table of generations, one row a processor and precision. Columns: hardware, year, kind ("general" or
/// "specialised"), precision, peak_gflops, watts, price, dollars_per_hour, pue, pounds_co2_per_kwh, source
/// (laws/frontiers/generations.hpp says what each means; numbers but peak_gflops may be empty, and source may be
/// absent). Throws InvalidInput as read_machines, and for another kind.
std::vector<Generation> read_generations(std::string_view csv, std::string_view file);

}  // namespace quartic
