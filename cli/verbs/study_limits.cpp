#include "cli/verbs/study_limits.hpp"
#include "experiments/study/read/parse_study.hpp"

namespace quartic {

LimitedStudy within_limits(const StudySource& source, const LimitOptions& options,
                           const EngineOptions& engine) {
  LimitedStudy limited{parse_study(source.text, source.file, source.edits), ""};
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
  limited.study = parse_study(source.text, source.file, edits);
  return limited;
}

}  // namespace quartic
