#pragma once
/// A linear model that begins with the coefficients of other tasks.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// With w_0 the coefficients learned from the rows of the source tasks (Data::sources: all pooled as one task, or the
/// first alone) by `start`, least squares (beyond n columns the interpolator of least norm) or ridge, its penalty by
/// exact leave-one-out, and X, y the n x d rows of this task:
///   ridge          w = argmin 1/(2n) |y - Xw|^2 + penalty/2 |w - w_0|^2
///   least_squares  w = w_0 + X^+ (y - X w_0): of the w with the smallest |y - Xw| the nearest to w_0; with n >= d that
///                  is least squares, whatever the sources said.
/// Both are w_0 + b, b the fit of that name to y - X w_0; the penalty is that of ridge. An intercept, where asked for,
/// is fitted in both steps, and both are added.
///
/// pretraining_flops: the fit of the sources, its tuning included. fit_flops: y - X w_0, the fit, and w_0 + b
/// (models/linear/transfer/flops.hpp). parameters = d, and the intercept. Certificate: that of b. Throws InvalidInput
/// where the data have no sources.
///
/// Risk where columns are isotropic: that of ridge and of the interpolator with |w_0 - w|^2 in the place of the signal.
/// Pan & Yang (2010), A survey on transfer learning; ridge towards a prior: Chelba & Acero (2004), EMNLP.
struct FineTuned {
  std::string method = "ridge";
  NumberOrWord penalty = "loo";  ///< of ridge towards w_0: a number, "loo" or "cv"
  std::string sources = "pooled", start = "least_squares";
  bool intercept = false;

  static std::span<const Option<FineTuned>> options();
  std::string name() const { return "fine_tuned"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool is_linear() const { return true; }

  void require_data(Index n, Index d, Task task) const;
  void require_sources(std::span<const Index> rows, Index d) const;
  Fit fit(const Data& data, Stream stream) const;
  std::vector<Fit> fit_prefixes(const Prefixes& prefixes, Stream stream) const;

  /// A copy of the rows, and a fit of them with its Gram matrix. Of sources, of whose rows a model is not told,
  /// nothing.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<FineTuned> && FitsPrefixes<FineTuned> && RequiresData<FineTuned> &&
              RequiresSources<FineTuned> && HasWorkingBytes<FineTuned> && SaysWhetherLinear<FineTuned>);

}  // namespace quartic
