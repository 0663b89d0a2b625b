#pragma once
/// What theory expects beside what was measured.
#include <limits>
#include <string>

#include "core/options.hpp"
#include "core/world.hpp"
#include "experiments/study/study.hpp"

namespace quartic {

/// One arm at one size in one drawn world.
struct TheoryQuery {
  const Choice* world = nullptr;  ///< kind and options as the study sets them
  std::string model;  ///< kind: "least_squares", "ridge", "lasso", "linear_sgd", "random_features", "mlp"
  double penalty = std::numeric_limits<double>::quiet_NaN();  ///< number in force; NaN: the model chooses it
  double step =
      std::numeric_limits<double>::quiet_NaN();  ///< of one-pass linear_sgd; NaN: unknown, or more passes
  std::string average = "tail";                  ///< of linear_sgd
  bool intercept = false;                        ///< an intercept is fitted: no formula here knows it
  double rows = 0;                               ///< n
  double columns = 0;                            ///< how many the arm sees
  /// Share of Var f* in relevant columns that the arm does not see: 0 for the oracle and for all columns.
  double missing_share = 0;
  const Facts* facts = nullptr;  ///< of the drawn table: candidates, relevant, noise, signal
  /// Of the model, as the study sets them, formulas evaluated; null: all at their defaults. What theory needs
  /// of penalty, step, average and intercept stands above.
  const OptionValues* options = nullptr;
};

/// Expected normalised error, or NaN where no formula holds. A pure function; closed forms cost nanoseconds,
/// the lasso's state evolution and the deterministic equivalent up to a millisecond: keep the value where it
/// is asked for again. Formulas are for smooth and power_law worlds
/// (overlay_series.hpp), networks and their teachers (overlay_online.hpp), and for sparse_linear worlds,
/// without an intercept, noise of any tails:
///   least_squares  isotropic: any columns, minimum norm included (exact: Belkin, Hsu & Xu 2020); other
///   covariances:
///                  n >= columns + 2 and nothing missing, or independent columns (exact);
///   ridge          at a number, from 50 columns on, isotropic (Dobriban & Wager 2018);
///   lasso          at a number, from 50 columns on, isotropic (Bayati & Montanari 2012); what an expert
///   overlooks is noise to
///                  the lasso; with missing signal only for coefficients that are all alike;
///   linear_sgd     one pass at a number, all columns, isotropic (exact: laws/theory/sgd.hpp);
///   random_features  from 50 columns on, isotropic (Mei & Montanari 2022: overlay_features.hpp);
///   ridge and minimum norm on all columns of a spectrum covariance with support = "first" (deterministic
///   equivalent).
/// Gaussian coefficients enter by their law, scaled to the signal of this truth.
double theory_error(const TheoryQuery& query);

}  // namespace quartic
