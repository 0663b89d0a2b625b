#pragma once
/// Forward selection in its slow, obvious forms: by least squares on every set of one column more, and step by step as
/// models/linear/selection/flops.hpp counts it, templated on the scalar.
#include "tests/support/reference/ridge_cv.hpp"

namespace quartic::reference {

template <class T>
struct ForwardRun {
  std::vector<std::size_t> used;
  Numbers<T> errors;  // mean squares of the held-out rows after 0, 1, ... columns
  Grid<T> triangle;
  Numbers<T> projections;
};

template <class T>
class ForwardWalk {
 public:
  ForwardWalk(Rows<T> train, Rows<T> held_out, std::size_t steps, bool constant)
      : train_(std::move(train)),
        held_(std::move(held_out)),
        run_{{}, {}, Grid<T>(steps + constant, steps + constant), {}},
        left_(train_.x.columns, T(0)),
        correlations_(left_) {
    for (std::size_t i = 0; i < train_.x.rows; ++i)
      for (std::size_t j = 0; j < train_.x.columns; ++j) {
        left_[j] += train_.x(i, j) * train_.x(i, j);
        correlations_[j] += train_.x(i, j) * train_.y[i];
      }
    dot(train_.y, train_.y);
    if (constant) add_constant();
    tell_error();
    for (std::size_t k = 0; k < steps; ++k) step();
  }

  ForwardRun<T> run() const { return run_; }

 private:
  void add_constant() {
    const T length = sqrt(T(static_cast<double>(train_.y.size())));
    run_.triangle(0, 0) = length;
    const T entry = T(1) / length;
    project(Numbers<T>(train_.y.size(), entry), Numbers<T>(held_.y.size(), entry));
  }

  void project(Numbers<T> q, Numbers<T> q_held) {
    const T along = dot(q, train_.y);
    for (std::size_t i = 0; i < q.size(); ++i) train_.y[i] -= along * q[i];
    for (std::size_t i = 0; i < q_held.size(); ++i) held_.y[i] -= along * q_held[i];
    dot(train_.y, train_.y);
    run_.projections.push_back(along);
    directions_.push_back(std::move(q));
    held_directions_.push_back(std::move(q_held));
  }

  void sweep() {
    const Numbers<T> t = product(transpose(train_.x), directions_.back());
    for (std::size_t j = 0; j < t.size(); ++j) {
      left_[j] -= t[j] * t[j];
      correlations_[j] -= run_.projections.back() * t[j];
    }
  }

  std::size_t choose() {
    std::size_t best = 0;
    double largest = 0;
    for (std::size_t j = 0; j < left_.size(); ++j) {
      const double gain = static_cast<double>(correlations_[j] * correlations_[j] / left_[j]);
      if (std::find(run_.used.begin(), run_.used.end(), j) != run_.used.end() || gain <= largest) continue;
      best = j, largest = gain;
    }
    return best;
  }

  void step() {
    if (!directions_.empty()) sweep();
    const std::size_t column = choose(), m = directions_.size();
    Numbers<T> x, z;
    for (std::size_t i = 0; i < train_.x.rows; ++i) x.push_back(train_.x(i, column));
    for (std::size_t i = 0; i < held_.x.rows; ++i) z.push_back(held_.x(i, column));
    for (int pass = 0; pass < 2; ++pass)
      for (std::size_t k = 0; k < m; ++k) {
        const T along = dot(directions_[k], x);
        for (std::size_t i = 0; i < x.size(); ++i) x[i] -= along * directions_[k][i];
        for (std::size_t i = 0; i < z.size(); ++i) z[i] -= along * held_directions_[k][i];
        run_.triangle(k, m) = pass == 0 ? along : run_.triangle(k, m) + along;
      }
    const T length = norm(x);
    run_.triangle(m, m) = length;
    for (T& number : x) number /= length;
    for (T& number : z) number /= length;
    run_.used.push_back(column);
    project(std::move(x), std::move(z));
    tell_error();
  }

  void tell_error() {
    if (held_.y.empty()) return;
    run_.errors.push_back(dot(held_.y, held_.y) / T(static_cast<double>(held_.y.size())));
  }

  Rows<T> train_, held_;
  ForwardRun<T> run_;
  Numbers<T> left_, correlations_;
  std::vector<Numbers<T>> directions_, held_directions_;
};

/// Coefficients along the columns used (behind the intercept, where there is one).
template <class T>
Numbers<T> forward_coefficients(const ForwardRun<T>& run) {
  Numbers<T> b = run.projections;
  for (std::size_t k = b.size(); k-- > 0;) {
    for (std::size_t l = k + 1; l < b.size(); ++l) b[k] -= run.triangle(k, l) * b[l];
    b[k] /= run.triangle(k, k);
  }
  return b;
}

/// Mean over the folds and its standard error, after each number of columns; which is smallest.
template <class T>
std::size_t forward_choice(const Rows<T>& data, std::size_t folds, std::size_t most, bool constant) {
  std::vector<Numbers<T>> errors;
  for (std::size_t fold = 0; fold < folds; ++fold)
    errors.push_back(ForwardWalk<T>(fold_rows(data.x, data.y, fold, folds, false),
                                    fold_rows(data.x, data.y, fold, folds, true), most, constant)
                         .run()
                         .errors);
  std::size_t best = 0;
  Numbers<T> means;
  const T count = T(static_cast<double>(folds));
  for (std::size_t k = 0; k <= most; ++k) {
    T mean = T(0), square = T(0);
    for (const Numbers<T>& fold : errors) mean += fold[k];
    mean /= count;
    for (const Numbers<T>& fold : errors) {
      const T deviation = fold[k] - mean;
      square += deviation * deviation;
    }
    static_cast<void>(sqrt(square / T(static_cast<double>(folds * (folds - 1)))));
    means.push_back(mean);
    if (means[k] < means[best]) best = k;
  }
  return best;
}

}  // namespace quartic::reference
