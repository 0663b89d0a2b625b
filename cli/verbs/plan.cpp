#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/studies/power.hpp"
#include "cli/studies/study_limits.hpp"
#include "cli/studies/study_source.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/verb.hpp"
#include "core/bytes_text.hpp"
#include "core/require.hpp"
#include "experiments/engine/engine.hpp"
#include "experiments/study/arm.hpp"

namespace quartic {

namespace {

std::string computing(const Plan& needs) {
  if (std::isnan(needs.flops)) return "unknown (a model does not say what its fits cost)";
  return short_number(needs.flops) + " floating-point operations, each fit billed as if it ran alone";
}

std::string memory(const Plan& needs) {
  return fmt::format(
      "about {} at its height: {} for the program, {} for the results, and {} for a replicate, {} at once",
      bytes_text(needs.memory_bytes), bytes_text(needs.program_bytes), bytes_text(needs.results_bytes),
      bytes_text(needs.task_bytes), needs.tasks_at_once);
}

/// How many replicates each claim takes; and with one size more, as far beyond the largest as that is beyond
/// the one before.
std::string power_text(const Study& study, const PowerOptions& options, const Console& console) {
  std::vector<std::vector<std::string>> rows;
  for (const ClaimPower& one : plan_power(study, options))
    rows.push_back({one.quantity, short_number(one.expect) + " +- " + short_number(one.margin),
                    replicates_text(one.replicates), replicates_text(one.with_one_size_more)});
  require(
      !rows.empty(),
      "the study claims no exponent as a number (claims with law = \"data_exponent\" or \"compute_exponent\" "
      "and expect). Add one, or leave out --power.");
  return wrapped(
             fmt::format(
                 "Replicates with which a claim, read by the power law, is supported nine times in ten where "
                 "it is true, and rejected nine times in ten where the exponent is {}; errors that scatter "
                 "by {} in logarithms (-: no number is enough, or the margin holds both).",
                 short_number(*options.against), short_number(options.spread)),
             console.width) +
         "\n\n" + aligned_table({"claim", "expects", "replicates", "with one size more"}, rows);
}

/// Nobody knows how many replicates an adaptive study will run: the plan is for the most.
std::string replicates_text(const Study& study) {
  if (!study.adaptive) return with_thousands(study.replicates);
  const AdaptiveReplicates& rule = *study.adaptive;
  std::string text = with_thousands(rule.least) + " to " + with_thousands(rule.most) +
                     ", as many as it takes; what follows is for " + with_thousands(rule.most);
  if (std::any_of(rule.targets.begin(), rule.targets.end(),
                  [](const AdaptiveTarget& target) { return is_of_crossing(target.law.law); }))
    text += " at all sizes (searches for crossings open a few of their further sizes)";
  if (std::isfinite(rule.budget))
    text += ", computing and time for no more than the study's budget of " + short_number(rule.budget);
  return text;
}

/// What distinguishes the largest cell, and what one of its replicates takes.
std::string largest(const Plan& needs) {
  std::string text;
  for (const auto& [key, value] : needs.largest.settings) text += key + " = " + value + ", ";
  text += bytes_text(needs.largest.bytes) + " and " + duration(needs.largest.seconds) +
          " of one core a replicate";
  if (!std::isnan(needs.largest.flops))
    text += ", " + short_number(needs.largest.flops) + " floating-point operations";
  return text;
}

std::string disk(const Plan& needs) {
  return "about " + bytes_text(needs.disk_bytes) + ": the store, records.csv, cube.npy and all other files";
}

std::string plan_text(const Study& study, const Plan& needs, const Console& console) {
  return console.paint.bold(wrapped(study.title, console.width)) + "\n" +
         definition_list({{"cells", with_thousands(needs.cells)},
                          {"replicates", replicates_text(study)},
                          {"fits", with_thousands(needs.fits)},
                          {"computing", computing(needs)},
                          {"time", "about " + duration(needs.seconds)},
                          {"memory", memory(needs)},
                          {"disk", disk(needs)},
                          {"largest cell", largest(needs)},
                          {"basis", needs.basis}},
                         console.width);
}

/// Pilots that fail or diverge do so in the run too; what the first would have taken is in no figure.
int report_failures(const Plan& needs, const Console& console) {
  const auto tell = [&](Index count, const std::string& what, const std::string& first) {
    if (count == 0) return;
    const std::string text =
        fmt::format("{} of {} fits of the pilot {}. The first: {}", count, needs.pilot_fits, what, first);
    console.out << "\n" << wrapped(text, console.width) << "\n";
  };
  tell(needs.pilot_failures, "failed, and the figures leave them out", needs.pilot_failure);
  tell(needs.pilot_divergences, "diverged", needs.pilot_divergence);
  return needs.pilot_failures + needs.pilot_divergences == 0 ? exit_status::done : exit_status::failed_fits;
}

int plan_study(const Request& request, const Program& program) {
  const Console& console = program.console;
  const PowerOptions power = read_power(request);
  require(power.against || !request.has("--spread"),
          "--spread was given without --power (it is the spread that power is reckoned with). Add --power.");
  const LimitOptions limits = read_limits(request);
  const EngineOptions engine{.threads = read_threads(request), .memory_bytes = read_memory(request)};
  const StudySource source = simulated_source(read_study_options(request), program.catalogues);
  if (power.against) {
    console.out << power_text(parse(source), power, console);
    return exit_status::done;
  }
  const LimitedStudy limited = within_limits(source, limits, engine);
  const Plan needs = plan(limited.study, engine);
  console.out << plan_text(limited.study, needs, console);
  if (!limited.trimmed.empty()) console.out << "\n" << wrapped(limited.trimmed, console.width) << "\n";
  return report_failures(needs, console);
}

}  // namespace

Verb plan_verb() {
  return {.text = {.name = "plan",
                   .summary = "what a run would cost, before you start it",
                   .description = R"(
Says how many cells and fits a run would make, how much computing, time, memory (of the process, at its
height) and disk (when it has ended) it would take, and which cell is the largest. It tries a small part of
the run for a few seconds, of a large sweep a few cells, and multiplies; nothing is written. Where a fit of
that part fails, the plan says so and its exit status is 1.

With --power it says instead how many replicates each claim about an exponent takes: to be supported nine
times in ten where it is true, and rejected nine times in ten where the exponent is the one given.
)",
                   .arguments = {study_argument()},
                   .options = together(
                       {study_options(), machine_options(), limit_options(),
                        power_options(
                            "Plan replicates instead: to tell each claim about an exponent from this one.")}),
                   .examples = {{"quartic plan figure2 --effort paper", "is there time before lunch?"},
                                {"quartic plan mine.toml --hours 2 --trim",
                                 "how many replicates fit into two hours?"},
                                {"quartic plan compute_exponent --power 9 --spread 0.3",
                                 "how many replicates tell 4 from 9?"}}},
          .run = plan_study};
}

}  // namespace quartic
