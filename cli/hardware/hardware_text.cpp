#include "cli/hardware/hardware_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/report/report.hpp"
#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

using Json = nlohmann::ordered_json;

constexpr double kilograms_per_pound = 0.45359237;

std::string number_text(double value) {
  return std::isnan(value) ? "-" : short_number(value);
}

std::string name_of(const Generation& generation) {
  return generation.name + ", " + generation.precision;
}

double gained_by(const HardwareReport& report, const Generation& generation) {
  return operations_gained(report.generations[report.from], generation, report.cost);
}

std::string performance_text(const HardwareReport& report, double gained) {
  if (!report.exponent || std::isnan(gained)) return "-";
  const Interval performance = performance_gained(gained, *report.exponent);
  const bool exact = report.exponent->low == report.exponent->high;
  return number_text(performance.estimate) + (exact ? "" : " " + interval_text(performance));
}

std::string table_text(const HardwareReport& report) {
  std::vector<std::string> header = {"hardware", "year",        "hours",       "kWh",
                                     "kg CO2",   "US$, bought", "US$, rented", "operations"};
  if (report.exponent) header.push_back("performance");
  std::vector<std::vector<std::string>> rows;
  for (const Generation& one : report.generations) {
    const GenerationBill bill = generation_bill(one, report.flops, report.employment);
    const double gained = gained_by(report, one);
    rows.push_back({name_of(one), std::isnan(one.year) ? "-" : fmt::format("{:.0f}", one.year),
                    number_text(bill.hours), number_text(bill.kwh),
                    number_text(kilograms_per_pound * bill.pounds), number_text(bill.bought),
                    number_text(bill.rented), number_text(gained)});
    if (report.exponent) rows.back().push_back(performance_text(report, gained));
  }
  return aligned_table(header, rows);
}

std::string cost_in_words(MachineCost cost) {
  switch (cost) {
    case MachineCost::bought:
      return "dollar of its price";
    case MachineCost::rented:
      return "dollar of rent";
    case MachineCost::energy:
      return "kWh";
    case MachineCost::hours:
      break;
  }
  return "hour";
}

/// The latest general one of that year or before; null: there is none.
const Generation* general_beside(const HardwareReport& report, const Generation& specialised) {
  const Generation* latest = nullptr;
  for (const Generation& one : report.generations)
    if (!one.specialised && one.year <= specialised.year &&
        (!latest || one.year > latest->year ||
         (one.year == latest->year && one.peak_gflops > latest->peak_gflops)))
      latest = &one;
  return latest;
}

/// "TPU v4 against A100: 1.3 times the operations a dollar of rent, 1.8 times those a kWh.".
std::string specialised_text(const HardwareReport& report) {
  std::string out;
  for (const Generation& one : report.generations) {
    const Generation* general = one.specialised ? general_beside(report, one) : nullptr;
    if (!general) continue;
    out += name_of(one) + " (specialised) against " + name_of(*general) + ":";
    for (const MachineCost cost : {MachineCost::rented, MachineCost::energy}) {
      const double gained = operations_gained(*general, one, cost);
      out += (cost == MachineCost::rented ? " " : ", ") + number_text(gained) + " times the operations a " +
             cost_in_words(cost);
      if (report.exponent && !std::isnan(gained))
        out += " (" + performance_text(report, gained) + " times the performance)";
    }
    out += ".\n";
  }
  return out;
}

std::string assumptions_text(const HardwareReport& report) {
  std::string text = fmt::format(
      "At {} of the peak rate; what is bought is used day and night for {:g} years. Operations: how many times those of "
      "{}, per {}.",
      report.employment.reached == 1 ? "the whole" : fmt::format("{:g} %", 100 * report.employment.reached),
      report.employment.years, name_of(report.generations[report.from]), cost_in_words(report.cost));
  if (report.exponent)
    text += " Performance: that number to the power 1/q, q = " + short_number(report.exponent->estimate) +
            (report.exponent->low == report.exponent->high ? "" : " " + interval_text(*report.exponent)) +
            report.exponent_of + ".";
  return text;
}

Json number_json(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json interval_json(const std::optional<Interval>& interval) {
  if (!interval || std::isnan(interval->estimate)) return nullptr;
  return {{"estimate", number_json(interval->estimate)},
          {"low", number_json(interval->low)},
          {"high", number_json(interval->high)}};
}

Json row_json(const HardwareReport& report, const Generation& one) {
  const GenerationBill bill = generation_bill(one, report.flops, report.employment);
  const double gained = gained_by(report, one);
  std::optional<Interval> performance;
  if (report.exponent) performance = performance_gained(gained, *report.exponent);
  return {{"hardware", one.name},
          {"year", number_json(one.year)},
          {"kind", one.specialised ? "specialised" : "general"},
          {"precision", one.precision},
          {"hours", number_json(bill.hours)},
          {"kwh", number_json(bill.kwh)},
          {"kg_co2", number_json(kilograms_per_pound * bill.pounds)},
          {"bought", number_json(bill.bought)},
          {"rented", number_json(bill.rented)},
          {"operations_gained", number_json(gained)},
          {"performance_gained", interval_json(performance)}};
}

}  // namespace

std::string hardware_text(const HardwareReport& report, const Console& console) {
  const std::string what = report.what.empty() ? "" : ": " + report.what;
  std::string out = console.paint.bold(short_number(report.flops) + " floating-point operations" + what) +
                    "\n\n" + table_text(report) + "\n" + wrapped(assumptions_text(report), console.width) +
                    "\n";
  const std::string specialised = specialised_text(report);
  return specialised.empty() ? out : out + "\n" + wrapped(specialised, console.width) + "\n";
}

std::string hardware_json(const HardwareReport& report) {
  Json rows = Json::array(), specialised = Json::array();
  for (const Generation& one : report.generations) {
    rows.push_back(row_json(report, one));
    const Generation* general = one.specialised ? general_beside(report, one) : nullptr;
    if (!general) continue;
    specialised.push_back({{"hardware", name_of(one)},
                           {"against", name_of(*general)},
                           {"rented", number_json(operations_gained(*general, one, MachineCost::rented))},
                           {"energy", number_json(operations_gained(*general, one, MachineCost::energy))}});
  }
  const Json document{{"schema_version", 1},
                      {"flops", report.flops},
                      {"cost", word_for(machine_cost_words, report.cost)},
                      {"from", name_of(report.generations[report.from])},
                      {"reached", report.employment.reached},
                      {"years", report.employment.years},
                      {"exponent", interval_json(report.exponent)},
                      {"generations", rows},
                      {"specialised", specialised}};
  return document.dump(2) + "\n";
}

}  // namespace quartic
