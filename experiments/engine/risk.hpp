#pragma once
/// How far a fitted rule is from the truth: exactly where the truth can say, else on fresh rows.
#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "core/fit.hpp"
#include "core/world.hpp"
#include "experiments/results/class_measures.hpp"
#include "sim/experts/column_reading.hpp"

namespace quartic::detail {

/// The columns an arm sees, and how it reads them; nullptr = every candidate as it is.
using View = const ColumnReading*;

/// E[(f(x) - f*(x))^2], or of classes P(wrong) - Bayes, with its standard error: 0 where it is exact.
struct Risk {
  double excess = 0;
  double standard_error = 0;
};

/// Fresh rows on which a rule without a closed form is judged; 0.02 of the mean is a typical standard error.
inline constexpr Index test_rows = 4096;
/// As many of them are held at a time.
constexpr Index test_rows_at_once(Index candidates) {
  constexpr Index numbers = 1 << 23;
  return std::clamp<Index>(numbers / std::max<Index>(candidates, 1), 1, 256);
}

/// A rule, the columns it was trained on, which it reads in the same way on new cases, and whether its score is
/// a log odds (ReadsClasses).
struct Rule {
  Predictor predict;
  View view = nullptr;
  bool tells_log_odds = false;
};

/// In closed form; nothing where there is none: of rules that are not linear, random features of all candidates know
/// theirs where these are independent normals and the answer is linear (NormalLaw). Of linear rules on readings with
/// noise, or of which some are lost, a linear rule b of numbers has the risk of (1 - missing) b and the
/// variance of what is read; columns read as thresholds, and classes badly read, have no closed form.
/// Throws InvalidInput where the rule has not one coefficient a column.
std::optional<Risk> exact_risk(const Truth& truth, const Rule& rule, Task task);

/// What fresh rows tell of a rule.
struct Sampled {
  Risk risk;
  std::optional<ClassMeasures> classes;  ///< none in regression
};

/// The mean over `test_rows` fresh rows, or as many as the truth has, of the replicate's stream "test", drawn in blocks and once for all
/// rules, of their columns alone; readings of them draw from its stream "expert". One answer a rule, which does
/// not depend on the others.
std::vector<Sampled> on_fresh_rows(const Truth& truth, Task task, std::span<const Rule> rules,
                                   const Stream& replicate);

}  // namespace quartic::detail
