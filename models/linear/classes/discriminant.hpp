#pragma once
/// Linear discriminant analysis: two Gaussian classes of one covariance.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// score = x'w + b, w = S_l^-1 (m1 - m0), b = log(n1/n0) - (m0 + m1)'w/2: the log odds of Gaussian classes with means
/// m0, m1 and the covariance S_l = (1 - l) S + l (trace(S)/p) I. S = Z'Z/(n - 2), Z (n x p) the rows less the means
/// of their classes. There is no option without an intercept: b belongs to the rule.
///
///   n >= p   by the Cholesky factor of S_l;
///   n <  p   (a Z'Z + r I)^-1 d = (d - a Z'(a ZZ' + r I)^-1 Z d)/r by one of order n.
/// Where S_l is singular, always so for n < p + 2 without shrinkage, w = S^+ (m1 - m0) by the eigenvalues of Z'Z or ZZ'
/// above 1e-10 of the largest; the message names the rank. That rule sees differences of the means within the span of
/// Z alone, and the largest error that a covariance can make it commit goes to 1/2 as p/n grows (Bickel & Levina 2004,
/// Bernoulli 10): ask for shrinkage there. The limit of small shrinkage is another rule, which separates the rows.
///
/// shrinkage l: a number in [0, 1] or "auto", the intensity of Ledoit & Wolf (2004) of the rows of Z,
///   min(1, (sum |z_i|^4 - |Z'Z|_F^2/n) / (|Z'Z|_F^2 - trace(Z'Z)^2/p)), billed as tuning.
/// Labels that are all equal: a constant rule (two_classes.hpp).
///
/// Certificate: |m1 - m0 - S_l w| / |m1 - m0|; none (NaN) of a pseudo-inverse. Flops: models/linear/classes/flops.hpp.
/// Throws InvalidInput for real-valued labels, others than 0 and 1, and no rows. Fisher (1936), Annals of Eugenics 7;
/// error at n and p of one order: Raudys & Young (2004), J. Multivariate Analysis 89.
struct Discriminant {
  NumberOrWord shrinkage = 0.0;

  static std::span<const Option<Discriminant>> options();
  std::string name() const { return "discriminant"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool reads_classes() const { return true; }
  bool is_linear() const { return true; }

  void require_data(Index n, Index p, Task task) const;
  Fit fit(const Data& data, Stream stream) const;

  /// Z where n < p, the Gram matrix, and its factor or its eigenvectors.
  double working_bytes(Index n, Index p) const;
};
static_assert(Estimator<Discriminant> && ReadsClasses<Discriminant> && RequiresData<Discriminant> &&
              HasFingerprint<Discriminant> && HasWorkingBytes<Discriminant>);

}  // namespace quartic
