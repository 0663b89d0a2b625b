#pragma once
/// The perceptron: a linear rule that is corrected by its mistakes.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// Passes over the rows, each in a new random order. A row whose label y is not on the side of the score x'b + a,
/// y (x'b + a) <= 0, moves the rule: b += y x/c^2, a += y, from b = 0, a = 0. So c is what the columns are measured in,
/// the power of two just below the largest |x_ij|: multiples of the data give the same answers, and the constant is a
/// column of c. It learns the sign of its labels, and takes steps of their size: classes come to it as y = 1/2 and
/// -1/2 (steps of Rosenblatt's size, but for a factor), of other real numbers the larger ones weigh more, and zeros are
/// passed over. The size of a score means nothing, and is no log odds.
///
/// A pass without a mistake ends the fit: converged. Otherwise, as for all rows that no rule separates, it ends after
/// `passes`: iteration_limit, and the message counts the mistakes of the last pass. Classes that some rule with
/// |b|^2 + (a/c)^2 = 1 has right by x'b + a = g or more, |x_i|^2 + c^2 <= R^2, cost at most (R/g)^2 mistakes (Novikoff
/// 1962). The rule is the mean of the iterates after every row visited (`average`), which serves better where classes
/// overlap; it may miss rows that the last iterate has right. Labels of one sign: a constant rule, the first of them.
///
/// iterations: the mistakes. No certificate (NaN). Flops (models/linear/classes/flops.hpp): 2 p + 1 a row visited,
/// 2 p + 2 a mistake and 2 p + 3 more where iterates are averaged. Throws InvalidInput for no rows. Rosenblatt (1958),
/// Psychological Review 65; averages: Freund & Schapire (1999), Machine Learning 37.
struct Perceptron {
  Index passes = 10;    ///< at most
  bool average = true;  ///< the mean of all iterates, not the last

  static std::span<const Option<Perceptron>> options();
  std::string name() const { return "perceptron"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }

  bool is_linear() const { return true; }
  Fit fit(const Data& data, Stream stream) const;

  /// The rows as double where they are held as float, an order of them, and two rules.
  double working_bytes(Index n, Index p) const;
};
static_assert(Estimator<Perceptron> && HasFingerprint<Perceptron> && HasWorkingBytes<Perceptron>);

}  // namespace quartic
