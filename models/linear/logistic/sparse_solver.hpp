#pragma once
/// The logistic lasso on a working set of columns: proximal Newton steps.
#include <vector>

#include "models/linear/logistic/loss.hpp"
#include "models/linear/logistic/working_columns.hpp"

namespace quartic::detail {

/// The penalty absolute |b|_1 + square/2 |b|^2.
struct SparsePenalty {
  double absolute = 0;
  double square = 0;

  /// logistic_flops::sparse_penalty; the first `free` coefficients are not penalised.
  double at(const Vector& coefficients, Index free) const {
    const auto penalised = coefficients.tail(coefficients.size() - free);
    return absolute * penalised.lpNorm<1>() + 0.5 * square * penalised.squaredNorm();
  }
};

/// Minimises (1/N) sum of losses over the N training rows + penalty on a working set, warm from wherever it stands
/// (Friedman, Hastie & Tibshirani 2010, J. Stat. Software 33(1), with steps that surely descend: Lee, Sun & Saunders
/// 2014). Repeat, until no column violates the optimality conditions by more than slack * absolute:
///   1. the inner set S gains the columns with |x_j'r|/N > absolute (1 + slack), r = P - y;
///   2. a quadratic with the gradient of here and the Hessian G = X_S'WX_S/N + square is minimised by coordinate
///      descent until the violations are a twentieth of what they were; the weights W are those of here, or of an
///      earlier step while their sum of differences is below a tenth of their sum;
///   3. the step is halved until the objective falls by 1e-4 of what its slope promises.
/// With new weights S shrinks to the columns with coefficients and those that enter. Flops: logistic_flops, as executed.
class SparseSolver {
 public:
  /// Both kept by reference; labels of the training rows in the order of `columns`.
  SparseSolver(const WorkingColumns& columns, const Vector& y);

  struct State {
    Vector coefficients;  ///< by place in the working set, as many places as there were
    Vector scores;        ///< of the training rows
  };
  /// Returns whether it was solved within `limit` steps.
  bool solve(const SparsePenalty& penalty, double slack, Index limit);

  const State& state() const { return state_; }
  void restore(State state) {
    state_ = std::move(state);
    known_ = false;
  }
  /// At the scores reached, over the training rows.
  const LogisticRows& training() const { return here_; }
  Index steps() const { return steps_; }
  double flops() const { return flops_; }

 private:
  struct Change {
    Vector coefficients;  // of S
    double slope = 0;     // of the objective, penalty included
  };
  void move(const Vector& from, const WeightedColumns& by);
  double violation(const SparsePenalty& penalty);
  std::vector<Index> entering(double threshold) const;
  bool has_drifted();
  void renew();
  void append(const std::vector<Index>& places);
  Change minimise(const SparsePenalty& penalty, double accuracy);
  bool step(const SparsePenalty& penalty, const Change& change);
  WeightedColumns moved(const Change& change, double length) const;
  double rows() const { return static_cast<double>(columns_.rows().count); }
  double inner_size() const { return static_cast<double>(inner_.size()); }
  double inner_penalised() const { return inner_size() - static_cast<double>(first_penalised()); }
  Index first_penalised() const { return columns_.unpenalised(); }

  const WorkingColumns& columns_;
  const Vector& y_;
  State state_;
  LogisticRows here_;
  Vector gradient_;             // of the working set
  bool known_ = false;          // these two are those of the state
  std::vector<Index> inner_;    // S: places in the working set; what is not penalised comes first
  std::vector<char> is_inner_;  // by place
  Vector weights_;              // of G
  Matrix weighted_;             // row k: place inner_[k] times the roots of the weights over N
  Matrix hessian_;              // G in its leading corner
  bool stale_ = true;           // G is to be made anew
  Index steps_ = 0;
  double flops_ = 0;
};

}  // namespace quartic::detail
