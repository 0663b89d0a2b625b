#include "cli/report/gathering_text.hpp"

#include <algorithm>

#include "cli/report/report.hpp"
#include "cli/report/sweep_findings.hpp"
#include "cli/terminal/text.hpp"
#include "core/words.hpp"

namespace quartic {

namespace {

std::vector<std::string> row_of(const std::string& name, const Finding& finding) {
  return {name, estimate_text(finding), range_text(finding), spaced(to_string(finding.judgement.verdict))};
}

std::string claim_text(std::span<const GroupRun> groups, const Gathering& gathering, std::size_t claim,
                       const Console& console) {
  const Study& study = groups.front().study;
  const Finding& together = gathering.findings[claim];
  const CellSettings settings = settings_of_claim(together);
  const std::string cell = settings.empty() ? "" : " (" + settings_text(settings) + ")";
  std::vector<std::vector<std::string>> rows;
  for (std::size_t group = 0; group < groups.size(); ++group)
    rows.push_back(row_of(groups[group].name, gathering.groups[group][claim]));
  if (!gathering.is_own(together.claim)) rows.push_back(row_of("all together", together));
  return wrapped(together.claim.says + cell, console.width) + "\n" +
         wrapped(quantity_text(study, together.claim) + ", " + expectation_text(together.claim),
                 console.width) +
         "\n" + aligned_table({"group", "estimate", "interval", "verdict"}, rows) + "\n";
}

/// What each group says of all remedies at once, and the table of all groups together.
std::string remedies_of_groups(std::span<const GroupRun> groups, const Gathering& gathering,
                               const Console& console) {
  const Study& study = groups.front().study;
  if (!study.remedies) return "";
  std::vector<std::vector<std::string>> rows;
  for (const GroupRun& group : groups)
    rows.push_back({group.name, spaced(to_string(evaluate_remedies(group.study, group.cube).muted.verdict))});
  const std::string alone =
      "The effects on training are muted\n" + aligned_table({"group", "verdict"}, rows) + "\n";
  std::vector<std::string> arms = study.remedies->arms;
  arms.push_back(study.remedies->against);
  if (std::any_of(arms.begin(), arms.end(), [&](const std::string& arm) { return gathering.is_own(arm); }))
    return alone;
  return alone + "all together: " + remedies_table(study, evaluate_remedies(study, gathering.cube), console);
}

std::string own_arms_text(const std::vector<std::string>& arms, const Console& console) {
  if (arms.empty()) return "";
  return wrapped("not the same in all groups, and not put together: " + joined(arms), console.width) + "\n";
}

}  // namespace

std::string gathering_text(std::span<const GroupRun> groups, const Gathering& gathering,
                           const Console& console) {
  const Study& study = groups.front().study;
  std::string out = study_heading(study.title, study.question, study.source, console) +
                    std::to_string(groups.size()) + " groups, up to " +
                    with_thousands(gathering.cube.axes().replicates) + " replicates of an arm in all\n" +
                    own_arms_text(gathering.own_arms, console) + "\n";
  for (std::size_t claim = 0; claim < gathering.findings.size(); ++claim)
    out += claim_text(groups, gathering, claim, console);
  return out + remedies_of_groups(groups, gathering, console);
}

}  // namespace quartic
