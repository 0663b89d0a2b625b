#include "experiments/findings/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "core/require.hpp"
#include "core/words.hpp"
#include "experiments/results/settings.hpp"
#include "laws/statistics/jackknife.hpp"

namespace quartic {

namespace {

using Json = nlohmann::ordered_json;

/// The errors of one arm at one size in one run, and those of the same place in the other.
struct Place {
  Slot a, b;
};

Index position_of(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? -1 : found - names.begin();
}

/// The differences of the replicates in which both have an error, and their means.
ErrorDifference difference_at(const ComparedRun& a, const ComparedRun& b, Place place) {
  std::vector<double> of_a, of_b;
  const Index replicates = std::min(a.cube.axes().replicates, b.cube.axes().replicates);
  for (Index r = 0; r < replicates; ++r) {
    place.a.replicate = place.b.replicate = r;
    const double error_a = a.cube.error(place.a), error_b = b.cube.error(place.b);
    if (std::isnan(error_a) || std::isnan(error_b)) continue;
    of_a.push_back(error_a);
    of_b.push_back(error_b);
  }
  const Index count = std::ssize(of_a);
  if (count == 0) return {};
  const Vector first = Eigen::Map<const Vector>(of_a.data(), count),
               second = Eigen::Map<const Vector>(of_b.data(), count);
  const Matrix differences = second - first;
  const Index blocks = jackknife_blocks(count);
  const Resampled resampled = resample(differences, {.average = Average::mean, .blocks = blocks});
  ErrorDifference shared{.replicates = count, .mean_a = first.mean(), .mean_b = second.mean()};
  shared.difference = jackknife([&](Index k) { return resampled.averages(k, 0); },
                                {.blocks = blocks, .degrees = resampled.degrees});
  shared.difference.estimate = differences.mean();
  return shared;
}

/// Every arm and size that two cells share.
void add_differences(const ComparedRun& a, const ComparedRun& b, Place place, const CellSettings& settings,
                     RunComparison& comparison) {
  const CubeAxes& axes = a.cube.axes();
  for (std::size_t arm = 0; arm < axes.arms.size(); ++arm)
    for (std::size_t size = 0; size < axes.sizes.size(); ++size) {
      place.a.arm = static_cast<Index>(arm);
      place.a.size = static_cast<Index>(size);
      place.b.arm = position_of(b.cube.axes().arms, axes.arms[arm]);
      place.b.size = b.cube.size(axes.sizes[size]);
      if (place.b.arm < 0 || place.b.size < 0) continue;
      ErrorDifference shared = difference_at(a, b, place);
      if (shared.replicates == 0) continue;
      shared.settings = settings;
      shared.arm = axes.arms[arm];
      shared.n = axes.sizes[size];
      comparison.errors.push_back(std::move(shared));
    }
}

std::string keys_text(const Study& study) {
  std::vector<std::string> keys;
  for (const CellAxis& axis : study.cells.axes()) keys.push_back(axis.key);
  return keys.empty() ? "no sweep" : "a sweep over " + joined(keys);
}

void require_something_shared(const ComparedRun& a, const ComparedRun& b, const RunComparison& comparison) {
  require(!comparison.errors.empty(),
          "the two runs share no fit (cells, arms, sizes and replicates must be the same; the first has " +
              keys_text(a.study) + " and the arms " + joined(a.cube.axes().arms) + ", the other " +
              keys_text(b.study) + " and the arms " + joined(b.cube.axes().arms) +
              "). Name runs that have something in common.");
}

bool is_same_claim(const Finding& one, const Finding& other) {
  return one.claim.says == other.claim.says && one.claim.arm == other.claim.arm &&
         one.claim.law == other.claim.law && one.claim.against_arm == other.claim.against_arm &&
         one.claim.against_n == other.claim.against_n && one.settings == other.settings;
}

std::vector<ComparedClaim> compare_claims(const std::vector<Finding>& a, const std::vector<Finding>& b) {
  std::vector<ComparedClaim> claims;
  std::vector<bool> taken(b.size(), false);
  for (const Finding& one : a) {
    claims.push_back({one, std::nullopt});
    for (std::size_t k = 0; k < b.size() && !claims.back().b; ++k)
      if (!taken[k] && is_same_claim(one, b[k])) {
        claims.back().b = b[k];
        taken[k] = true;
      }
  }
  for (std::size_t k = 0; k < b.size(); ++k)
    if (!taken[k]) claims.push_back({std::nullopt, b[k]});
  return claims;
}

Json answer_json(const std::optional<Finding>& finding) {
  if (!finding) return nullptr;
  const Interval& value = finding->law.value;
  return {{"estimate", value.estimate},
          {"low", value.low},
          {"high", value.high},
          {"verdict", to_string(finding->judgement.verdict)}};
}

Json claim_json(const ComparedClaim& claim) {
  const Finding& finding = claim.a ? *claim.a : *claim.b;
  return {{"says", finding.claim.says}, {"settings", Json::parse(settings_json(finding.settings))},
          {"arm", finding.claim.arm},   {"law", to_string(finding.claim.law)},
          {"a", answer_json(claim.a)},  {"b", answer_json(claim.b)}};
}

Json error_json(const ErrorDifference& error) {
  return {{"settings", Json::parse(settings_json(error.settings))},
          {"arm", error.arm},
          {"n", error.n},
          {"replicates", error.replicates},
          {"mean_a", error.mean_a},
          {"mean_b", error.mean_b},
          {"difference", error.difference.estimate},
          {"low", error.difference.low},
          {"high", error.difference.high}};
}

}  // namespace

RunComparison compare_runs(const ComparedRun& a, const ComparedRun& b) {
  std::map<CellSettings, Index> others;
  for (const Cell& cell : b.study.cells) others.emplace(cell.settings, cell.id);
  RunComparison comparison;
  for (const Cell& cell : a.study.cells)
    if (const auto other = others.find(cell.settings); other != others.end())
      add_differences(a, b, {{.cell = cell.id}, {.cell = other->second}}, cell.settings, comparison);
  require_something_shared(a, b, comparison);
  comparison.claims = compare_claims(evaluate_claims(a.study, a.cube), evaluate_claims(b.study, b.cube));
  return comparison;
}

std::string comparison_json(const RunComparison& comparison) {
  Json errors = Json::array(), claims = Json::array();
  for (const ErrorDifference& error : comparison.errors) errors.push_back(error_json(error));
  for (const ComparedClaim& claim : comparison.claims) claims.push_back(claim_json(claim));
  const Json document{{"schema_version", 1}, {"errors", errors}, {"claims", claims}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace quartic
