#pragma once
/// Fair shares of several causes in a number that each of them changes.
#include "core/types.hpp"

namespace quartic {

/// values[m] is the number with those causes at work whose bits are set in m: 2^k values for k causes. The
/// share of a cause is the change it makes, averaged over all k! orders in which the causes may be switched
/// on:
///     share_i = sum over m without i of |m|! (k - |m| - 1)!/k! (values[m with i] - values[m]).
/// Shares add up to values[2^k - 1] - values[0]. NaN where a value is. O(k 2^k). Precondition: k >= 1.
/// Shapley 1953, A value for n-person games; Young 1985 (why no other shares will do).
Vector shapley_shares(const Vector& values);

}  // namespace quartic
