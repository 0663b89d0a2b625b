#include "experiments/tables/judgement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/words.hpp"

namespace quartic {

namespace {

constexpr double telling = 0.25;  // a relative change of the exponent that deserves a warning

std::string brief(double value) {
  return fmt::format("{:.3g}", value);
}

/// The smallest interval that holds all; NaN ends where one has none.
Interval hull(const std::vector<TableExponent>& exponents) {
  Interval all = exponents.front().value;
  for (const TableExponent& exponent : exponents) {
    const Interval& value = exponent.value;
    if (std::isnan(value.low) || std::isnan(value.high)) return {all.estimate};
    all.low = std::min(all.low, value.low);
    all.high = std::max(all.high, value.high);
  }
  return all;
}

/// Every line and floor that the claim leaves open.
std::vector<TableExponent> open_exponents(const TableStudy& study, const TableResult& result,
                                          const TableClaim& claim) {
  const std::vector<double> floors = claim.floor ? std::vector{*claim.floor} : study.floors;
  const std::vector<Regression> lines = claim.regression
                                            ? std::vector{*claim.regression}
                                            : std::vector{Regression::forward, Regression::reverse};
  std::vector<TableExponent> exponents;
  for (const double floor : floors)
    for (const Regression line : lines) exponents.push_back(detail::exponent_at(study, result, line, floor));
  return exponents;
}

/// Resampling more often does not help a table: say what would.
Judgement judged(const TableClaim& claim, const Interval& measured, std::size_t ways) {
  Judgement judgement = judge(claim.expectation, measured);
  if (judgement.verdict != Verdict::not_identified || std::isnan(measured.low)) return judgement;
  judgement.reason = fmt::format(
      "The interval [{}, {}] holds values that agree with the claim and others that do "
      "not{}: more systems, with computing known better, would narrow it.",
      brief(measured.low), brief(measured.high),
      ways > 1 ? fmt::format(" (it spans {} choices of line and floor)", ways) : "");
  return judgement;
}

const TableExponent& exponent_by(const TableResult& result, Regression kind) {
  return *std::find_if(result.exponents.begin(), result.exponents.end(),
                       [&](const TableExponent& exponent) { return exponent.regression == kind; });
}

std::vector<TableWarning> duplicates(const TableResult& result) {
  std::vector<TableWarning> warnings;
  for (Index i = 0; i < result.flops.size(); ++i)
    for (Index j = i + 1; j < result.flops.size(); ++j)
      if (result.flops[i] == result.flops[j] && result.errors[i] == result.errors[j])
        warnings.push_back({TableWarning::Kind::duplicates,
                            result.labels[static_cast<std::size_t>(i)] + " and " +
                                result.labels[static_cast<std::size_t>(j)] +
                                " are recorded with the same computing and the same error: they count as two "
                                "systems, and may be one record."});
  return warnings;
}

std::vector<TableWarning> leverage(const TableResult& result) {
  const double all = 1 / exponent_by(result, Regression::forward).line.slope;
  std::vector<TableWarning> warnings;
  for (Index i = 0; i < result.flops.size(); ++i) {
    Scatter rows = log_scatter(result.flops, result.errors);
    rows.y[i] = Machine::not_known;
    const double without = 1 / regress(Regression::forward, rows).slope;
    if (std::abs(without - all) > telling * all)
      warnings.push_back(
          {TableWarning::Kind::leverage,
           fmt::format("Without {} the forward exponent is {} instead of {}.",
                       result.labels[static_cast<std::size_t>(i)], brief(without), brief(all))});
  }
  return warnings;
}

std::vector<TableWarning> confluence(const TableResult& result) {
  const double forward = exponent_by(result, Regression::forward).value.estimate;
  const double reverse = exponent_by(result, Regression::reverse).value.estimate;
  if (!(std::abs(forward - reverse) > telling * 0.5 * (forward + reverse))) return {};
  return {{TableWarning::Kind::confluence,
           fmt::format(
               "The forward line takes all noise to be in the error and says {}; the reverse line takes it "
               "to be in the computing and says {}. However many systems: without knowing which, the "
               "exponent is known to within these bounds only.",
               brief(forward), brief(reverse))}};
}

std::vector<TableWarning> floor_dependence(const TableResult& result) {
  const TableExponent& first = result.profile.front();
  const TableExponent& last = result.profile[result.profile.size() - 2];
  const double least = first.value.estimate, most = last.value.estimate;
  if (!(std::abs(least - most) > telling * least)) return {};
  return {{TableWarning::Kind::floor,
           fmt::format(
               "A floor of {:g} % instead of {:g} % turns the forward exponent {} into {}, and the reverse "
               "one {} into {}.",
               100 * last.floor, 100 * first.floor, brief(least), brief(most),
               brief(result.profile[1].value.estimate), brief(result.profile.back().value.estimate))}};
}

}  // namespace

std::string_view to_string(TableWarning::Kind kind) {
  static constexpr Words<TableWarning::Kind, 4> words = {{{TableWarning::Kind::duplicates, "duplicates"},
                                                          {TableWarning::Kind::leverage, "leverage"},
                                                          {TableWarning::Kind::confluence, "confluence"},
                                                          {TableWarning::Kind::floor, "floor"}}};
  return word_for(words, kind);
}

std::vector<TableFinding> detail::table_findings(const TableStudy& study, const TableResult& result) {
  std::vector<TableFinding> findings;
  for (const TableClaim& claim : study.claims) {
    const std::vector<TableExponent> exponents = open_exponents(study, result, claim);
    const Interval measured = hull(exponents);
    findings.push_back({claim, measured, judged(claim, measured, exponents.size())});
  }
  return findings;
}

std::vector<TableWarning> detail::table_warnings(const TableResult& result) {
  std::vector<TableWarning> all;
  for (const auto& some :
       {confluence(result), floor_dependence(result), leverage(result), duplicates(result)})
    all.insert(all.end(), some.begin(), some.end());
  return all;
}

std::string detail::table_verdict(const TableResult& result) {
  const auto text = [&](Regression kind) {
    const Interval& value = exponent_by(result, kind).value;
    return fmt::format("{} [{}, {}]", brief(value.estimate), brief(value.low), brief(value.high));
  };
  const Interval all = hull(result.profile);
  const auto undecided = std::count_if(
      result.findings.begin(), result.findings.end(),
      [](const TableFinding& finding) { return finding.judgement.verdict == Verdict::not_identified; });
  std::string verdict = fmt::format(
      "Computing grows as k^q with q = {} by the forward line and {} by the reverse line. "
      "Over both and all floors tried, everything from {} to {} agrees with these {} systems.",
      text(Regression::forward), text(Regression::reverse), brief(all.low), brief(all.high),
      result.flops.size());
  if (undecided > 0)
    verdict += fmt::format(" {} of {} claims are not identified: the table cannot tell.", undecided,
                           result.findings.size());
  return verdict;
}

}  // namespace quartic
