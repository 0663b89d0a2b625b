#pragma once
/// The 13 published ImageNet systems: computing of training (processors x peak rate x time) and top-1 error.
#include "laws/statistics/regression.hpp"

namespace quartic::support {

inline const Vector& imagenet_flops() {
  static const Vector flops =
      1e9 * Vector{{1501632000, 1638144000, 2077894737.51, 5918400000, 12182400000, 29846880000, 34171200000,
                    61670880000, 69984000000, 87091200000, 1645056000000, 1645056000000, 51840000000000}};
  return flops;
}

inline const Vector& imagenet_errors() {
  static const Vector errors = (1 - Eigen::ArrayXd{{0.633, 0.640, 0.829, 0.809, 0.823, 0.7573, 0.745, 0.864,
                                                    0.767, 0.790, 0.827, 0.827, 0.884}})
                                   .matrix();
  return errors;
}

inline Scatter imagenet_scatter(double floor = 0) {
  return log_scatter(imagenet_flops(), imagenet_errors(), floor);
}

}  // namespace quartic::support
