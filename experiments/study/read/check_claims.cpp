// Claims about some cells of a sweep: which settings they name, and what their formulas quote.
#include <algorithm>

#include "core/require.hpp"
#include "experiments/study/arm.hpp"
#include "experiments/study/claim_cells.hpp"
#include "experiments/study/claim_laws.hpp"
#include "experiments/study/expression.hpp"
#include "experiments/study/read/sweep.hpp"
#include "experiments/study/study.hpp"

namespace quartic::detail {

namespace {

/// Keeps of claim.cells the keys that the sweep varies. False where a setting that all cells share has
/// another value than the claim wants: it is about none of them.
bool keep_axes(Claim& claim, const SweepCells& cells, const std::string& where, Problems& problems) {
  bool possible = true;
  std::erase_if(claim.cells, [&](const auto& wanted) {
    std::vector<std::string> paths = cells.keys();
    if (std::find(paths.begin(), paths.end(), wanted.first) != paths.end()) return false;
    for (const Setting* setting : all_settings(cells.draft_of(0))) {
      paths.push_back(setting->path);
      if (setting->path != wanted.first) continue;
      const std::string value = plain_text(setting->values.front());
      possible =
          possible && std::find(wanted.second.begin(), wanted.second.end(), value) != wanted.second.end();
      return true;
    }
    problems.add(where, "claim.cells",
                 "unknown key \"" + wanted.first + "\" " + choose_among(wanted.first, "settings", paths));
    return true;
  });
  return possible;
}

}  // namespace

void drop_claims_without_cells(Draft& draft, const SweepCells& cells, Problems& problems) {
  std::vector<Claim> possible;
  std::vector<std::string> where;
  for (std::size_t k = 0; k < draft.study.claims.size(); ++k) {
    Claim claim = draft.study.claims[k];
    if (!keep_axes(claim, cells, draft.claim_where[k], problems)) continue;
    possible.push_back(std::move(claim));
    where.push_back(draft.claim_where[k]);
  }
  draft.study.claims = std::move(possible);
  draft.claim_where = std::move(where);
}

void drop_targets_without_cells(Draft& draft, const SweepCells& cells, Problems& problems) {
  Study& study = draft.study;
  if (!study.adaptive || study.adaptive->targets.empty()) return;
  const std::vector<Index> given = given_sizes(study);
  std::vector<AdaptiveTarget> possible;
  for (std::size_t k = 0; k < study.adaptive->targets.size(); ++k) {
    AdaptiveTarget target = study.adaptive->targets[k];
    if (keep_axes(target.law, cells, draft.target_where[k], problems)) possible.push_back(std::move(target));
  }
  study.adaptive->targets = std::move(possible);
  std::erase_if(study.sizes, [&](Index n) {
    return !std::binary_search(given.begin(), given.end(), n) && !is_further(study, n);
  });
  if (study.adaptive->targets.empty() && !(study.adaptive->log_error_se > 0))
    problems.add(
        draft.target_where.front(), "target",
        "no target is about any cell of the study (cells names settings that it does not have). Change "
        "cells, or remove the key.");
}

void check_claims(const Draft& draft, const SweepCells& cells, Problems& problems) {
  for (std::size_t k = 0; k < draft.study.claims.size(); ++k) {
    const Claim& claim = draft.study.claims[k];
    if (claim.formula.empty()) continue;
    try {
      Expression(claim.formula).require_known(claim_names(draft.study, cells.cell(0)));
      require(
          !quotes(claim, "never") || (is_of_crossing(claim.law) && claim.test == Claim::Test::about),
          "\"never\" is claimed of no crossing (only one arm's catching up with another can be expected never to "
          "come). Write expect = \"never\" with law = \"crossing\" or \"compute_multiple\", or claim a number.");
    } catch (const InvalidInput& error) {
      problems.add(draft.claim_where[k], "claim." + std::string(to_string(claim.test)), error.what());
    }
  }
}

}  // namespace quartic::detail
