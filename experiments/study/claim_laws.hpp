#pragma once
/// The laws that a claim may name, each said once: the reader of studies, their schema, `quartic list laws`
/// and `quartic show` go by this table. How each is estimated: experiments/findings/estimates.cpp.
#include <array>
#include <string_view>

namespace quartic {

enum class LawKind {
  data_exponent,
  compute_exponent,
  frontier_exponent,
  isoflop_exponent,
  collapse_exponent,
  two_causes_exponent,
  plateau,
  crossing,
  compute_multiple,
  error_multiple,
  ratio
};

/// The arms that a law is about: that of the claim alone; with it those in `with`; or the one in `against`.
enum class ArmsOfLaw { one, joined, compared };

/// What a law is over: nothing that can be chosen; computing, in training or in total; or data as well.
enum class OverOfLaw { fixed, computing, any };

struct ClaimLaw {
  LawKind kind;
  std::string_view name;  ///< as it stands in study files and findings
  ArmsOfLaw arms = ArmsOfLaw::one;
  OverOfLaw over = OverOfLaw::fixed;  ///< the words that its key over may have
  bool has_form = false;              ///< takes the keys form and floor
  bool is_exponent = true;            ///< else a size, an error or a ratio, whose margin is a share of it
  std::string_view summary;           ///< one line, without a full stop
  std::string_view meaning;           ///< what the number is, and what the claim must say
};

/// In the order of LawKind.
inline constexpr auto claim_laws = std::to_array<ClaimLaw>({
    {.kind = LawKind::data_exponent,
     .name = "data_exponent",
     .has_form = true,
     .summary = "how much more data k times the performance takes",
     .meaning =
         "Observations grow as k^q, where k is performance, one over the root of the normalised "
         "error (of classes one over the error). The claim gives the arm and what q should be (expect, at_least or at_most); from and "
         "to limit the sizes that are used."},
    {.kind = LawKind::compute_exponent,
     .name = "compute_exponent",
     .over = OverOfLaw::computing,
     .has_form = true,
     .summary = "how much more computing k times the performance takes",
     .meaning = "Operations of fitting and tuning grow as k^q. The claim is like that of a data exponent."},
    {.kind = LawKind::frontier_exponent,
     .name = "frontier_exponent",
     .arms = ArmsOfLaw::joined,
     .over = OverOfLaw::computing,
     .summary = "how much more computing k times the performance takes, whichever arm is best",
     .meaning = "Along the fewest operations with which the arm, or one of those in with, reaches an error."},
    {.kind = LawKind::isoflop_exponent,
     .name = "isoflop_exponent",
     .arms = ArmsOfLaw::joined,
     .summary = "the same by the usual parabolas, which are biased",
     .meaning = "The arm and those in with are sizes of one model. A parabola in the logarithm of the number "
                "of parameters goes through the errors of every budget, parameters times observations, that "
                "was spent on all of them; its vertices are the best sizes. The answer depends on which "
                "sizes are named, even without noise."},
    {.kind = LawKind::collapse_exponent,
     .name = "collapse_exponent",
     .arms = ArmsOfLaw::joined,
     .summary = "the same by one curve for all budgets",
     .meaning = "Errors of all sizes and budgets, scaled, lie on one curve, which is fitted at once."},
    {.kind = LawKind::two_causes_exponent,
     .name = "two_causes_exponent",
     .arms = ArmsOfLaw::joined,
     .summary = "the same by the law in which a lack of parameters and a lack of data add up",
     .meaning =
         "Errors of all sizes N and numbers of observations n are fitted at once by E + A/N^a + B/n^b. "
         "Computing grows as k^(2/a + 2/b) along its frontier, where k is one over the root of the error "
         "above E (or 1/a + 1/b, where k is one over the error)."},
    {.kind = LawKind::plateau,
     .name = "plateau",
     .is_exponent = false,
     .summary = "the error an arm does not get below, however much data it sees",
     .meaning = "The normalised error averaged over the sizes from 'from' on."},
    {.kind = LawKind::crossing,
     .name = "crossing",
     .arms = ArmsOfLaw::compared,
     .is_exponent = false,
     .summary = "the number of observations at which an arm catches up with another",
     .meaning = "The size at which the error of the arm falls to that of the arm named by against, at one "
                "size where against gives n, else at the same size."},
    {.kind = LawKind::compute_multiple,
     .name = "compute_multiple",
     .arms = ArmsOfLaw::compared,
     .over = OverOfLaw::computing,
     .is_exponent = false,
     .summary = "how many times the computing it takes an arm to catch up with another",
     .meaning =
         "The operations of fitting and tuning of the arm at that crossing over those of the arm named "
         "by against: at its size where against gives n, else at the crossing."},
    {.kind = LawKind::error_multiple,
     .name = "error_multiple",
     .arms = ArmsOfLaw::compared,
     .is_exponent = false,
     .summary = "how many times the error of another arm an arm has at the same sizes",
     .meaning =
         "The geometric mean, over the sizes between from and to, of the error of the arm over that of the arm named by "
         "against, at one size where against gives n, else at the same sizes. Both see the same observations: the "
         "interval is of the ratio."},
    {.kind = LawKind::ratio,
     .name = "ratio",
     .arms = ArmsOfLaw::compared,
     .over = OverOfLaw::any,
     .has_form = true,
     .is_exponent = false,
     .summary = "the exponent, or the cost of an error, of an arm over that of another",
     .meaning =
         "Of q, where the cost of either arm grows as k^q, or of = \"cost\", of what reaching at_error costs, over "
         "computing, data, running (one prediction) or total. Both see the same observations: the interval is of the ratio."},
});

constexpr const ClaimLaw& claim_law(LawKind kind) {
  return claim_laws[static_cast<std::size_t>(kind)];
}
/// Whether it is about where an arm catches up with another, which may be never.
constexpr bool is_of_crossing(LawKind kind) {
  return kind == LawKind::crossing || kind == LawKind::compute_multiple;
}
/// What counts as agreement with this value where a claim does not say it.
constexpr double usual_margin(LawKind kind, double value) {
  constexpr double of_exponents = 0.3, share = 0.1;
  return claim_law(kind).is_exponent ? of_exponents : share * (value < 0 ? -value : value);
}
constexpr std::string_view to_string(LawKind kind) {
  return claim_law(kind).name;
}

namespace detail {
consteval bool in_order() {
  for (std::size_t k = 0; k < claim_laws.size(); ++k)
    if (claim_laws[k].kind != static_cast<LawKind>(k)) return false;
  return true;
}
static_assert(in_order(), "an entry for each LawKind, in its order");
}  // namespace detail

}  // namespace quartic
