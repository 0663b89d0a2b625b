#pragma once
/// How far one pass of gradient descent gets in a world of power laws with so much computing: its exact risk,
/// and the exponents that the risk tends to.
///
/// Columns j = 1, 2, ... have variance s_j = j^-B and add s_j b_j^2 = j^-A to the variance of the answer, A,
/// B > 1. A model of N columns sees the first N; the others, of variance tail = sum over j > N of j^-A ~
/// N^-(A-1)/(A-1), are noise and error to it. It takes t steps of a constant length h, at a cost C ~ N t.
/// With q = sum over u of h^2 sum_j s_j^2 (1 - 2 h s_j (1 - h s_j))^u = (h/2) sum_j s_j/(1 - h s_j) (stable
/// below 1), the exact recursion (laws/theory/sgd.hpp) sums to a Volterra equation P = F + K * P for the
/// whole error, of forcing F(t) = tail + S2 + sum_j j^-A exp(-2 h s_j t) ~ N^-(A-1) + S2 + t^-(A-1)/B and
/// kernel K(t) ~ t^-(2-1/B), both for t < N^B, beyond which nothing is left to learn. K is summable, so that
/// P falls as the slower of the two. The least excess risk at C:
///
///   capacity        no label noise, A <= 2B, or tail averages and A <= B:  N ~ C^1/(B+1), t ~ N^B, risk ~
///                   C^-(A-1)/(B+1): what is lacking is columns, and steps to use them.
///   gradient_noise  no label noise, A > 2B: on the way risk ~ t^-(2-1/B), made of the noise of the first
///                   gradients; at t ~ N^B that is still above what the columns allow, but then it falls
///                   exponentially: t = N^B (A-2B) ln N/(2h), and risk ~ (C/ln C)^-(A-1)/(B+1).
///   label_noise     S2 > 0, tail averages, A > B: variance S2 t^-(1-1/B) up to t ~ N^B, then S2 N/t, to be
///                   shared out with N^-(A-1): t ~ N^A, N ~ C^1/(A+1), risk ~ C^-(A-1)/(A+1).
///   noise_floor     S2 > 0, last iterate: risk tends to a constant at every N, tail + (S2 + tail) q/(1-q).
///
/// Paquette, Paquette, Xiao & Pennington 2024, arXiv 2405.15074 (2 alpha = B, 2 alpha + 2 beta = A; with
/// random features of the columns in place of the columns themselves, which adds a distortion that we have
/// not, and moves the phases where A > B + 1); Bordelon, Atanasov & Pehlevan 2024, arXiv 2402.01092; label
/// noise and averages: Bach & Moulines 2013, Dieuleveut & Bach 2016, arXiv 1408.0361.
#include "laws/theory/sgd.hpp"

namespace quartic {

/// Averages: last or tail.
struct PowerLawSgd {
  double spectrum_exponent = 1.5;  ///< B
  double signal_exponent = 1.75;   ///< A
  double noise_variance = 0;       ///< S2
  double step = 0.3;               ///< h
  SgdAverage average = SgdAverage::last;
};

/// sum over j > N of j^-exponent, to about 1e-12 of itself; N = 0: all. Euler and Maclaurin's formula.
/// Infinite for exponents of 1 and less.
double power_tail(double exponent, double columns);

/// Mean excess risk of floor(columns) columns after floor(steps) steps, exact. O(columns steps); NaN for
/// columns < 1 and where sgd_risk is.
double power_law_sgd_risk(const PowerLawSgd& design, double columns, double steps);

/// The best sharing out of so much computing.
struct PowerLawOptimum {
  double columns = 0;  ///< N
  double steps = 0;    ///< floor(C/N)
  double risk = 0;
};
/// Least exact risk over N = 1, 2, 4, ... <= C, then by finer ratios of N about the best: down to 2^(1/8).
/// O(C log C).
PowerLawOptimum power_law_optimum(const PowerLawSgd& design, double computing);

enum class PowerLawPhase { capacity, gradient_noise, label_noise, noise_floor };

/// N ~ C^columns, t ~ C^steps, excess risk ~ C^-risk, logarithms left out.
struct PowerLawFrontier {
  PowerLawPhase phase = PowerLawPhase::capacity;
  double columns = 0, steps = 0, risk = 0;
};
/// In the noise floor, where N and t stop to matter, risk = 0 and the others are NaN.
PowerLawFrontier power_law_frontier(const PowerLawSgd& design);

}  // namespace quartic
