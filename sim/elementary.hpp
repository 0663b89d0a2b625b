#pragma once
/// Powers and exponentials with the same bits everywhere: libm differs in the last place between platforms,
/// and what a table holds must not. Plain double arithmetic; relative error below 3e-16 (1 + |result's
/// logarithm|).
namespace quartic::detail {

/// base^exponent. Precondition: base > 0.
double power(double base, double exponent);
/// e^x - 1, without cancellation near 0.
double exponential_minus_one(double x);
/// The sum over k = 0, 1, ... of (q + k)^-s, s > 1, q > 0 (Hurwitz's zeta function), by Euler and Maclaurin's
/// formula: relative error below 1e-14.
double hurwitz_zeta(double s, double q);

}  // namespace quartic::detail
