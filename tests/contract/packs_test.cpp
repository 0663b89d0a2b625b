/// Every replication is a study that can be run, and what it claims holds at the least effort, with its own seed, but
/// for the claims of sources that quartic does not bear out.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "experiments/engine/engine.hpp"
#include "experiments/findings/findings.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/tables/table_study.hpp"
#include "tests/support/places.hpp"

namespace quartic::packs_test {
namespace {

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const auto& [name, text] : replication_packs()) all.push_back(name);
  return all;
}

Study pack(const std::string& name, const std::string& effort) {
  return parse_study(replication_packs().at(name), name, {.effort = effort, .overrides = {}});
}

TEST(Replications, HaveNamesOfTheirOwn) {
  for (const std::string& name : names()) {
    EXPECT_FALSE(built_in_studies().contains(name)) << name;
    EXPECT_FALSE(built_in_table_studies().contains(name)) << name;
  }
}

using Verdicts = std::map<std::string, Verdict>;

/// The worst verdict of its cells for each claim that is not supported in all of them: docs/replications.md says why.
const std::map<std::string, Verdicts>& not_borne_out() {
  constexpr Verdict open = Verdict::not_identified, rejected = Verdict::rejected;
  static const std::map<std::string, Verdicts> claims = {
      {"best_subset",
       {{"High ratios: it errs less", rejected},
        {"The relaxed lasso is as good as the lasso at low ratios, to a tenth", open},
        {"And as good as best subset at high ones, to a tenth", open}}},
      {"best_subset_wide", {{"There the relaxed lasso is as good as forward stepwise, to a tenth", open}}},
      {"concept_order",
       {{"Printed: the black box errs 1.00 times as much as always saying glorp", rejected},
        {"Printed: ideal concepts err 1.06 times as much", rejected},
        {"Printed: sub-concepts err 1.75 times as much", rejected},
        {"Printed: the black box errs .945 times as much as ideal concepts", open}}},
      {"ridgeless",
       {{"And no more", open},
        {"Ridge at its best penalty has no less than the risk of theory, to 2.6 %", open},
        {"And no more than the risk of theory", open}}},
  };
  return claims;
}

Verdicts not_borne_out_of(const std::string& name) {
  const auto found = not_borne_out().find(name);
  return found == not_borne_out().end() ? Verdicts() : found->second;
}

class EveryReplication : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryReplication, NamesItsSourceAndHasAllEfforts) {
  for (const char* effort : {"classroom", "standard", "paper"}) {
    const Study study = pack(GetParam(), effort);
    EXPECT_FALSE(study.source.empty());
    EXPECT_FALSE(study.question.empty());
    EXPECT_FALSE(study.claims.empty());
  }
}

TEST_P(EveryReplication, ClaimsWhatHoldsInAClassroomButForWhatIsKnownNotTo) {
  Study study = pack(GetParam(), "classroom");
  // Faults of memory show in few replicates, many times as slowly; verdicts take all.
  const bool all = !testing::libraries_are_sanitized();
  if (!all) study.replicates = std::min<Index>(study.replicates, 4);
  Nowhere sink;
  std::set<std::string> claims;
  Verdicts unsupported;
  std::string reasons;
  for (const Finding& finding : evaluate_claims(study, run(study, {}, sink).cube)) {
    const Verdict verdict = finding.judgement.verdict;
    claims.insert(finding.claim.says);
    if (verdict == Verdict::supported) continue;
    Verdict& worst = unsupported.try_emplace(finding.claim.says, verdict).first->second;
    if (verdict == Verdict::rejected) worst = verdict;
    reasons += finding.claim.says + ": " + finding.judgement.reason + "\n";
  }
  EXPECT_EQ(claims.size(), study.claims.size());
  if (all) {
    EXPECT_EQ(unsupported, not_borne_out_of(GetParam())) << reasons;
  }
}

INSTANTIATE_TEST_SUITE_P(Contract, EveryReplication, ::testing::ValuesIn(names()),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace quartic::packs_test
