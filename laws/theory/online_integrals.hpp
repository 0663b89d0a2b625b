#pragma once
/// Means of products of erf units under Gaussian fields: what the equations of online learning are made of.
#include <Eigen/Core>

namespace quartic {

/// With g(u) = erf(u/sqrt 2), g'(u) = sqrt(2/pi) exp(-u^2/2), and fields u of mean 0 and covariance C:
///     E g(u1) g(u2)                 (2/pi) asin(C12/sqrt((1+C11)(1+C22)))
///     I2 = E g'(u1) g'(u2)          (2/pi) / sqrt((1+C11)(1+C22) - C12^2)
///     I3 = E g'(u1) u2 g(u3)        (2/pi) [C23 (1+C11) - C12 C13] / ((1+C11) sqrt((1+C11)(1+C33) - C13^2))
///     I4 = E g'(u1) g'(u2) g(u3) g(u4)                  (4/pi^2) asin(L0/sqrt(L1 L2)) / sqrt L4,
///       L4 = (1+C11)(1+C22) - C12^2,
///       L0 = L4 C34 - C23 C24 (1+C11) - C13 C14 (1+C22) + C12 C13 C24 + C12 C14 C23,
///       L1 = L4 (1+C33) - C23^2 (1+C11) - C13^2 (1+C22) + 2 C12 C13 C23, and L2 likewise with 4 for 3.
/// Saad & Solla 1995, Physical Review E 52, 4225, appendix A.
double mean_of_units(const Eigen::Matrix2d& C);
double mean_of_slopes(const Eigen::Matrix2d& C);                ///< I2
double mean_of_slope_field_unit(const Eigen::Matrix3d& C);      ///< I3
double mean_of_two_slopes_two_units(const Eigen::Matrix4d& C);  ///< I4

}  // namespace quartic
