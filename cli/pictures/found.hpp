#pragma once
/// What a run found, as far as a picture can show it: the numbers of findings.json.
#include <cmath>
#include <string>
#include <vector>

#include "core/types.hpp"
#include "experiments/study/study.hpp"
#include "laws/statistics/interval.hpp"

namespace quartic {

/// The number of one finding. An end that is infinite is NaN, as is one that is not known.
struct FoundNumber {
  Index cell = 0;
  std::string arm, against = {};  ///< against: the other arm of a crossing ...
  Index against_n = 0;            ///< ... and its one size, whose error is reached; 0: at the same size
  LawKind law = LawKind::data_exponent;
  Expense over = Expense::computing;  ///< of laws of computing
  double from = 0, to = 0;            ///< the sizes it was read off
  Interval value;
  double claimed = nan;   ///< the number that the claim expects; NaN where it gives a bound
  std::string form = {};  ///< of the law, where the number is by one: "offset"
  bool best = false;      ///< by whichever law these data do not exclude
  bool floor = false;     ///< of an error above a floor, which no straight line shows
  bool typical = false;   ///< of geometric means, which the lines of a picture are not

  /// Whether it is a crossing that never comes.
  bool never() const { return !against.empty() && std::isnan(value.estimate) && std::isfinite(value.low); }
};

/// All of them, in the order of the file; none where the folder has no findings.json.
std::vector<FoundNumber> read_found(const std::string& folder);

/// Of these, the one of this law, over this expense, for an arm in a cell: that by whichever law, else the first.
/// Null: none.
const FoundNumber* find_number(const std::vector<FoundNumber>& found, LawKind law, Index cell,
                               const std::string& arm, Expense over = Expense::computing);

/// "k^{2.1} [1.9, 2.3]", or "above k^{12}", in gnuplot's enhanced text; "" without an interval.
std::string exponent_in_words(const Interval& exponent);

}  // namespace quartic
