#include "cli/report/theory_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/terminal/text.hpp"
#include "core/number_text.hpp"

namespace quartic {

namespace {

std::string field(double value) {
  return std::isfinite(value) ? shortest(value) : "";
}

}  // namespace

std::string tabulation_csv(const TheoryCurve& curve, const Tabulation& table) {
  std::string out = "n,excess_risk,normalised_error\n";
  for (const double n : table.sizes) {
    const TheoryPoint point = curve.evaluate(n, table.values);
    out += shortest(n) + "," + field(point.excess_risk) + "," + field(point.normalised_error) + "\n";
  }
  return out;
}

std::string tabulation_json(const TheoryCurve& curve, const Tabulation& table) {
  nlohmann::ordered_json points = nlohmann::ordered_json::array();
  for (const double n : table.sizes) {
    const TheoryPoint point = curve.evaluate(n, table.values);
    points.push_back(
        {{"n", n}, {"excess_risk", point.excess_risk}, {"normalised_error", point.normalised_error}});
  }
  const nlohmann::ordered_json document = {
      {"schema_version", 1}, {"curve", curve.name}, {"parameters", table.values}, {"points", points}};
  return document.dump(2) + "\n";
}

std::string tabulation_text(const TheoryCurve& curve, const Tabulation& table, const Console& console) {
  std::string out = console.paint.bold(curve.name) + "\n" +
                    wrapped(curve.summary + " (" + curve.citation + ")", console.width);
  std::vector<std::string> values;
  for (const auto& [name, value] : table.values) values.push_back(name + " = " + shortest(value));
  out += "\n" + wrapped(joined(values), console.width) + "\n\n";
  std::vector<std::vector<std::string>> rows;
  for (const double n : table.sizes) {
    const TheoryPoint point = curve.evaluate(n, table.values);
    rows.push_back({shortest(n), short_number(point.excess_risk), short_number(point.normalised_error)});
  }
  return out + aligned_table({"n", "excess risk", "normalised error"}, rows);
}

// --- The table of exponents ---

std::vector<std::pair<std::string, double ScalingWorld::*>> world_places() {
  return {{"roughness", &ScalingWorld::roughness},
          {"spectrum_exponent", &ScalingWorld::spectrum_exponent},
          {"signal_exponent", &ScalingWorld::signal_exponent}};
}

std::string exponents_csv(const std::vector<DesignScaling>& designs) {
  std::string out = "design,error,computing,data_exponent,compute_exponent,source\n";
  for (const auto& [name, design, scaling, source] : designs)
    out += fmt::format("{},{},{},{},{},\"{}\"\n", name, shortest(scaling.error), shortest(scaling.computing),
                       field(scaling.data_exponent()), field(scaling.compute_exponent()), source);
  return out;
}

std::string exponents_json(std::string_view name, const std::vector<DesignScaling>& designs,
                           const ScalingWorld& world) {
  nlohmann::ordered_json parameters, list = nlohmann::ordered_json::array();
  for (const auto& [key, member] : world_places()) parameters[key] = world.*member;
  for (const auto& [design_name, design, scaling, source] : designs)
    list.push_back({{"name", design_name},
                    {"design", design},
                    {"error", scaling.error},
                    {"computing", scaling.computing},
                    {"data_exponent", scaling.data_exponent()},
                    {"compute_exponent", scaling.compute_exponent()},
                    {"source", source}});
  const nlohmann::ordered_json document = {
      {"schema_version", 1}, {"curve", name}, {"parameters", parameters}, {"designs", list}};
  return document.dump(2) + "\n";
}

std::string exponents_text(const std::vector<DesignScaling>& designs, const ScalingWorld& world,
                           const Console& console) {
  std::string out =
      console.paint.bold("k times the performance takes k^q times the computing") + "\n" +
      wrapped(
          "Over n rows the root of the squared error falls as n^-error, and operations grow as n^computing, "
          "logarithms left out: q = computing/error. Performance is one over that root.",
          console.width) +
      "\n";
  std::vector<std::string> values;
  for (const auto& [name, member] : world_places()) values.push_back(name + " = " + shortest(world.*member));
  out += wrapped(joined(values), console.width) + "\n\n";
  std::vector<std::vector<std::string>> rows;
  for (const auto& [name, design, scaling, source] : designs) {
    const double exponent = scaling.compute_exponent();
    rows.push_back({std::string(design), short_number(scaling.error), short_number(scaling.computing),
                    std::isfinite(exponent) ? short_number(exponent) : "none", std::string(source)});
  }
  return out + aligned_table({"design", "error", "computing", "exponent", "source"}, rows);
}

}  // namespace quartic
