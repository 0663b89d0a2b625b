#pragma once
/// A linear model whose small coefficients are cut.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// Magnitude pruning of a linear fit. X: n x d, columns of one scale (nothing is standardised). With b the fit of
/// `base` to all columns (least squares, beyond n columns the interpolator of least norm, or ridge), round
/// r = 1 .. rounds
///   keeps, of the columns there, the k_r = max(1, ceil(d keep^(r/rounds))) with the largest |b_j| (of equal ones the
///   first); or, where `threshold` is above 0, those with |b_j| >= threshold;
///   fits `base` anew to these columns, but for the last round, which does so where `refit` is true: otherwise its
///   coefficients are those before the cut, and zero.
/// rounds = 1 is one shot: b_j where |b_j| is large enough, hard thresholding of the fit. A penalty that the data
/// choose is chosen anew in every fit.
///
/// keep = a share in (0, 1], or
///   "held_out"   1, 1/2, 1/4, 1/8, 1/16 or 1/32, whichever errs least on the last fifth of the rows (floor, at least
///                one) when all is done on the others; of equal errors the smallest. One row: 1. Billed as tuning: the
///                fit to all columns once, and what follows it for each share.
///
/// The rule is linear in all columns, zero in those cut, so that it costs 2 flops a column kept to run. parameters =
/// columns kept, and the intercept. iterations = rounds. Certificate: that of the last fit of `base`; NaN where
/// coefficients were cut after it. Flops: the fits of `base`, at all columns and after each cut; choosing by size
/// compares and is no flop; of held_out models/linear/pruned/flops.hpp. A threshold that no coefficient reaches leaves
/// the rule that is zero, and a message. Throws InvalidInput for no rows or columns.
///
/// LeCun, Denker & Solla (1990), Optimal brain damage; Han, Pool, Tran & Dally (2015), arXiv 1506.02626.
struct Pruned {
  std::string base = "least_squares";
  NumberOrWord penalty = "loo";  ///< of ridge
  NumberOrWord keep = 0.5;
  double threshold = 0;  ///< 0: by keep
  Index rounds = 1;
  bool refit = true;
  bool intercept = false;

  static std::span<const Option<Pruned>> options();
  std::string name() const { return "pruned"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool is_linear() const { return true; }
  /// Those of the base, whose first fit sees all columns.
  Needs needs() const;

  void require_consistent() const;
  void require_data(Index n, Index d, Task task) const;
  Fit fit(const Data& data, Stream stream) const;
  std::vector<Fit> fit_prefixes(const Prefixes& prefixes, Stream stream) const;

  /// A fit of the base to all columns; or one to a copy of those that are kept, when the first is done.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<Pruned> && FitsPrefixes<Pruned> && HasNeeds<Pruned> && RequiresData<Pruned> &&
              HasWorkingBytes<Pruned> && SaysWhetherLinear<Pruned>);

}  // namespace quartic
