#pragma once
/// What turns the exponent of computing that is true into the one that is read off published figures.
///
/// A study may have a [causes] table (docs/study-files.md). Its replicates, taken `systems` at a time, are
/// fields of research: systems built at every size, from which each field publishes one figure a size, an
/// error e with the computing C behind it. The exponent is q = 2/slope, slope that of -log e on log C by
/// least squares over all published figures, as one would read it off a table. Six causes may change what is
/// published:
///   floor            e + floor in place of e: labels that are wrong, ambiguous or noisy
///   computing noise  C exp(s z), z normal: processors, rates and days as reported are not what was computed
///   published best   the best e of the first best_of(n) systems in place of the mean of all: where many can
///                    afford small systems and few large ones, records are luck at the small end
///   under-converged  the arm `under_converged` in place of `arm`
///   tuning           C tuning(n): all runs of the search in place of the one reported
///   few sizes        the sizes `few` in place of all
/// Systems without an error, and those that diverged, are left out, and the next of their field takes their place.
/// All 2^6 combinations are evaluated; the share of a cause is its Shapley mean over all orders
/// (laws/statistics/shapley.hpp). Intervals are jackknife intervals over fields. z is drawn from "causes" /
/// field / size.
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/results/cube.hpp"
#include "experiments/study/study.hpp"
#include "laws/statistics/interval.hpp"
#include "laws/statistics/verdict.hpp"

namespace quartic {

inline constexpr std::array<std::string_view, 6> cause_names = {
    "floor", "computing noise", "published best", "under-converged", "tuning", "few sizes"};

struct CausesFinding {
  std::vector<Interval> exponents;  ///< of combination m: the causes whose bits are set in m
  std::vector<Interval> shares;     ///< of each cause, in exponent units
  Interval total;                   ///< all causes at work less none: the sum of the shares
  Judgement base;                   ///< of the exponent without any cause, against Causes::expect
  std::size_t largest = 0;          ///< the combination with the largest exponent
};

/// Precondition: study.causes. Ends of intervals are NaN for fewer than two fields.
CausesFinding evaluate_causes(const Study& study, const Cube& cube);

/// The causes at work in combination m, joined by " + "; "none".
std::string combination_name(std::size_t combination);

}  // namespace quartic
