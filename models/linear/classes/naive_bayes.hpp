#pragma once
/// Naive Bayes: two Gaussian classes whose columns are independent.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// The log odds of two classes whose columns are independent and Gaussian, with means m_kj (j = 1 .. p) and
///   "common"    variances v_j in common, sum over the rows of (x_ij - m_j of the row's class)^2 / (n - 2): a linear
///               rule, score = x'w + log(n1/n0) - (m0 + m1)'w/2 with w_j = (m_1j - m_0j) / v_j;
///   "by_class"  variances v_kj of each class, divisor n_k - 1: the quadratic rule
///               log(n1/n0) + 1/2 sum_j log(v_0j/v_1j) + (x_j - m_0j)^2/v_0j - (x_j - m_1j)^2/v_1j.
///
/// A variance counts as at least 1e-9 u_j^2, u_j the power of two below the largest distance in column j of a row from
/// another of its class, or of the means where that is larger. So a column that does not vary within the classes but
/// between them decides almost alone, and one that does not vary at all says nothing; the message counts the former.
/// Labels that are all equal: a constant rule (two_classes.hpp).
///
/// Closed form, of order n p, in one unit a column, so that units do not matter; no certificate (NaN). Flops:
/// models/linear/classes/flops.hpp. Throws InvalidInput for real-valued labels, others than 0 and 1, and no rows.
/// Hand & Yu (2001), International Statistical Review 69; as "diagonal" discriminants: Dudoit, Fridlyand & Speed
/// (2002), JASA 97; with more columns than rows: Bickel & Levina (2004), Bernoulli 10.
struct NaiveBayes {
  std::string variances = "common";

  static std::span<const Option<NaiveBayes>> options();
  std::string name() const { return "naive_bayes"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool reads_classes() const { return true; }
  bool is_linear() const { return variances == "common"; }

  void require_data(Index n, Index p, Task task) const;
  Fit fit(const Data& data, Stream stream) const;

  /// A block of rows, and a few numbers a column.
  double working_bytes(Index n, Index p) const;
};
static_assert(Estimator<NaiveBayes> && ReadsClasses<NaiveBayes> && RequiresData<NaiveBayes> &&
              HasFingerprint<NaiveBayes> && HasWorkingBytes<NaiveBayes>);

}  // namespace quartic
