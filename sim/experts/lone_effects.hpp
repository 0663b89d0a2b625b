#pragma once
/// What single columns say of the answer, found from the exact risk of rules of one column.
#include <vector>

#include "core/world.hpp"

namespace quartic {

/// Of one column x_j with mean 0.
struct LoneEffect {
  double covariance = 0;  ///< Cov(x_j, f*)
  double variance = 0;    ///< Var x_j
  /// The part of Var f* that a linear rule of this column alone explains.
  double explained() const { return covariance * covariance / variance; }
};

/// The risks R of the rules 0, x_j and -x_j give Cov = (R(-x_j) - R(x_j))/4 and Var x_j = (R(x_j) +
/// R(-x_j))/2 - R(0). O(candidates) a column. For answers that are numbers: with classes R is not a square.
class LoneEffects {
 public:
  explicit LoneEffects(const Truth& truth);
  /// Whether the truth knows the risk of a rule; nothing else may be asked where it does not.
  bool are_known() const { return signal_.has_value(); }
  double signal() const { return *signal_; }
  LoneEffect of(Index column);

 private:
  Truth truth_;
  LinearRule rule_;  // 0 between calls
  std::optional<double> signal_;
};

/// The part of the signal in each of truth.relevant(), over what all of them hold together: sums to 1.
/// Throws InvalidInput unless f* is linear in columns that are uncorrelated: then parts add up, else what
/// one column tells another one tells too.
std::vector<double> signal_shares(const Truth& truth);

/// 1 where the answer grows with the column, -1 where it falls, 0 where it does neither. Also for classes.
/// Throws InvalidInput where the truth does not know the risk of a rule.
int effect_sign(const Truth& truth, Index column);

}  // namespace quartic
