#pragma once
/// How far a fitted rule is from the truth: exactly where the truth can say, else on fresh rows.
#include <optional>
#include <span>
#include <vector>

#include "core/fit.hpp"
#include "core/world.hpp"

namespace quartic::detail {

/// The columns an arm sees, ascending; nullptr = every candidate.
using ColumnList = const std::vector<Index>*;

/// E[(f(x) - f*(x))^2] with its standard error: 0 where it is exact.
struct Risk {
  double excess = 0;
  double standard_error = 0;
};

/// Fresh rows on which a rule without a closed form is judged; 0.02 of the mean is a typical standard error.
inline constexpr Index test_rows = 4096;

/// A rule and the columns it was trained on.
struct Rule {
  Predictor predict;
  ColumnList columns = nullptr;
};

/// In closed form; nothing where the truth has none for this rule, or the rule is not linear.
/// Throws InvalidInput where the rule has not one coefficient a column.
std::optional<Risk> exact_risk(const Truth& truth, const Rule& rule);

/// By the mean over `test_rows` fresh rows of the replicate's stream "test", drawn in blocks and once for all
/// rules. One risk a rule.
std::vector<Risk> sampled_risks(const Truth& truth, std::span<const Rule> rules, const Stream& replicate);

}  // namespace quartic::detail
