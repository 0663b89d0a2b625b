#pragma once
/// Two-layer networks of erf units that learn online from a teacher of their kind: their exact learning
/// curves in many dimensions.
///
/// Student sum over i = 1 .. K of g(u_i), u_i = J_i.x/sqrt N, teacher sum over n = 1 .. M of g(v_n), v_n =
/// B_n.x/sqrt N, g(u) = erf(u/sqrt 2), x ~ N(0, I_N), label = teacher + noise of variance S2. Each step takes
/// a new row, J_i += (h/sqrt N) e g'(u_i) x with e = label - student; that is stochastic gradient descent on
/// e^2/2 at rate h/N in w_i = J_i/sqrt N. With time a = steps/N, N -> infinity, the overlaps
///     Q = J J'/N (K x K),  R = J B'/N (K x M),  T = B B'/N (M x M)
/// move without randomness:
///     dR_in/da = h [sum_m I3(i,n,m) - sum_j I3(i,n,j)],
///     dQ_ik/da = h [sum_m I3(i,k,m) - sum_j I3(i,k,j) + the same with i and k exchanged]
///              + h^2 [sum_nm I4(i,k,n,m) - 2 sum_jn I4(i,k,j,n) + sum_jl I4(i,k,j,l) + S2 I2(i,k)]
/// (laws/theory/online_integrals.hpp), and so does the error, noise apart,
///     eps = E (student - teacher)^2/2 = (1/pi) [sum_ik asin(Q_ik/sqrt((1+Q_ii)(1+Q_kk))) + sum_nm
///     asin(T_nm/..)
///           - 2 sum_in asin(R_in/sqrt((1+Q_ii)(1+T_nn)))].
/// The excess risk is 2 eps, and the normalised error 2 eps/Var f*. At finite N runs scatter about the curve
/// by a few times 1/sqrt N, most where they leave the plateau on which all student units are alike: how soon
/// depends on the first R. Saad & Solla 1995, Physical Review E 52, 4225; label noise as in Goldt et al.
/// 2019, arXiv 1906.08632.
#include <span>
#include <vector>

#include "core/random/stream.hpp"
#include "core/types.hpp"

namespace quartic {

struct OnlineOverlaps {
  Matrix student;  ///< Q
  Matrix cross;    ///< R
  Matrix teacher;  ///< T
};

/// eps.
double online_error(const OnlineOverlaps& overlaps);

struct OnlineNetwork {
  OnlineOverlaps start;
  double step = 0.5;          ///< h
  double noise_variance = 0;  ///< S2
};

/// Overlaps at these times a, ascending from 0. Dormand & Prince with errors of 1e-8 a step; a right-hand
/// side costs about K^2 (K+M)^2/4 of I4. NaN where the student diverges or 10^5 steps do not suffice.
std::vector<OnlineOverlaps> online_overlaps(const OnlineNetwork& network, std::span<const double> times);
/// Their eps.
Vector online_errors(const OnlineNetwork& network, std::span<const double> times);

/// How a student begins: J of independent normals.
struct OnlineBeginning {
  Index students = 3;              ///< K
  Index columns = 800;             ///< N
  double initial_variance = 0.25;  ///< of the entries of J: Q_ii at a = 0
};
/// Overlaps of one such J with a teacher T: R_in of order sqrt(initial_variance/N), which breaks the
/// symmetry.
OnlineOverlaps random_overlaps(const Matrix& teacher, const OnlineBeginning& beginning, Stream stream);

/// A teacher of orthonormal units (T = I).
struct OnlineSetting {
  OnlineBeginning beginning = {};
  Index teachers = 2;  ///< M
  double step = 0.5;
  double noise_variance = 0;
};
/// E eps after so many steps: the mean over eight beginnings, always the same ones. 10 ms a hundred steps/N
/// for three students and two teachers.
double online_mean_error(const OnlineSetting& setting, double steps);

}  // namespace quartic
