#pragma once
/// Logistic regression by maximum likelihood where the number of columns grows with the number of rows.

namespace quartic {

/// y in {0, 1}, P(y = 1 | x) = 1/(1 + e^-x'b), Gaussian rows, no intercept; n, p -> infinity (from p = 50 on
/// within a few per cent).
struct LogisticDesign {
  double aspect = 0.1;  ///< kappa = p/n
  double strength = 5;  ///< gamma^2 = Var(x'b)
};

/// The estimate is alpha b + noise: its score is alpha x'b + sqrt(kappa) sigma Z. All NaN where it does not
/// exist.
struct LogisticState {
  double alpha = 0;   ///< inflation of the coefficients
  double sigma = 0;   ///< sqrt(kappa) sigma is the standard deviation of the score's noise
  double lambda = 0;  ///< likelihood ratio statistics are chi-squared times kappa sigma^2/lambda
};

/// With rho(t) = log(1 + e^t), (Q1, Q2) ~ N(0, [[g^2, -a g^2], [-a g^2, a^2 g^2 + kappa s^2]]), x = prox_{l
/// rho}(Q2) (x + l rho'(x) = Q2):
///     s^2 kappa^2 = E[2 rho'(Q1) (l rho'(x))^2],   0 = E[rho'(Q1) Q1 l rho'(x)],
///     1 - kappa = E[2 rho'(Q1)/(1 + l rho''(x))].
/// Newton's method from small kappa up; expectations by the trapezoidal rule, which for these analytic
/// functions is exact to 1e-9 (Gauss-Hermite points lie too wide apart near the threshold). About 5 ms, 1 s
/// within 1 % of the threshold. NaN for kappa <= 0, gamma^2 <= 0, and from the threshold on, where the
/// classes can be separated and no maximum exists. Sur & Candes 2019, PNAS 116(29), arXiv 1803.06964.
LogisticState logistic_state(const LogisticDesign& design);

/// The kappa from which no maximum exists: min over t of E[(t V - Z)_+^2], Z ~ N(0,1) apart from V = +-x,
/// whose density is 2 rho'(gamma v) phi(v). Candes & Sur 2020, Annals of Statistics 48(1), theorem 1.
double logistic_threshold(double strength);

/// Error rate of the sign of the score, less that of the sign of x'b: E[|2 rho'(Q) - 1| Phi(-|Q|
/// alpha/(sqrt(kappa) sigma))], Q ~ N(0, gamma^2).
double logistic_excess_error(const LogisticDesign& design);

/// Error rate of the best rule, E min(rho'(Q), 1 - rho'(Q)): 1/2 without signal.
double logistic_bayes_error(double strength);

}  // namespace quartic
