#pragma once
/// Least squares on a few directions that other tasks have in common.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// T source tasks (Data::sources) of n_t > d rows each, and this task's X, y, n x d. Where the coefficients of all
/// tasks lie in one subspace, w_t = B a_t with B of `dimensions` = k columns, the sources say which:
///   W = (w_1 ... w_T), d x T, the least squares fits of the sources;
///   U = its first k left singular vectors, d x k;
///   a = argmin |y - XU a|, beyond n directions the shortest;      w = U a.
/// The rule is linear in all columns. An intercept, where asked for, is fitted in the sources and in the last step, and
/// has no part in W (then n_t > d + 1).
///
/// U comes from the eigenvectors of the smaller of WW' and W'W. Where W has fewer than k directions beyond rounding
/// (squared singular values above 1e-12 of the largest), those it has serve, and the message says how many.
///
/// pretraining_flops: the fits of the sources and U; fit_flops: XU, the fit, and Ua (models/linear/transfer/flops.hpp).
/// parameters = directions, and the intercept. Certificate: that of the last fit. Throws InvalidInput where the data
/// have no sources, one has too few rows, or there are fewer sources, or columns, than dimensions.
///
/// Tripuraneni, Jin & Jordan (2021), arXiv 2002.11684; Du, Hu, Kakade, Lee & Lei (2021), arXiv 2002.09434.
struct SharedSubspace {
  Index dimensions = 3;
  bool intercept = false;

  static std::span<const Option<SharedSubspace>> options();
  std::string name() const { return "shared_subspace"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool is_linear() const { return true; }

  void require_data(Index n, Index d, Task task) const;
  void require_sources(std::span<const Index> rows, Index d) const;
  Fit fit(const Data& data, Stream stream) const;
  std::vector<Fit> fit_prefixes(const Prefixes& prefixes, Stream stream) const;

  /// A fit of a source of as many rows, one Gram matrix of the columns, its eigenvectors, and XU. W, whose size the
  /// number of sources decides, is left out.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<SharedSubspace> && FitsPrefixes<SharedSubspace> && RequiresData<SharedSubspace> &&
              RequiresSources<SharedSubspace> && HasWorkingBytes<SharedSubspace> &&
              SaysWhetherLinear<SharedSubspace>);

}  // namespace quartic
