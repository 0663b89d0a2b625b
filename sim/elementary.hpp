#pragma once
/// Powers and exponentials with the same bits everywhere: libm differs in the last place between platforms,
/// and what a table holds must not. Plain double arithmetic; relative error below 3e-16 (1 + |result's
/// logarithm|).
namespace quartic::detail {

/// base^exponent. Precondition: base > 0.
double power(double base, double exponent);
/// e^x - 1, without cancellation near 0.
double exponential_minus_one(double x);

}  // namespace quartic::detail
