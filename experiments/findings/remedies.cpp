#include "experiments/findings/remedies.hpp"

#include <cmath>

#include "core/number_text.hpp"
#include "experiments/findings/findings.hpp"
#include "laws/curves/ratio.hpp"

namespace quartic {

namespace {

/// A law of one arm, held against the other where it compares two.
class Reader {
 public:
  Reader(const Study& study, const Cube& cube, double confidence)
      : study_(study), remedies_(*study.remedies), cube_(cube), confidence_(confidence) {}

  LawEstimate exponent(const std::string& arm) const {
    return measured(claim(arm, LawKind::compute_exponent));
  }
  LawEstimate exponent_ratio(const std::string& arm) const { return measured(claim(arm, LawKind::ratio)); }
  /// Of its costs over those of the other arm.
  RemedyCosts multiples(const std::string& arm) const {
    return costs([&](Expense over, double uses) {
      Claim asked = over_uses(claim(arm, LawKind::ratio), over, uses);
      asked.of = RatioOf::cost;
      asked.at_error = remedies_.at_error;
      return measured(asked);
    });
  }
  /// Of the arm without any remedy, in operations.
  RemedyCosts own_costs() const {
    return costs([&](Expense over, double uses) {
      const Claim asked = over_uses(claim(remedies_.against, LawKind::compute_exponent), over, uses);
      return cost_of_error(claimed_curve(asked, cube_, 0), remedies_.at_error,
                           {.confidence = confidence_, .even = study_.adaptive.has_value()});
    });
  }

 private:
  Claim claim(const std::string& arm, LawKind law) const {
    Claim claim;
    claim.arm = arm;
    claim.law = law;
    if (law == LawKind::ratio) claim.against_arm = remedies_.against;
    claim.confidence = confidence_;
    claim.performance = study_.performance;
    claim.usage = study_.usage;
    return claim;
  }
  static Claim over_uses(Claim claim, Expense over, double uses) {
    claim.over = over;
    claim.usage.uses = uses;
    return claim;
  }
  RemedyCosts costs(const auto& cost) const {
    RemedyCosts costs{
        .training = cost(Expense::total, 0), .running = cost(Expense::running, 0), .totals = {}};
    for (const double uses : remedies_.uses) costs.totals.push_back(cost(Expense::total, uses));
    return costs;
  }
  LawEstimate measured(const Claim& claim) const { return measured_law(study_, claim, cube_, 0); }

  const Study& study_;
  const Remedies& remedies_;
  const Cube& cube_;
  double confidence_;
};

Judgement judged(const Expectation& expectation, const LawEstimate& measured) {
  Judgement judgement = judge_law(expectation, measured);
  if (std::isnan(measured.value.low))
    judgement.reason = measured.note;
  else if (!measured.note.empty())
    judgement.reason += " " + measured.note;
  return judgement;
}

Judgement judge_training(const Remedies& asked, const LawEstimate& multiple) {
  return judged({Expectation::Kind::at_least, 1 / asked.saving, 0}, multiple);
}

std::string joined(const std::vector<std::string>& arms) {
  std::string names;
  for (const std::string& arm : arms) names += (names.empty() ? "" : ", ") + arm;
  return names;
}

/// All remedies at once. That one of r is no effect of chance takes an interval that fails in the r-th part of the cases
/// (Bonferroni); that all are muted takes none wider.
Judgement judge_all(const Remedies& asked, const std::vector<Remedy>& remedies, const Reader& wider) {
  std::vector<std::string> cheaper, open;
  for (const Remedy& remedy : remedies) {
    if (remedy.muted.verdict == Verdict::supported) continue;
    const Judgement strict = judge_training(asked, wider.multiples(remedy.arm).training);
    (strict.verdict == Verdict::rejected ? cheaper : open).push_back(remedy.arm);
  }
  const std::string share = "1/" + shortest(asked.saving) + " of what it costs " + asked.against;
  if (!cheaper.empty())
    return {Verdict::rejected, "Training costs less than " + share + ": " + joined(cheaper) + "."};
  if (!open.empty())
    return {Verdict::not_identified, "Whether training costs at least " + share +
                                         " is open, of all remedies at once: " + joined(open) + "."};
  return {Verdict::supported, "Training costs at least " + share + ", whatever the remedy."};
}

}  // namespace

RemediesFinding evaluate_remedies(const Study& study, const Cube& cube) {
  const Remedies& asked = *study.remedies;
  const Reader reader(study, cube, asked.confidence);
  RemediesFinding finding{
      .exponent = reader.exponent(asked.against), .costs = reader.own_costs(), .remedies = {}, .muted = {}};
  for (const std::string& arm : asked.arms) {
    Remedy remedy{.arm = arm,
                  .exponent = reader.exponent(arm),
                  .exponent_ratio = reader.exponent_ratio(arm),
                  .multiples = reader.multiples(arm),
                  .leaves_exponent = {},
                  .muted = {}};
    remedy.leaves_exponent = judged({Expectation::Kind::about, 1, asked.margin}, remedy.exponent_ratio);
    remedy.muted = judge_training(asked, remedy.multiples.training);
    finding.remedies.push_back(std::move(remedy));
  }
  const double all = 1 - (1 - asked.confidence) / static_cast<double>(asked.arms.size());
  finding.muted = judge_all(asked, finding.remedies, Reader(study, cube, all));
  return finding;
}

}  // namespace quartic
