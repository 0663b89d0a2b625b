#include <fmt/format.h>

#include "cli/help/common_options.hpp"
#include "cli/help/names.hpp"
#include "cli/report/theory_text.hpp"
#include "cli/verbs/verb.hpp"
#include "core/number_text.hpp"
#include "core/options.hpp"
#include "core/require.hpp"
#include "laws/theory/catalogue/catalogue.hpp"
#include "laws/theory/exponents.hpp"

namespace quartic {

namespace {

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

std::string exponents(const Request& request, const Console& console) {
  const ScalingWorld world = scaling_world(request);
  const std::vector<DesignScaling> designs = design_scalings(world);
  if (request.has("--csv")) return exponents_csv(designs);
  return request.has("--json") ? exponents_json(exponents_topic, designs, world)
                               : exponents_text(designs, world, console);
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
  program.console.out << (csv    ? tabulation_csv(curve, table)
                          : json ? tabulation_json(curve, table)
                                 : tabulation_text(curve, table, program.console));
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
