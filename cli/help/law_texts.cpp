#include "cli/help/law_texts.hpp"

#include "experiments/findings/findings.hpp"

namespace quartic {

namespace {

LawText text_of(LawKind law, std::string summary, std::string meaning) {
  return {std::string(to_string(law)), std::move(summary), std::move(meaning)};
}

std::vector<LawText> all_texts() {
  return {
      text_of(LawKind::data_exponent, "how much more data k times the performance takes",
              "Observations grow as k^q, where k is performance, one over the root of the normalised "
              "error. The claim gives "
              "the arm and what q should be (expect, at_least or at_most); from and to limit the sizes "
              "that are used."),
      text_of(LawKind::compute_exponent, "how much more computing k times the performance takes",
              "Floating-point operations of fitting and tuning grow as k^q. The claim is written like "
              "that of a data "
              "exponent."),
      text_of(LawKind::frontier_exponent,
              "how much more computing k times the performance takes, whichever arm is best",
              "Along the fewest operations with which the arm, or one of those in with, reaches an error."),
      text_of(LawKind::isoflop_exponent, "the same by the usual parabolas, which are biased",
              "The arm and those in with are sizes of one model. A parabola in the logarithm of the "
              "number of parameters goes through the errors of every budget, parameters times "
              "observations, that was spent on all of them; its vertices are the best sizes. The answer "
              "depends on which sizes are named, even without noise."),
      text_of(LawKind::collapse_exponent, "the same by one curve for all budgets",
              "Errors of all sizes and budgets, scaled, lie on one curve, which is fitted at once."),
      text_of(LawKind::plateau, "the error an arm does not get below, however much data it sees",
              "The normalised error averaged over the sizes from 'from' on."),
      text_of(LawKind::crossing, "the number of observations at which an arm catches up with another",
              "The size at which the error of the arm falls to that of the arm named by against, at one "
              "size where against "
              "gives n, else at the same size.")};
}

}  // namespace

const std::vector<LawText>& law_texts() {
  static const std::vector<LawText> texts = all_texts();
  return texts;
}

}  // namespace quartic
