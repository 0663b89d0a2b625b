/// What a built-in study claims must be so for any seed, not for its own alone: of twenty runs at standard
/// effort at least eighteen support each claim. What others claim may be rejected or left open, but not supported by
/// some seeds and rejected by others.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "experiments/engine/engine.hpp"
#include "experiments/findings/causes.hpp"
#include "experiments/findings/findings.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/tables/analysis.hpp"
#include "experiments/tables/built_in.hpp"

namespace quartic::claims_long {
namespace {

constexpr int seeds = 20, least_that_agree = 18;

/// The verdicts on one claim in one cell, of seeds 1, 2 and so on.
struct Tally {
  std::string claim;
  std::vector<Judgement> judgements = {};

  int count(Verdict verdict) const {
    return static_cast<int>(std::count_if(judgements.begin(), judgements.end(),
                                          [&](const Judgement& each) { return each.verdict == verdict; }));
  }
};

/// A line, and one for each seed that judges otherwise.
std::string text_of(const Tally& tally, Verdict usual) {
  std::string text = tally.claim;
  for (const Verdict verdict : {Verdict::supported, Verdict::not_identified, Verdict::rejected})
    text += ", " + std::string(to_string(verdict)) + " " + std::to_string(tally.count(verdict));
  for (std::size_t k = 0; k < tally.judgements.size(); ++k)
    if (tally.judgements[k].verdict != usual)
      text += "\n  seed " + std::to_string(k + 1) + ": " + tally.judgements[k].reason;
  return text;
}

/// One verdict on each claim, in the order of the study; the name of a claim tells it from the others.
using Verdicts = std::vector<std::pair<std::string, Judgement>>;

Verdicts verdicts_on(const Study& study) {
  Nowhere sink;
  const Cube cube = run(study, {}, sink).cube;
  Verdicts verdicts;
  for (const Finding& finding : evaluate_claims(study, cube)) {
    std::string name = finding.claim.arm + ": " + finding.claim.says;
    for (const auto& [key, value] : finding.settings) name += ", " + key + " = " + value;
    verdicts.emplace_back(name, finding.judgement);
  }
  if (study.causes) verdicts.emplace_back("The exponent before any cause", evaluate_causes(study, cube).base);
  return verdicts;
}

Verdicts verdicts_on(const TableStudy& study) {
  const std::string& table = study.table.name;
  const TableResult result = analyse(study, parse_csv(built_in_tables().at(table), table),
                                     read_machines(built_in_tables().at("conversions"), "conversions"));
  Verdicts verdicts;
  for (const TableFinding& finding : result.findings)
    verdicts.emplace_back(finding.claim.says, finding.judgement);
  return verdicts;
}

/// `study_with(edits)` is the study as edited.
template <typename StudyWith>
std::vector<Tally> tallies(StudyWith study_with) {
  std::vector<Tally> all;
  for (int seed = 1; seed <= seeds; ++seed) {
    const Verdicts verdicts = verdicts_on(
        study_with(StudyEdits{.effort = "standard", .overrides = {{"seed", std::to_string(seed)}}}));
    if (all.empty())
      for (const auto& [claim, judgement] : verdicts) all.push_back({.claim = claim});
    for (std::size_t k = 0; k < verdicts.size(); ++k) all.at(k).judgements.push_back(verdicts[k].second);
  }
  return all;
}

void expect_agreement(const Tally& tally, Verdict usual) {
  const std::string text = text_of(tally, usual);
  std::cout << text << std::endl;
  EXPECT_GE(tally.count(usual), least_that_agree) << text;
}

std::vector<std::string> names_of(const std::map<std::string, std::string, std::less<>>& texts) {
  std::vector<std::string> names;
  for (const auto& [name, text] : texts) names.push_back(name);
  return names;
}

class BuiltInStudies : public ::testing::TestWithParam<std::string> {};

TEST_P(BuiltInStudies, ClaimWhatHoldsForAnySeed) {
  const std::string& name = GetParam();
  for (const Tally& tally : tallies(
           [&](const StudyEdits& edits) { return parse_study(built_in_studies().at(name), name, edits); }))
    expect_agreement(tally, Verdict::supported);
}
INSTANTIATE_TEST_SUITE_P(Contract, BuiltInStudies, ::testing::ValuesIn(names_of(built_in_studies())),
                         [](const auto& name) { return name.param; });

class Replications : public ::testing::TestWithParam<std::string> {};

/// Those claims are what others print: where a design cannot tell, an interval ends now on this side of a border
/// and now on that, so that a claim may be left open by any number of seeds.
TEST_P(Replications, AreNotContradictedByOtherSeeds) {
  const std::string& name = GetParam();
  for (const Tally& tally : tallies(
           [&](const StudyEdits& edits) { return parse_study(replication_packs().at(name), name, edits); })) {
    const int supported = tally.count(Verdict::supported), rejected = tally.count(Verdict::rejected);
    const std::string text = text_of(tally, supported < rejected ? Verdict::rejected : Verdict::supported);
    std::cout << text << std::endl;
    EXPECT_LE(std::min(supported, rejected), seeds - least_that_agree) << text;
  }
}
INSTANTIATE_TEST_SUITE_P(Contract, Replications, ::testing::ValuesIn(names_of(replication_packs())),
                         [](const auto& name) { return name.param; });

class BuiltInTables : public ::testing::TestWithParam<std::string> {};

/// Those claims are what others made of a table, and may be left open: by any seed, which resamples its rows.
TEST_P(BuiltInTables, SayTheSameForAnySeed) {
  const std::string& name = GetParam();
  for (const Tally& tally : tallies([&](const StudyEdits& edits) {
         return parse_table_study(built_in_table_studies().at(name), name, edits);
       }))
    expect_agreement(tally, tally.judgements.front().verdict);
}
INSTANTIATE_TEST_SUITE_P(Contract, BuiltInTables, ::testing::ValuesIn(names_of(built_in_table_studies())),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace quartic::claims_long
