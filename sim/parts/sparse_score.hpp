#pragma once
/// x'beta over a few relevant columns of Gaussian rows: the score on which linear and class worlds rest.
#include <string_view>
#include <vector>

#include "sim/parts/pool.hpp"

namespace quartic {

struct ScoreForm {
  std::string_view covariance;    ///< sim/parts/covariance.hpp
  std::string_view coefficients;  ///< sim/parts/coefficients.hpp
};

/// beta, which is 0 beside the support.
struct Coefficients {
  std::vector<Index> support;
  std::vector<double> values;  ///< beside the support
};

/// The truth of f* = x'beta without noise, x ~ N(0, Sigma); Var f* = beta' Sigma beta.
PoolTruth make_sparse_score(Index candidates, const Covariance& covariance, const Coefficients& beta);

/// The truth of f* = x'beta without noise, x ~ N(0, Sigma): Var f* = beta' Sigma beta = pool.signal, or as the
/// coefficients have it where that is 0. Truth streams: "support" and "coefficients". Throws InvalidInput for
/// texts of no such form.
PoolTruth draw_sparse_score(const Pool& pool, const ScoreForm& form, const Stream& truth);

}  // namespace quartic
