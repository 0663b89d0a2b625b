#pragma once
/// The hybrid model that trusts its expert altogether.
#include "core/data.hpp"
#include "models/linear/cross_validation.hpp"
#include "models/linear/hybrid/hybrid.hpp"
#include "models/linear/hybrid/partial_regression.hpp"

namespace quartic::detail {

/// Least squares on the named columns and a lasso on all others, at a penalty that is given or validated. Folds are
/// projected each by itself: what is held out has no part in its basis.
class FreeNames {
 public:
  /// All kept by reference. Precondition: at least one row.
  FreeNames(const Hybrid& model, const Data& data);

  /// By cross-validation. Precondition: the model's penalty is a word.
  PenaltyChoice choose() const;
  Fit fit_at(double penalty, Stream stream) const;

 private:
  Intercept intercept() const { return model_.intercept ? Intercept::fitted : Intercept::none; }
  LassoControls controls() const { return {model_.tolerance, model_.iterations}; }

  const Hybrid& model_;
  const Data& data_;
  PartialRegression all_;
};

}  // namespace quartic::detail
