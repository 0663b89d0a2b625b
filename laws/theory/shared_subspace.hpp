#pragma once
/// Learning, from many tasks, the few directions in which all of them lie, and the next task there: isotropic rows.
#include "core/types.hpp"

namespace quartic {

/// Tasks w_t = B a_t, t = 1 .. T, B of d rows and k orthonormal columns, are learned by least squares from n_1 rows each.
/// The first k left singular vectors of (w_1 ... w_T) as learned are the directions in which a target w = B a is then
/// fitted to n_2 rows.
struct SubspaceDesign {
  double columns = 100;              ///< d
  double tasks = 200;                ///< T
  double source_rows = 150;          ///< n_1, of each task
  double source_noise_variance = 1;  ///< sigma_s^2
  Vector strengths =
      Vector::Ones(3);  ///< of the k directions: singular values of B(a_1 ... a_T), over sqrt(T)
  Vector loadings = Vector::Ones(3);  ///< E a_i^2 of the target in each of these directions
  double rows = 50;                   ///< n_2, of the target
  double noise_variance = 1;          ///< sigma^2, of the target
};

/// cos_i^2 of each direction u_i: the squared length of u_i within the directions learned, d and T -> infinity at
/// c = d/T. Errors of a task's coefficients have s^2 = sigma_s^2/(n_1-d-1) an entry; with theta_i = strength_i/s
///   cos_i^2 = 1 - c (1 + theta^2)/(theta^2 (theta^2 + c))   where theta^4 > c;   else 0: the direction is not found.
/// Benaych-Georges & Nadakuditi 2012, arXiv 1103.2221, section 3.1: signal and noise over s sqrt(T), whose left singular
/// vectors these are. Of errors it asks no more than that each task's point in a direction of its own, uniformly, and
/// are of one length in the limit. (From a few dozen columns on within a per cent where theta^4 is several times c. Nearer
/// to c, and below it, simulations find more than the limit does, by chance k/d of each direction: at 40 to 60 columns
/// risks were 5 to 10 % below it.) Throws
/// InvalidInput for n_1 < d + 2, where errors have no variance; for fewer tasks or columns than directions, none, or
/// another number of loadings; for numbers that are negative or not finite.
Vector subspace_recall(const SubspaceDesign& design);

/// What the directions that were learned leave out of the target: m^2 = sum_i (1 - cos_i^2) loading_i.
double subspace_missing(const SubspaceDesign& design);

/// Mean excess risk on the target: the expert's formula (laws/theory/least_squares.hpp) on k columns that were learned,
///   n_2 >= k + 2:  m^2 + (sigma^2 + m^2) k/(n_2-k-1);
///   n_2 <= k - 2:  (r^2 - m^2)(1 - n_2/k) + m^2 + (sigma^2 + m^2) n_2/(k-n_2-1), r^2 = sum_i loading_i;   NaN between.
/// Given m^2 it is exact. Throws as subspace_recall. Tripuraneni, Jin & Jordan 2021, arXiv 2002.11684, bound it.
double subspace_risk(const SubspaceDesign& design);

}  // namespace quartic
