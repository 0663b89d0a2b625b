#pragma once
/// The score of a patient: what findings say alone, and what pairs of them say only together.
#include <span>
#include <vector>

#include "core/types.hpp"
#include "sim/findings/factor_grid.hpp"

namespace quartic::detail {

struct Effect {
  Index column;
  double coefficient;
};
/// coefficient times h_a h_b, h being whether a finding is conspicuous, with mean 0 and variance 1
/// (Conspicuousness): as two factors of places that no other pair has, whatever is said of each alone.
struct Joint {
  Effect first, second;  ///< as they are in `effects`
  double coefficient;
};

/// u = sum of b_j x_j over effects + sum of d h_a h_b over joints.
struct FindingScore {
  double correlation = 0;       ///< c, within a place
  std::vector<Effect> effects;  ///< columns ascending
  std::vector<Joint> joints;

  std::vector<Index> columns() const;
  /// Of the findings x of columns(), in that order.
  double operator()(std::span<const double> x) const;
};

/// What a score is made from: effects in the order of the support, of any size.
struct ScoreDraft {
  double correlation;
  std::vector<Effect> effects;
  double signal;  ///< Var u wanted
  double joint;   ///< share of it that joints have
};
/// Scaled so that Var u = signal: to its share 1 - joint the sum of effects, with covariances within a place by
/// quadrature, and to `joint` that of pairs, which has no covariance with it. Of the places in the order of their first
/// effects the first two make a pair of these effects, then the next two, ..., one pair for each ten effects begun;
/// d is in proportion to the geometric mean of the two b, with their common sign. Throws InvalidInput where joint > 0
/// and all effects are in one place.
FindingScore make_score(const ScoreDraft& draft);

/// Columns by b^2, and d^2 of its pair, the largest first; of equal ones in the order of `support`.
std::vector<Index> by_importance(const FindingScore& score, std::span<const Index> support);

}  // namespace quartic::detail
