#pragma once
/// Gradient boosting with stumps: sums of steps, one column and one threshold at a time.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// f(x) = base + sum over rounds of learning_rate (l or r, as column j is at most t or above it): a sum of functions of
/// one column each. Every round takes the column and threshold that split the slopes g_i of the loss best, those of the
/// largest (sum g)^2/n left + the same right (of equal ones the first column, then the lowest threshold). loss =
///   "squared"   g = y - f, base the mean, l and r the means of g on their side (of numbers, and of classes as 1/2 and
///               -1/2);
///   "logistic"  g = y - p, p = 1/(1 + e^-f): f is the log odds of class 1, base that of all rows, each class with half
///               a row more; l and r are Newton steps sum g / sum p (1 - p), at most 4 long.
/// Thresholds: up to `bins` - 1 quantiles a column of the rows of training, found once (histograms): a round reads a
/// byte a number, and costs n d flops.
///
/// rounds = a number, or "validation": the last floor(validation n) rows (at least one) are held out, and the rounds
/// with the least mean loss there, from none to `most`, are made again on all rows; it stops `patience` rounds after the
/// best. That is billed as tuning. Status: converged, or iteration_limit where `most` was reached before. A fit ends
/// earlier where no split lowers the loss. parameters: jumps at different places, and the base. No certificate (NaN).
///
/// Flops: models/trees/flops.hpp; exact. Failed where data are not finite. Throws InvalidInput for a loss that is not
/// for these labels, no rows or columns, too few rows to hold some out, options out of range. Friedman (2001), Annals
/// of Statistics 29; stumps and additive functions: Buehlmann & Yu (2003), JASA 98.
struct BoostedStumps {
  NumberOrWord rounds = "validation";
  double learning_rate = 0.1;
  Index bins = 64;
  std::string loss = "squared";
  double validation = 0.2;
  Index most = 1000;
  Index patience = 50;

  static std::span<const Option<BoostedStumps>> options();
  std::string name() const { return "boosted_stumps"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool reads_classes() const { return loss == "logistic"; }
  bool copies_rows() const { return false; }

  void require_consistent() const;
  void require_data(Index n, Index d, Task task) const;
  Fit fit(const Data& data, Stream stream) const;

  /// A byte a number, thresholds and jumps, and a few numbers a row.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<BoostedStumps> && ReadsClasses<BoostedStumps> && RequiresData<BoostedStumps> &&
              HasFingerprint<BoostedStumps> && HasWorkingBytes<BoostedStumps>);

}  // namespace quartic
