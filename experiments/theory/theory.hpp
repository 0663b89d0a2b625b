#pragma once
/// What theory expects beside what was measured.
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"
#include "experiments/study/study.hpp"
#include "sim/experts/expert.hpp"

namespace quartic {

/// One arm at one size in one drawn world.
struct TheoryQuery {
  const Choice* world = nullptr;  ///< kind, and every option (with_defaults)
  std::string model;              ///< kind: "lasso", ...
  OptionValues options = {};      ///< of the model, every one (with_defaults), formulas evaluated
  double rows = 0;                ///< n
  double columns = 0;             ///< how many the arm sees
  /// Share of Var f* in relevant columns that the arm does not see: 0 for the oracle and for all columns.
  double missing_share = 0;
  NamedCounts named = {};        ///< of a model that sees all and is told what an expert names
  const Facts* facts = nullptr;  ///< of the drawn truth: candidates, relevant, noise, signal
};

/// Expected normalised error, or NaN where no formula holds. A pure function. Closed forms cost nanoseconds,
/// the lasso's state evolution and the deterministic equivalent up to a millisecond: callers that ask again
/// keep the value. Formulas for smooth and power_law worlds stand in series.hpp, for networks and their
/// teachers in online.hpp. Those for sparse_linear worlds hold without an intercept, for noise with any
/// tails:
///
///   model            holds for                                              source
///   least_squares    isotropic; any columns, minimum norm included          Belkin, Hsu & Xu 2020 (exact)
///                    other covariances: n >= columns + 2 and no signal      exact
///                    missing, or independent columns
///   ridge            isotropic; penalty a number; columns >= 50             Dobriban & Wager 2018
///                    spectrum covariance, all columns, support = "first"    deterministic equivalent
///   minimum norm     spectrum covariance, all columns, support = "first"    deterministic equivalent
///   lasso            isotropic; penalty a number; columns >= 50; signal     Bayati & Montanari 2012
///                    that the arm does not see counts as noise, and only
///                    with coefficients that are all alike
///   hybrid           the same, loss = "squared", trust a number; signs     laws/theory/lasso.hpp
///                    and sizes of coefficients alike, or Gaussian ones of
///                    which the named have no penalty (trust 1) or none is
///                    named
///   linear_sgd       isotropic; one pass; rate a number; all columns        laws/theory/sgd.hpp (exact)
///   random_features  isotropic; columns >= 50                               Mei & Montanari 2022
///   pruned           isotropic; least squares cut once, not fitted again;   laws/theory/pruning.hpp
///                    all columns, 50 or more; coefficients not Gaussian
///
/// They hold for the target of `related` too, whose columns are isotropic; those of models that learn from its sources
/// stand in transfer.hpp.
///
/// In worlds of classes: logistic_regression without a penalty in `logistic`, prevalence 1/2 and no label_noise, where the arm sees all
/// relevant columns, 50 or more in all (Sur & Candes 2019, laws/theory/logistic.hpp); NaN where the classes can be
/// separated.
///
/// Gaussian coefficients enter by their law, scaled to the signal of this truth.
double theory_error(const TheoryQuery& query);

}  // namespace quartic
