#include <fmt/format.h>

#include <cmath>

#include "cli/help/description.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/verbs.hpp"
#include "core/require.hpp"
#include "experiments/engine/engine.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "laws/statistics/power.hpp"

namespace quartic {

namespace {

std::string computing(const Plan& needs) {
  if (std::isnan(needs.flops)) return "unknown (a model does not say what its fits cost)";
  return short_number(needs.flops) + " floating-point operations, each fit billed as if it ran alone";
}

std::string memory(const Plan& needs) {
  const double tasks = needs.task_bytes * needs.tasks_at_once;
  return fmt::format("about {}: {} for the results, and {} for a replicate, {} at once",
                     byte_size(tasks + needs.results_bytes), byte_size(needs.results_bytes),
                     byte_size(needs.task_bytes), needs.tasks_at_once);
}

bool is_exponent(const Claim& claim) {
  return (claim.law == LawKind::data_exponent || claim.law == LawKind::compute_exponent) &&
         claim.test == Claim::Test::expect && claim.formula.empty();
}

PowerDesign design_of(const Claim& claim, const Study& study, const PlanOptions& options) {
  std::vector<double> sizes;
  for (const Index n : study.sizes)
    if (static_cast<double>(n) >= claim.from && static_cast<double>(n) <= claim.to)
      sizes.push_back(static_cast<double>(n));
  return {.sizes = Eigen::Map<const Vector>(sizes.data(), std::ssize(sizes)),
          .spread = options.spread,
          .expect = claim.value,
          .margin = claim.margin,
          .against = *options.against,
          .of_computing = claim.law == LawKind::compute_exponent,
          .confidence = claim.confidence};
}

std::string needed(const PowerDesign& design) {
  const Index replicates = replicates_needed(design);
  return replicates < 0 ? "-" : with_thousands(replicates);
}

/// How many replicates each claim takes; and with one size more, as far beyond the largest as that is beyond
/// the one before.
std::string power_text(const Study& study, const PlanOptions& options, const Console& console) {
  std::vector<std::vector<std::string>> rows;
  for (const Claim& claim : study.claims) {
    if (!is_exponent(claim)) continue;
    PowerDesign design = design_of(claim, study, options);
    const std::string now = needed(design);
    const Index count = design.sizes.size();
    if (count >= 2) {
      const double next = design.sizes[count - 1] * design.sizes[count - 1] / design.sizes[count - 2];
      design.sizes.conservativeResize(count + 1);
      design.sizes[count] = next;
    }
    rows.push_back({claim.arm + ", " + (design.of_computing ? "compute" : "data") + " exponent",
                    short_number(claim.value) + " +- " + short_number(claim.margin), now, needed(design)});
  }
  require(!rows.empty(),
          "the study claims no exponent as a number (claims with law = \"data_exponent\" or "
          "\"compute_exponent\" and expect). Add one, or leave out --power.");
  return wrapped(
             fmt::format("Replicates with which a claim, read by the power law, is supported nine times in "
                         "ten where it is true, and "
                         "rejected nine times in ten where the exponent is {}; errors that scatter by {} in "
                         "logarithms (-: no number is enough, or the margin holds both).",
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
  if (std::isfinite(rule.budget))
    text += ", computing and time for no more than the study's budget of " + short_number(rule.budget);
  return text;
}

/// What distinguishes the largest cell, and what one of its replicates takes.
std::string largest(const Plan& needs) {
  std::string text;
  for (const auto& [key, value] : needs.largest.settings) text += key + " = " + value + ", ";
  text +=
      byte_size(needs.largest.bytes) + " and " + duration(needs.largest.seconds) + " of one core a replicate";
  if (!std::isnan(needs.largest.flops))
    text += ", " + short_number(needs.largest.flops) + " floating-point operations";
  return text;
}

std::string disk(const Plan& needs) {
  return "about " + byte_size(needs.disk_bytes) + ": the store, records.csv and cube.npy";
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

/// Pilots that fail fail in the run too; what they would have taken is in no figure.
int report_failures(const Plan& needs, const Console& console) {
  if (needs.pilot_failures == 0) return exit_status::done;
  console.out << "\n"
              << wrapped(fmt::format("{} of {} fits of the pilot failed, and the figures leave them out. The "
                                     "first: {}",
                                     needs.pilot_failures, needs.pilot_fits, needs.pilot_failure),
                         console.width)
              << "\n";
  return exit_status::failed_fits;
}

}  // namespace

int plan_study(const PlanOptions& options, const Console& console) {
  const StudySource source = simulated_source(options.study);
  if (options.against) {
    console.out << power_text(parse_study(source.text, source.file, source.edits), options, console);
    return exit_status::done;
  }
  const EngineOptions engine{.threads = options.threads, .memory_bytes = options.memory_bytes};
  const LimitedStudy limited = within_limits(source, options.limits, engine);
  const Plan needs = plan(limited.study, engine);
  console.out << plan_text(limited.study, needs, console);
  if (!limited.trimmed.empty()) console.out << "\n" << wrapped(limited.trimmed, console.width) << "\n";
  return report_failures(needs, console);
}

}  // namespace quartic
