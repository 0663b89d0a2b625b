#pragma once
/// One-pass stochastic gradient descent on a linear model with Gaussian rows: exact mean risk after any
/// number of steps, of the last iterate and of averaged ones.
///
/// y = x'b* + noise of variance S2, x ~ N(0, diag(s)), b_0 = 0, b_k = b_k-1 + h (y_k - x_k'b_k-1) x_k. The
/// second moments D_j = E(b_kj - b*_j)^2 obey
///     D_j <- D_j (1 - 2 h s_j + 2 h^2 s_j^2) + h^2 s_j (sum_i s_i D_i + S2),    D_j = b*_j^2 at k = 0.
/// Averages: rows are fresh, so E[b_l - b* | b_k] = (1 - h s)^(l-k) (b_k - b*), and the sum of the errors of
/// the iterates averaged so far, with second moment A_j and cross moment C_j with the last error, obeys
///     A_j <- A_j + 2 (1 - h s_j) C_j + D_j,    C_j <- (1 - h s_j) C_j + D_j    (D_j of the new iterate);
/// the mean of m iterates has the risk sum_j s_j A_j / m^2. All of it holds for any noise that is independent
/// of x. Bach & Moulines 2013, arXiv 1306.2119; Gaussian fourth moments as in Jain et al. 2018, arXiv
/// 1610.03774.
#include "laws/theory/deterministic_equivalent.hpp"

namespace quartic {

/// last: b_T; all: the mean of b_1 .. b_T; tail: the mean of b_k over k = floor(T/2)+1 .. T.
enum class SgdAverage { last, all, tail };

/// s_j = 1.
struct IsotropicSgd {
  double columns = 100;       ///< d
  double signal = 1;          ///< |b*|^2
  double noise_variance = 1;  ///< S2
  double step = 0.001;        ///< h
};

/// Mean excess risk after floor(steps) steps: D <- (1 - 2h + h^2 (d+2)) D + h^2 d S2 and its averages, in
/// O(log steps) (powers of a 4 x 4 matrix). Infinite where the recursion overflows; NaN for steps < 1
/// (averages) or < 0.
double sgd_risk(const IsotropicSgd& design, double steps, SgdAverage average = SgdAverage::last);

/// s_j and b*_j^2 as given.
struct DiagonalSgd {
  CovarianceSpectrum spectrum;
  double noise_variance = 1;
  double step = 0.001;
};

/// Mean excess risk after floor(steps) steps. O(steps d).
double sgd_risk(const DiagonalSgd& design, double steps, SgdAverage average = SgdAverage::last);

}  // namespace quartic
