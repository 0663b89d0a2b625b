#pragma once
/// Rules that read columns as high or low and count votes: an early expert system.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// A list of rules "if column j is high, yes; if it is low, no", one for every column that the model sees (those that
/// an expert names, in an arm with an expert). Column j of a row votes v_j = sign x_j: 1 above zero, -1 below, 0 at
/// zero, where it abstains (columns of worlds have mean zero; nothing is centred). The rule is
/// intercept + sum_j w_j v_j, which is not linear in x. votes =
///   "fixed"    w_j = 1/d, no intercept: the mean vote, as an expert would write it who takes every column oriented so
///              that high speaks for yes. Nothing is read from the data: no parameters, no flops, and rows play no
///              role. Of numbers it tells the direction alone: its unit is the vote, and not that of the labels;
///   "signs"    each column votes the way in which it goes with the labels, s_j = the sign of
///              sum_i v_ij (y_i - mean y): one bit a column (0: it never votes). The rule is the line of least squares
///              in the tally t_i = sum_j s_j v_ij: unit weights, which Dawes (1979), American Psychologist 34, found
///              hard to beat;
///   "learned"  weights and intercept by least squares on the votes (LeastSquares, of least norm where columns are
///              many).
///
/// parameters: 0; d bits, a slope and an intercept, told as d + 2; d + 1. Classes come to it as 1/2 and -1/2, so that
/// the answer is the side to which the votes incline. Certificate: none (NaN), or that of LeastSquares. Flops:
/// models/rules/flops.hpp; of order n d, or those of LeastSquares. Failed where labels are not finite. Throws
/// InvalidInput for classes as such, no rows, no columns. Rules counted for and against: Shortliffe & Buchanan (1975),
/// Mathematical Biosciences 23.
struct RuleList {
  std::string votes = "signs";

  static std::span<const Option<RuleList>> options();
  std::string name() const { return "rule_list"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool copies_rows() const { return false; }

  void require_data(Index n, Index d, Task task) const;
  Fit fit(const Data& data, Stream stream) const;

  /// A block of rows; "learned": all votes, and what least squares holds.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<RuleList> && RequiresData<RuleList> && HasFingerprint<RuleList> &&
              HasWorkingBytes<RuleList>);

}  // namespace quartic
