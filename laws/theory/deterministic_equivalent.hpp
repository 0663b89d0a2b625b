#pragma once
/// Ridge and minimum-norm regression under any covariance: the deterministic equivalent of the excess risk.
#include "core/types.hpp"

namespace quartic {

/// A covariance by its eigenvalues s_j >= 0, and the squares b_j^2 of the coefficients in its eigenbasis;
/// same length.
struct CovarianceSpectrum {
  Vector eigenvalues;
  Vector squared_coefficients;
};

struct RidgeEquivalent {
  double kappa = 0;               ///< effective penalty
  double degrees_of_freedom = 0;  ///< df2 = sum s_j^2/(s_j+kappa)^2
  double risk = 0;                ///< excess risk
};

struct RidgeSample {
  double rows = 100;          ///< n
  double penalty = 0;         ///< l in (X'X/n + l I)^-1 X'y/n; 0: the ridgeless limit l -> 0+
  double noise_variance = 1;  ///< sigma^2
};

/// kappa solves sum s_j/(s_j+kappa) + n l/kappa = n (0 where l = 0 and the rank is below n);
///   R = [kappa^2 sum s_j b_j^2/(s_j+kappa)^2 + sigma^2 df2/n] / (1 - df2/n).
/// Accurate to a few per cent once n and the effective rank are a few dozen. O(p) a Newton step, 5 to 20
/// steps. All NaN for n <= 0, l < 0, and where l = 0 and the rank equals n. Dobriban & Wager 2018; Hastie et
/// al. 2022, arXiv 1903.08560; Canatar, Bordelon & Pehlevan 2021, arXiv 2006.13198; Bach 2023, arXiv
/// 2303.01372.
RidgeEquivalent ridge_equivalent(const CovarianceSpectrum& spectrum, const RidgeSample& sample);

/// s_j = j^-spectrum_exponent, b_j^2 = j^-coefficient_exponent, j = 1..columns: the power-law world.
CovarianceSpectrum power_law_spectrum(Index columns, double spectrum_exponent, double coefficient_exponent);

}  // namespace quartic
