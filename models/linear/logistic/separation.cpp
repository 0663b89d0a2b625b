#include "models/linear/logistic/separation.hpp"

#include <vector>

#include "core/interruption.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/lasso/factor.hpp"
#include "models/linear/logistic/flops.hpp"

namespace quartic::detail {

namespace {

constexpr double cancelled = 1e-12;  // of the sum of weights
constexpr double rounding = 1e-10;   // of a margin, relative to the length of the direction

// y~_i x_i / |x_i|.
Matrix signed_unit_rows(const Matrix& x, VectorView y) {
  Matrix rows = x;
  for (Index i = 0; i < x.rows(); ++i) {
    const double length = x.row(i).norm();
    if (length > 0) rows.row(i) *= (y[i] > 0 ? 1 : -1) / length;
  }
  return rows;
}

// min over u >= 0 of |c + sum_i u_i rows_i|; `passive` rows have u > 0.
class LeastSum {
 public:
  explicit LeastSum(Matrix rows)
      : rows_(std::move(rows)), sum_(rows_.colwise().sum()), rest_(sum_), barred_(rows_.rows(), 0) {}

  Separation search();

 private:
  bool is_cancelled() const {
    return rest_.norm() <= cancelled * (static_cast<double>(rows_.rows()) + weights_.sum());
  }
  Index most_wrong();
  bool enter(Index row);
  void weigh();
  Vector target();
  void leave(Index position);
  Vector products(const Vector& with) const;

  Matrix rows_;
  Vector sum_;   // c
  Vector rest_;  // c + sum_i u_i rows_i
  std::vector<char> barred_;
  std::vector<Index> passive_;
  Vector weights_;  // u of the passive rows
  LassoFactor factor_;
  double worst_ = 0;  // smallest margin of all rows
  double flops_ = 0;
};

// Inner products of the passive rows with a vector.
Vector LeastSum::products(const Vector& with) const {
  Vector result(std::ssize(passive_));
  for (Index k = 0; k < result.size(); ++k) result[k] = rows_.row(passive_[k]).dot(with);
  return result;
}

// The row that the rest is most against; -1 where it is against none.
Index LeastSum::most_wrong() {
  Vector margins = Vector::Zero(rows_.rows());
  add_product(span_of(margins), 1, plain(rows_), span_of(rest_));
  flops_ += logistic_flops::margins(static_cast<double>(rows_.rows()), static_cast<double>(rows_.cols()));
  worst_ = margins.minCoeff();
  Index found = -1;
  double least = -rounding * rest_.norm();
  for (Index i = 0; i < margins.size(); ++i) {
    if (barred_[i] || !(margins[i] < least)) continue;
    least = margins[i];
    found = i;
  }
  return found;
}

bool LeastSum::enter(Index row) {
  barred_[row] = 1;  // until it leaves
  const Vector with = rows_.row(row).transpose();
  Eigen::MatrixXd beside = products(with).transpose(), itself(1, 1);
  itself(0, 0) = with.squaredNorm();
  flops_ += logistic_flops::enter(static_cast<double>(with.size()), static_cast<double>(beside.cols()));
  if (!factor_.append(std::move(beside), std::move(itself)).front()) return false;
  passive_.push_back(row);
  weights_.conservativeResize(std::ssize(passive_));
  weights_[weights_.size() - 1] = 0;
  return true;
}

void LeastSum::leave(Index position) {
  flops_ += logistic_flops::leave(static_cast<double>(factor_.size() - position - 1));
  factor_.remove(position);
  barred_[passive_[position]] = 0;
  passive_.erase(passive_.begin() + position);
  const Index behind = weights_.size() - position - 1;
  const Vector moved = weights_.tail(behind);
  weights_.conservativeResize(position + behind);
  weights_.tail(behind) = moved;
}

// The minimum over the weights of the passive rows, signs apart, refined once: the factor is of squares. The rest goes
// with it.
Vector LeastSum::target() {
  Vector target = factor_.solve(-products(sum_));
  for (int round = 0; round < 2; ++round) {
    rest_ = sum_;
    for (Index k = 0; k < target.size(); ++k) rest_ += target[k] * rows_.row(passive_[k]).transpose();
    if (round == 0) target += factor_.solve(-products(rest_));
  }
  flops_ += logistic_flops::weigh(static_cast<double>(sum_.size()), static_cast<double>(target.size()));
  return target;
}

// Towards the target, as far as no weight turns negative; the first to reach zero leaves.
void LeastSum::weigh() {
  for (;;) {
    interruption_point();
    const Vector goal = target();
    Index leaving = -1;
    double step = 1;
    for (Index k = 0; k < goal.size(); ++k) {
      if (goal[k] > 0) continue;
      const double reach = weights_[k] / (weights_[k] - goal[k]);
      flops_ += 2;
      if (leaving >= 0 && reach >= step) continue;
      leaving = k;
      step = weights_[k] > 0 ? reach : 0;
    }
    if (leaving < 0) {
      weights_ = goal;
      return;
    }
    weights_ += step * (goal - weights_);
    flops_ += 3.0 * static_cast<double>(goal.size());
    const Index row = passive_[leaving];
    leave(leaving);
    if (step == 0) barred_[row] = 1;  // it entered against rounding
  }
}

Separation LeastSum::search() {
  const Index limit = 20 * rows_.cols() + 200;
  flops_ = logistic_flops::unit_rows(static_cast<double>(rows_.rows()), static_cast<double>(rows_.cols()));
  for (Index step = 0; step < limit; ++step) {
    if (is_cancelled()) return {Separability::overlapping, {}, flops_};
    const Index row = most_wrong();
    if (row < 0) break;
    if (enter(row)) weigh();
  }
  const bool separates = worst_ >= -10 * rounding * rest_.norm();
  return {separates ? Separability::separable : Separability::undecided, rest_, flops_};
}

}  // namespace

Separation find_separation(const Matrix& x, VectorView y) {
  return LeastSum(signed_unit_rows(x, y)).search();
}

}  // namespace quartic::detail
