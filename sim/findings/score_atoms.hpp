#pragma once
/// A score that has few values: their chances, and the classes that they make.
#include <optional>
#include <span>
#include <vector>

#include "sim/findings/finding_score.hpp"

namespace quartic::detail {

struct ScoreAtom {
  double value, chance;
};

/// All values of a score whose findings all go by steps (present, count), ascending, with their chances to 1e-11: of a
/// place by sums over its factor, of two places with a joint together. Values as good as equal are one. Nothing where a
/// finding has a density, or where there are more than `most` values.
std::optional<std::vector<ScoreAtom>> atoms_of(const FindingScore& score, std::size_t most);

/// Sums over all values: E 1/(1 + e^-(a + u)), E 1/(1 + e^|a + u|), and the a in [-limit, limit] with this logistic_mean.
double logistic_mean(std::span<const ScoreAtom> atoms, double intercept);
double least_error(std::span<const ScoreAtom> atoms, double intercept);
double intercept_of(std::span<const ScoreAtom> atoms, double prevalence, double limit);

}  // namespace quartic::detail
