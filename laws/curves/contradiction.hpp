#pragma once
/// How surely measurements contradict a form of law.
#include <optional>

#include "laws/curves/law.hpp"

namespace quartic::detail {

/// Points of a curve, and what each replicate adds to them.
struct LawEvidence {
  LawPoints points;
  /// Replicates x points: on log y, 0 where missing; no rows: the points are independent.
  Matrix influences = {};
  Index replicates = 0;              ///< the fewest of a point
  std::optional<double> floor = {};  ///< held at this value
};

/// A form against the widest, floor_offset (offset over a floor that is held), in which power, floor and offset
/// are nested. With k the numbers that it lacks and S the weighted squares about a fit:
///   F test       ((S - S_widest)/k) / (S_widest/(n - numbers of the widest)): does it miss the points by more
///                than the widest form does?
///   score test   T'C^-1 T, T the residuals' products with the derivatives of log y by the numbers it lacks
///                (weighted, orthogonal to those by its own), C the covariance of T over replicates: does it
///                miss them by more than replicates scatter, however sizes are correlated? Rao 1948, Hotelling
///                1931.
/// Neither alone will do: replicates enough contradict every form of law, and correlated errors about a curve
/// are smooth as a bend is.
class Contradiction {
 public:
  explicit Contradiction(LawEvidence evidence);

  LawForm widest() const { return widest_; }
  /// Weighted, about the fit of a form.
  double squares(LawForm form) const;
  /// The larger of the score test's p and half of the F test's, which has few degrees of freedom and stands guard
  /// only; of rows that stand for themselves that of the F test. 1 where fewer than two points are left over by
  /// the widest form: few sizes exclude nothing.
  double p(LawForm form) const;

 private:
  double fit_p(LawForm form, const LawFit& fit) const;
  double score_p(LawForm form, const LawFit& fit) const;

  LawEvidence evidence_;
  LawForm widest_;
  double squares_ = 0;  ///< of the widest
  Index spare_ = 0;     ///< points less its numbers
};

}  // namespace quartic::detail
