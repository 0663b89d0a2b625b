#include "experiments/results/class_measures.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace quartic::detail {

namespace {

std::vector<Index> order_by_score(const Vector& scores) {
  std::vector<Index> order(static_cast<std::size_t>(scores.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(),
            [&](Index a, Index b) { return scores[a] < scores[b] || (scores[a] == scores[b] && a < b); });
  return order;
}

// Of all pairs of different rows, each weighed by the chance that the first is a 1 and the second a 0: those where
// the 1 has the higher score, and half of those where both have the same.
double area_under_curve(const ScoredRows& rows) {
  const std::vector<Index> order = order_by_score(rows.scores);
  double zeros_below = 0, above = 0, ones = 0, same_row = 0;
  for (std::size_t first = 0; first < order.size();) {
    double tied_ones = 0, tied_zeros = 0, tied_same = 0;
    std::size_t end = first;
    for (; end < order.size() && rows.scores[order[end]] == rows.scores[order[first]]; ++end) {
      const double p = rows.chances[order[end]];
      tied_ones += p;
      tied_zeros += 1 - p;
      tied_same += p * (1 - p);
    }
    above += tied_ones * zeros_below + (tied_ones * tied_zeros - tied_same) / 2;
    zeros_below += tied_zeros;
    ones += tied_ones;
    same_row += tied_same;
    first = end;
  }
  return above / (ones * zeros_below - same_row);
}

/// -log of a chance, and of the chance of the other class.
struct Surprise {
  double of_one, of_zero;
};

Surprise surprise_of_label(double score) {
  const double chance = std::clamp(score + 0.5, 0.0, 1.0);
  return {-std::log(chance), -std::log1p(-chance)};
}

Surprise surprise_of_log_odds(double score) {
  const double rest = std::log1p(std::exp(-std::abs(score)));  // log(1 + e^-|s|)
  return {std::max(-score, 0.0) + rest, std::max(score, 0.0) + rest};
}

// 0 where a thing of no chance would be infinitely surprising.
double weighed(double chance, double surprise) {
  return chance == 0 ? 0 : chance * surprise;
}

}  // namespace

ClassMeasures measure_classes(const ScoredRows& rows) {
  if (rows.scores.array().isNaN().any()) return {};
  double log_loss = 0, brier = 0;
  for (Index i = 0; i < rows.scores.size(); ++i) {
    const double p = rows.chances[i];
    const Surprise surprise =
        rows.tells_log_odds ? surprise_of_log_odds(rows.scores[i]) : surprise_of_label(rows.scores[i]);
    log_loss += weighed(p, surprise.of_one) + weighed(1 - p, surprise.of_zero);
    const double given = std::exp(-surprise.of_one);
    brier += p * (1 - given) * (1 - given) + (1 - p) * given * given;
  }
  const auto count = static_cast<double>(rows.scores.size());
  return {area_under_curve(rows), log_loss / count, brier / count};
}

}  // namespace quartic::detail
