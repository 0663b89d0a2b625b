#pragma once
/// Ridge regression on random features - a two-layer network whose first layer is left at random - with many
/// columns, features and rows.

namespace quartic {

/// What an activation does to N(0,1): mu1 = E[Z f(Z)], mu*^2 = E f(Z)^2 - (E f(Z))^2 - mu1^2. ReLU by
/// default: 1/2 and 1/4 - 1/(2 pi).
struct ActivationMoments {
  double linear = 0.5;                             ///< mu1
  double squared_nonlinear = 0.09084505690810463;  ///< mu*^2
};

/// x uniform on the sphere of radius sqrt d, y = F1 <b, x> + nonlinear part + noise; features f(<w_i, x>/sqrt
/// d), w_i uniform on that sphere too; a = argmin (1/n) |y - Za|^2 + (N l/d) |a|^2. The limit d, N, n ->
/// infinity at fixed ratios (from d = 100 on within a few per cent).
struct RandomFeaturesLimit {
  double features_per_column = 3;  ///< psi1 = N/d
  double rows_per_column = 3;      ///< psi2 = n/d
  double penalty = 1e-3;           ///< l; 0: the limit l -> 0+ (minimum norm where N > n)
  double linear_signal = 1;        ///< F1^2
  double nonlinear_signal =
      0;                      ///< variance of what no linear function of x explains: never learned, and noise
  double noise_variance = 1;  ///< t^2
  ActivationMoments activation = {};
};

struct RandomFeaturesRisk {
  double bias = 0;      ///< share of the linear signal that is left
  double variance = 0;  ///< excess risk a unit of noise variance
  double excess = 0;    ///< F1^2 bias + (t^2 + F*^2) variance + F*^2
};

/// With zeta = mu1/mu*, L = l/mu*^2, the resolvent (nu1, nu2) of Mei & Montanari at xi = i u, u^2 = psi1 psi2
/// L, is purely imaginary, nu = i (a, b), and q = ab > 0 is the one root of
///     q u^2 = (psi1 - g(q)) (psi2 - g(q)),  g(q) = q (1 + zeta^2/(1 + zeta^2 q)),  g(q) <= min(psi1, psi2)
/// (left side grows, right side falls: no iteration in the complex plane). Then bias = E1/E0 and variance =
/// E2/E0, polynomials in c = -q. NaN for psi <= 0, l < 0, mu* = 0, and at psi1 = psi2 with l = 0, where the
/// risk is infinite. Mei & Montanari 2022, arXiv 1908.05355, definition 1 and theorem 2.
RandomFeaturesRisk random_features_risk(const RandomFeaturesLimit& design);

}  // namespace quartic
