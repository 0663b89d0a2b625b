#pragma once
/// The logistic lasso and elastic net of reference: accelerated proximal gradient steps, slow and obvious.
#include <algorithm>
#include <cmath>

#include "core/fit.hpp"
#include "tests/support/class_problem.hpp"

namespace quartic::reference {

struct SparseLogistic {
  double penalty = 0, l1_ratio = 1;
  bool intercept = false;

  double objective(const Data& data, const LinearRule& rule) const {
    const Vector& b = rule.coefficients;
    return mean_log_loss(rule.score(data.dense()), data.y()) +
           penalty * (l1_ratio * b.lpNorm<1>() + (1 - l1_ratio) / 2 * b.squaredNorm());
  }

  /// The loss of the best constant.
  double null_loss(const Data& data) const {
    if (!intercept) return std::log(2.0);
    const double share = data.y().mean();
    return -share * std::log(share) - (1 - share) * std::log(1 - share);
  }

  /// By `iterations` steps of length 1/L, L = |(X, 1)|^2 / (4 n) + square; momentum starts anew where it points uphill
  /// (Beck & Teboulle 2009; O'Donoghue & Candes 2015).
  LinearRule fit(const Data& data, int iterations) const {
    const Index n = data.rows(), d = data.columns();
    Matrix x(n, d + 1);
    x << Matrix(data.dense()), Vector::Constant(n, intercept ? 1 : 0);
    const double count = static_cast<double>(n), square = penalty * (1 - l1_ratio);
    const Matrix gram = n < d ? Matrix(x * x.transpose()) : Matrix(x.transpose() * x);
    Vector top = Vector::Ones(gram.rows());
    for (int k = 0; k < 200; ++k) top = (gram * top).normalized();
    const double step = 1 / (1.02 * top.dot(gram * top) / (4 * count) + square);
    Vector now = Vector::Zero(d + 1), ahead = now;
    double momentum = 1;
    for (int k = 0; k < iterations; ++k) {
      const Vector residuals = 1 / (1 + (-(x * ahead).array()).exp()) - data.y().array();
      Vector gradient = x.transpose() * residuals / count;
      gradient.head(d) += square * ahead.head(d);
      Vector next = ahead - step * gradient;
      for (Index j = 0; j < d; ++j)
        next[j] = std::copysign(std::max(0.0, std::abs(next[j]) - step * penalty * l1_ratio), next[j]);
      if ((ahead - next).dot(next - now) > 0) momentum = 1;
      const double grown = (1 + std::sqrt(1 + 4 * momentum * momentum)) / 2;
      ahead = next + (momentum - 1) / grown * (next - now);
      momentum = grown;
      now = next;
    }
    return {now.head(d), intercept ? now[d] : 0};
  }
};

}  // namespace quartic::reference
