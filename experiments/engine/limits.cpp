#include "experiments/engine/limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/require.hpp"

namespace quartic {

namespace {

std::string figures(const Plan& plan, const Limits& limits) {
  std::string text;
  if (std::isfinite(limits.flops))
    text +=
        fmt::format("{:.3g} floating-point operations where {:.3g} are allowed", plan.flops, limits.flops);
  if (std::isfinite(limits.seconds))
    text += fmt::format("{}{:.3g} hours where {:.3g} are allowed", text.empty() ? "" : ", and ",
                        plan.seconds / 3600, limits.seconds / 3600);
  return text + fmt::format(" ({} fits in {} cells)", plan.fits, plan.cells);
}

/// How many replicates pay for a budget nobody knows beforehand, and a rule needs its least replicates.
void require_trimmable(const AdaptiveReplicates& adaptive, Index most, const std::string& figures) {
  require(!std::isfinite(adaptive.budget),
          "the study would take " + figures +
              ", and it has a budget of its own, which says how far it goes (--trim lowers replicates). "
              "Lower it with --set budget=..., or raise the limit.");
  require(most >= adaptive.least,
          "the study would take " + figures + ", and the least replicates that its rule may stop at, " +
              std::to_string(adaptive.least) +
              ", are too many already. Raise the limit, lower replicates.between, or drop cells or sizes.");
}

}  // namespace

double find_share(const Plan& plan, const Limits& limits) {
  const double time = plan.seconds / limits.seconds, computing = plan.flops / limits.flops;
  if (!std::isfinite(limits.flops)) return time;
  return std::isnan(computing) ? computing : std::max(computing, time);
}

void require_within(const Plan& plan, const Limits& limits) {
  const double share = find_share(plan, limits);
  require(!std::isnan(share),
          "the computing is not known (a model does not say what its fits cost, and --budget counts that). "
          "Limit the time with --hours.");
  require(share <= 1, "the study would take " + figures(plan, limits) +
                          ". Raise the limit, lower replicates or drop cells, or let --trim lower the "
                          "replicates.");
}

std::vector<std::pair<std::string, std::string>> trimmed(const Study& study, const Plan& plan,
                                                         const Limits& limits) {
  const double share = find_share(plan, limits);
  if (share <= 1) return {};
  if (std::isnan(share)) require_within(plan, limits);
  const auto fewer = [share](Index replicates) {
    return static_cast<Index>(static_cast<double>(replicates) / share);
  };
  std::vector<std::pair<std::string, std::string>> overrides;
  Index least = fewer(study.replicates);
  if (study.adaptive) require_trimmable(*study.adaptive, least, figures(plan, limits));
  if (study.adaptive)
    overrides.emplace_back("replicates.between", fmt::format("[{}, {}]", study.adaptive->least, least));
  else
    overrides.emplace_back("replicates", std::to_string(least));
  const Cell first = study.cells.front();
  for (const ArmSpec& arm : first.arms) {
    if (arm.replicates == 0) continue;
    least = std::min(least, fewer(arm.replicates));
    overrides.emplace_back("arm." + arm.name + ".replicates", std::to_string(fewer(arm.replicates)));
  }
  require(least >= 1,
          "the study would take " + figures(plan, limits) +
              ", and one replicate is too much already. Raise the limit, or drop cells or sizes.");
  return overrides;
}

}  // namespace quartic
