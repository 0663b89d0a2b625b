#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/help/names.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/common_options.hpp"
#include "cli/verbs/verb.hpp"
#include "core/number_text.hpp"
#include "core/options.hpp"
#include "core/require.hpp"
#include "laws/theory/catalogue/catalogue.hpp"
#include "laws/theory/exponents.hpp"

namespace quartic {

namespace {

std::string field(double value) {
  return std::isfinite(value) ? shortest(value) : "";
}

/// What --set asked for: sizes and values of the curve's parameters.
struct Tabulation {
  std::vector<double> sizes = {10, 20, 50, 100, 200, 500, 1000, 2000, 5000};
  TheoryValues values;
};

double parse_number(std::string_view text, std::string_view key) {
  const std::optional<double> value = read_number(text);
  require(
      value.has_value(),
      fmt::format("{} was given \"{}\" (it takes a number). Write for example --set {}=10.", key, text, key));
  return *value;
}

/// "10,100" or "[10, 100]".
std::vector<double> parse_sizes(std::string text) {
  std::erase_if(text, [](char c) { return c == '[' || c == ']' || c == ' '; });
  std::vector<double> sizes;
  for (std::size_t first = 0; first <= text.size();) {
    const std::size_t comma = std::min(text.find(',', first), text.size());
    sizes.push_back(parse_number(text.substr(first, comma - first), "n"));
    require(sizes.back() >= 1,
            "n was given " + shortest(sizes.back()) + " (a sample has at least one row). Write --set n=100.");
    first = comma + 1;
  }
  return sizes;
}

Tabulation read_tabulation(const TheoryCurve& curve, const Request& request) {
  Tabulation table;
  TheoryValues changes;
  for (const auto& [key, text] : list_settings(request)) {
    if (key == "n")
      table.sizes = parse_sizes(text);
    else
      changes[key] = parse_number(text, key);
  }
  table.values = theory_values(curve, changes);
  return table;
}

std::string as_csv(const TheoryCurve& curve, const Tabulation& table) {
  std::string out = "n,excess_risk,normalised_error\n";
  for (const double n : table.sizes) {
    const TheoryPoint point = curve.evaluate(n, table.values);
    out += shortest(n) + "," + field(point.excess_risk) + "," + field(point.normalised_error) + "\n";
  }
  return out;
}

std::string as_json(const TheoryCurve& curve, const Tabulation& table) {
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

std::string as_table(const TheoryCurve& curve, const Tabulation& table, const Console& console) {
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

/// The places of its world by the names that --set takes.
std::vector<std::pair<std::string, double ScalingWorld::*>> world_places() {
  return {{"roughness", &ScalingWorld::roughness},
          {"spectrum_exponent", &ScalingWorld::spectrum_exponent},
          {"signal_exponent", &ScalingWorld::signal_exponent}};
}

ScalingWorld scaling_world(const Request& request) {
  ScalingWorld world;
  for (const auto& [key, text] : list_settings(request)) {
    double ScalingWorld::*place = nullptr;
    std::vector<std::string> names;
    for (const auto& [name, member] : world_places()) {
      if (name == key) place = member;
      names.push_back(name);
    }
    require(place != nullptr, "the table of exponents has no option \"" + key + "\" (it has " +
                                  joined(names) + ")." + suggestion(key, names));
    world.*place = parse_number(text, key);
  }
  return world;
}

std::string exponents_csv(const std::vector<DesignScaling>& designs) {
  std::string out = "design,error,computing,data_exponent,compute_exponent,source\n";
  for (const auto& [name, design, scaling, source] : designs)
    out += fmt::format("{},{},{},{},{},\"{}\"\n", name, shortest(scaling.error), shortest(scaling.computing),
                       field(scaling.data_exponent()), field(scaling.compute_exponent()), source);
  return out;
}

std::string exponents_json(const std::vector<DesignScaling>& designs, const ScalingWorld& world) {
  nlohmann::ordered_json parameters, list = nlohmann::ordered_json::array();
  for (const auto& [name, member] : world_places()) parameters[name] = world.*member;
  for (const auto& [name, design, scaling, source] : designs)
    list.push_back({{"name", name},
                    {"design", design},
                    {"error", scaling.error},
                    {"computing", scaling.computing},
                    {"data_exponent", scaling.data_exponent()},
                    {"compute_exponent", scaling.compute_exponent()},
                    {"source", source}});
  const nlohmann::ordered_json document = {
      {"schema_version", 1}, {"curve", exponents_topic}, {"parameters", parameters}, {"designs", list}};
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

std::string exponents(const Request& request, const Console& console) {
  const ScalingWorld world = scaling_world(request);
  const std::vector<DesignScaling> designs = design_scalings(world);
  if (request.has("--csv")) return exponents_csv(designs);
  return request.has("--json") ? exponents_json(designs, world) : exponents_text(designs, world, console);
}

int theory(const Request& request, const Program& program) {
  const bool json = request.has("--json"), csv = request.has("--csv");
  require(!json || !csv, "--json and --csv were both given (the table is printed once). Keep one of them.");
  if (*request.value("CURVE") == exponents_topic) {
    program.console.out << exponents(request, program.console);
    return exit_status::done;
  }
  const TheoryCurve& curve = theory_curve(*request.value("CURVE"));
  const Tabulation table = read_tabulation(curve, request);
  program.console.out << (csv    ? as_csv(curve, table)
                          : json ? as_json(curve, table)
                                 : as_table(curve, table, program.console));
  return exit_status::done;
}

}  // namespace

Verb theory_verb() {
  return {
      .text =
          {.name = "theory",
           .summary = "a formula of theory as a table over n",
           .description = R"(
Evaluates one of the closed forms of theory at several sizes. Its options are set like those of a study.
quartic list theory names the curves, their options and the papers they come from. In the place of a curve,
exponents tabulates which power of the performance computing grows by.
)",
           .arguments = {{.name = "CURVE", .help = "A curve of theory.", .completes = Completes::curves}},
           .options =
               {{.name = "--set",
                 .letter = "-s",
                 .value = "KEY=VALUE",
                 .help = "One option of the curve, such as noise=2; may be repeated. The sizes are n: --set "
                         "n=100 or --set n=10,100,1000.",
                 .repeats = true},
                {.name = "--json", .help = "Print JSON instead of a table."},
                {.name = "--csv", .help = "Print comma-separated values instead of a table."}},
           .examples = {{"quartic theory oracle", "what an expert who knows everything can reach"},
                        {"quartic theory lasso --set noise=2 --set n=200,400,800",
                         "the lasso, with more noise"},
                        {"quartic theory exponents --set roughness=2", "exponents of computing, by design"}}},
      .run = theory};
}

}  // namespace quartic
