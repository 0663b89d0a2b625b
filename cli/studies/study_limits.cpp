#include "cli/studies/study_limits.hpp"

#include "core/require.hpp"

namespace quartic {

OptionGroup limit_options() {
  return {
      {.name = "--budget",
       .value = "FLOPS",
       .help = "Floating-point operations that the study may take, such as 1e15. One that would take more is "
               "refused with the figures of its plan."},
      {.name = "--hours", .value = "HOURS", .help = "The same for its time on this machine, as planned."},
      {.name = "--trim",
       .help = "Lower the replicates until the study keeps to --budget and --hours, and say so, in place of "
               "refusing it."}};
}

LimitOptions read_limits(const Request& request) {
  LimitOptions options{.trim = request.has("--trim")};
  const auto budget = read_positive(request, "--budget"), hours = read_positive(request, "--hours");
  require(
      budget || hours || !options.trim,
      "--trim was given without a limit (it lowers replicates until one is kept). Add --budget or --hours.");
  if (budget) options.limits.flops = *budget;
  if (hours) options.limits.seconds = 3600 * *hours;
  return options;
}

LimitedStudy within_limits(const StudySource& source, const LimitOptions& options,
                           const EngineOptions& engine) {
  LimitedStudy limited{parse(source), ""};
  if (!options.any()) return limited;
  const Plan needs = plan(limited.study, engine);
  if (!options.trim) require_within(needs, options.limits);
  StudyEdits edits = source.edits;
  for (const auto& [key, value] : trimmed(limited.study, needs, options.limits)) {
    limited.trimmed += (limited.trimmed.empty() ? "Trimmed: " : ", ") + key + " = " + value;
    if (const auto& adaptive = limited.study.adaptive; key == "replicates.between")
      limited.trimmed +=
          " (was [" + std::to_string(adaptive->least) + ", " + std::to_string(adaptive->most) + "])";
    if (key == "replicates") limited.trimmed += " (was " + std::to_string(limited.study.replicates) + ")";
    edits.overrides.emplace_back(key, value);
  }
  if (limited.trimmed.empty()) return limited;
  limited.trimmed += ", to keep to the limits.";
  limited.study = parse(source, edits);
  return limited;
}

}  // namespace quartic
