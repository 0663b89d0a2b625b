#include "experiments/findings/in_words.hpp"

#include <cmath>

#include "core/number_text.hpp"
#include "core/words.hpp"
#include "laws/statistics/interval.hpp"

namespace quartic {

namespace {

/// "4.1", "13,000", "10^37": a positive number from its logarithm to the base of ten.
std::string rounded(double log10_value) {
  constexpr double first_power = 7;
  if (log10_value >= first_power) return "10^" + with_digits(std::round(log10_value), 15);
  const double value = std::pow(10.0, log10_value);
  const double unit = std::pow(10.0, std::floor(std::log10(value) + 1e-12) - 1);  // of the second digit
  std::string text = with_digits(unit >= 1 ? unit * std::round(value / unit) : value, unit >= 1 ? 15 : 2);
  for (std::ptrdiff_t k = std::ssize(text) - 3; unit >= 1 && k > 0; k -= 3)
    text.insert(static_cast<std::size_t>(k), ",");
  return text;
}

/// What is told of an interval: every number as the logarithm of a positive one, and what follows it.
struct Told {
  Interval log10_value;
  std::string unit;  ///< " times", " patients", ""
};

std::string estimate_text(const Told& told) {
  return "about " + rounded(told.log10_value.estimate) + told.unit;
}

/// " (3.9 to 4.2 times)", " (3.9 times or more)", " (up to 4.2 times)"; "" where that says nothing new.
std::string range_text(const Told& told) {
  const Interval& value = told.log10_value;
  const bool from = std::isfinite(value.low), to = std::isfinite(value.high);
  const std::string low = from ? rounded(value.low) : "", high = to ? rounded(value.high) : "";
  if (from && to && low == high) return "";
  if (from && to) return " (" + low + " to " + high + told.unit + ")";
  if (from) return " (" + low + told.unit + " or more: no upper end is known)";
  return to ? " (up to " + high + told.unit + ")" : "";
}

Interval scaled(const Interval& interval, double factor) {
  return {factor * interval.estimate, factor * interval.low, factor * interval.high};
}

Interval log10_of(const Interval& interval) {
  return {std::log10(interval.estimate), std::log10(interval.low), std::log10(interval.high)};
}

/// "flexible", or of a law of several arms "the best of small, large".
std::string subject(const Claim& claim) {
  if (claim.with.empty()) return claim.arm;
  std::vector<std::string> arms = {claim.arm};
  arms.insert(arms.end(), claim.with.begin(), claim.with.end());
  return "the best of " + joined(arms);
}

/// What performance is the inverse, or the inverse root, of.
std::string error_text(const Finding& finding) {
  if (finding.claim.law == LawKind::two_causes_exponent) return "its error above its floor";
  const double floor = finding.law.fit.law.floor;
  return floor > 0 ? "its error above the floor of " + with_digits(floor, 2) : "its error";
}

/// What a law of computing is over.
std::string computing_text(const Claim& claim) {
  if (claim.over == Expense::running) return "computing of a prediction";
  return claim.over == Expense::total ? "computing of its whole life" : std::string(to_string(claim.over));
}

/// Twice the performance takes 2^q times what it costs.
std::string exponent_words(const Finding& finding) {
  const Interval& q = finding.law.value;
  const std::string cost =
      finding.claim.law == LawKind::data_exponent ? "data" : computing_text(finding.claim);
  const std::string who = subject(finding.claim);
  const bool of_root = finding.claim.performance == Performance::inverse_root;
  const Told told{scaled(q, std::log10(2.0)), " times"};
  if (std::isinf(q.low))
    return "More " + cost + " did not lower the error of " + who + ": no amount would halve " +
           (of_root ? "its root." : "it.");
  const std::string goal =
      std::string("To halve ") + (of_root ? "the root of " : "") + error_text(finding) + ", " + who;
  if (std::isinf(q.estimate))
    return goal + " would need at least " + rounded(told.log10_value.low) + " times the " + cost +
           ", and perhaps no amount is enough.";
  return goal + " needs " + estimate_text(told) + " the " + cost + range_text(told) + ".";
}

/// The normalised error is 1 where the same answer is given always.
std::string plateau_words(const Finding& finding) {
  const Interval& error = finding.law.value;
  const bool share = error.estimate < 1;
  const Told told{log10_of(scaled(error, share ? 100 : 1)), share ? " %" : " times"};
  if (!(error.estimate > 0)) return "";
  return "At these sizes the error of " + finding.claim.arm + " is " + estimate_text(told) +
         (share ? " of" : "") + " what always giving the same answer would cost" + range_text(told) + ".";
}

/// "oracle with 15 patients", or "oracle".
std::string other_text(const Claim& claim, const std::string& observations) {
  if (claim.against_n == 0) return claim.against_arm;
  return claim.against_arm + " with " + std::to_string(claim.against_n) + " " + observations;
}

std::string crossing_words(const Finding& finding, const std::string& observations) {
  const Claim& claim = finding.claim;
  const std::string other = other_text(claim, observations);
  const Told told{log10_of(finding.law.value), " " + observations};
  if (std::isinf(told.log10_value.estimate))
    return "No number of " + observations + " lets " + claim.arm + " do as well as " + other + ".";
  const std::string range = range_text({told.log10_value, ""});
  if (claim.against_n > 0)
    return claim.arm + " needs " + estimate_text(told) + range + " to do as well as " + other + ".";
  return claim.arm + " and " + claim.against_arm + " do equally well with " + estimate_text(told) + range +
         ".";
}

std::string multiple_words(const Finding& finding, const std::string& observations) {
  const Claim& claim = finding.claim;
  const Told told{log10_of(finding.law.value), " times"};
  const std::string goal = "To do as well as " + other_text(claim, observations) + ", " + claim.arm;
  if (std::isinf(told.log10_value.estimate)) return goal + " would need more computing than any.";
  return goal + " takes " + estimate_text(told) + " the " + computing_text(claim) + range_text(told) + ".";
}

std::string error_multiple_words(const Finding& finding, const std::string& observations) {
  const Told told{log10_of(finding.law.value), " times"};
  return "At these sizes the error of " + finding.claim.arm + " is " + estimate_text(told) + " that of " +
         other_text(finding.claim, observations) + range_text(told) + ".";
}

std::string ratio_words_of(const Finding& finding) {
  const Claim& claim = finding.claim;
  const Told told{log10_of(finding.law.value), " times"};
  if (claim.of == RatioOf::exponent)
    return "The exponent of " + computing_text(claim) + " of " + claim.arm + " is " + estimate_text(told) +
           " that of " + claim.against_arm + range_text(told) + ".";
  return "To reach an error of " + with_digits(claim.at_error, 3) + ", " + claim.arm + " takes " +
         estimate_text(told) + " the " + computing_text(claim) + " of " + claim.against_arm +
         range_text(told) + ".";
}

}  // namespace

std::string in_words(const Finding& finding, const std::string& observations) {
  if (std::isnan(finding.law.value.estimate)) return "";
  if (claim_law(finding.claim.law).is_exponent) return exponent_words(finding);
  if (finding.claim.law == LawKind::plateau) return plateau_words(finding);
  if (finding.claim.law == LawKind::ratio) return ratio_words_of(finding);
  if (finding.claim.law == LawKind::error_multiple) return error_multiple_words(finding, observations);
  return finding.claim.law == LawKind::crossing ? crossing_words(finding, observations)
                                                : multiple_words(finding, observations);
}

}  // namespace quartic
