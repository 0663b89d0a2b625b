#include "cli/hardware/hardware_question.hpp"

#include <algorithm>
#include <cmath>

#include "cli/hardware/run_bill.hpp"
#include "cli/help/common_options.hpp"
#include "cli/terminal/text.hpp"
#include "cli/terminal/text_file.hpp"
#include "core/require.hpp"
#include "experiments/tables/built_in.hpp"

namespace quartic {

namespace {

std::vector<Generation> open_generations(const Request& request) {
  const std::string file = read_name(request, "--generations");
  return file.empty() ? read_generations(built_in_tables().at("generations"), "generations")
                      : read_generations(read_text_file(file), file);
}

bool is_known(MachineCost cost, const Generation& generation) {
  return !std::isnan(cost_in(generation_bill(generation, 1), cost));
}

/// The first of this name, or the first of all with this cost where none is given.
std::size_t find_generation(const std::vector<Generation>& generations, const std::string& name,
                            MachineCost cost) {
  const std::string cost_word(word_for(machine_cost_words, cost));
  std::vector<std::string> names, with_cost;
  for (std::size_t k = 0; k < generations.size(); ++k) {
    const bool known = is_known(cost, generations[k]);
    if (known && (name.empty() || generations[k].name == name)) return k;
    names.push_back(generations[k].name);
    if (known) with_cost.push_back(generations[k].name);
  }
  require(
      !with_cost.empty(),
      "--cost was given \"" + cost_word +
          "\" (no generation of the table tells it, so that nothing can be compared by it). Ask for another "
          "cost, or add it to the table.");
  if (std::find(names.begin(), names.end(), name) == names.end())
    throw InvalidInput("--from was given \"" + name + "\" (no generation has this name)." +
                       suggestion(name, names));
  throw InvalidInput("--from was given \"" + name + "\" (the table does not tell its cost \"" + cost_word +
                     "\", by which generations are compared). Name another, such as \"" + with_cost.front() +
                     "\".");
}

/// The one asked for, or the first that the table tells of some generation; hours it always tells.
MachineCost read_cost(const Request& request, const std::vector<Generation>& generations) {
  const std::optional<std::string> cost = request.value("--cost");
  if (cost) {
    const std::optional<MachineCost> known = parse_word(machine_cost_words, *cost);
    require(known.has_value(), "--cost was given \"" + *cost + "\" (there is no such cost)." +
                                   suggestion(*cost, spell_all(machine_cost_words)));
    return *known;
  }
  for (const auto& cost_word : machine_cost_words)
    if (std::any_of(generations.begin(), generations.end(),
                    [&](const Generation& one) { return is_known(cost_word.value, one); }))
      return cost_word.value;
  return MachineCost::hours;
}

void read_run_bill(const Request& request, const Catalogues& catalogues, HardwareReport& report) {
  const std::string folder = *request.value("DIR"), arm = read_name(request, "--arm");
  const RunBill bill = bill_of_run(read_run(folder, catalogues), arm);
  require(bill.flops > 0,
          "the run " + folder +
              " has no fit that tells its operations (there is nothing to bill). Run the study, "
              "or name other operations with --flops.");
  report.flops = bill.flops;
  report.what =
      arm.empty() ? "all fits of " + folder : "one fit of " + arm + " at the largest size of " + folder;
  report.exponent = bill.exponent;
  report.exponent_of = " as " + arm + " has it there";
}

}  // namespace

HardwareReport read_hardware(const Request& request, const Catalogues& catalogues) {
  const std::optional<double> flops = read_positive(request, "--flops");
  const bool of_run = request.value("DIR").has_value();
  require(of_run != flops.has_value(),
          std::string(of_run ? "both a run and --flops were given" : "neither a run nor --flops was given") +
              " (one of them says how many operations). Name the folder of a run, or write --flops 1e18.");
  require(of_run || !request.has("--arm"),
          "--arm was given without a run (arms are those of a study). Name the folder of a run.");
  HardwareReport report{.flops = flops.value_or(0), .generations = open_generations(request)};
  report.cost = read_cost(request, report.generations);
  report.from = find_generation(report.generations, read_name(request, "--from"), report.cost);
  report.employment.reached = read_positive(request, "--reached").value_or(1);
  report.employment.years = read_positive(request, "--years").value_or(report.employment.years);
  require(report.employment.reached <= 1,
          "--reached is above 1 (it is a share of the peak rate). Give one such as 0.3.");
  if (of_run) read_run_bill(request, catalogues, report);
  if (const std::optional<double> q = read_positive(request, "--exponent"))
    report.exponent = {*q, *q, *q}, report.exponent_of = " as given";
  return report;
}

}  // namespace quartic
