#pragma once
/// Boosted stumps, by bins whose sums are made anew each round, templated on the scalar: what models/trees/flops.hpp
/// counts.
#include "tests/support/reference/linear.hpp"

namespace quartic::reference {

using std::exp;
using std::log;

/// Halves between neighbours after every rows/bins rows of a sorted column; equal numbers over several such places, or
/// at its end, have one on either side.
template <class T>
Numbers<T> stump_thresholds(Numbers<T> column, std::size_t bins) {
  std::sort(column.begin(), column.end());
  Numbers<T> thresholds;
  std::size_t behind = 0;
  for (std::size_t b = 1; b < bins; ++b) {
    std::size_t place = b * column.size() / bins;
    if (place <= behind) continue;
    std::size_t below = place - 1;
    while (below > 0 && column[below - 1] == column[place - 1]) --below;
    while (place < column.size() && column[place] == column[place - 1]) ++place;
    if (below > behind && (place == column.size() || place >= (b + 1) * column.size() / bins))
      thresholds.push_back((column[below - 1] + column[below]) / T(2));
    behind = place;
    if (place == column.size()) break;
    thresholds.push_back((column[place - 1] + column[place]) / T(2));
  }
  return thresholds;
}

template <class T>
class StumpWalk {
 public:
  StumpWalk(Grid<T> x, Numbers<T> y, std::size_t training, std::size_t bins, bool logistic, double rate)
      : x_(std::move(x)), y_(std::move(y)), n_(training), logistic_(logistic), rate_(rate) {
    for (std::size_t j = 0; j < x_.columns; ++j) {
      Numbers<T> column;
      for (std::size_t i = 0; i < n_; ++i) column.push_back(x_(i, j));
      thresholds_.push_back(stump_thresholds(column, bins));
    }
    T ones = T(0);
    if (logistic_) {
      std::size_t count = 0;
      for (std::size_t i = 0; i < n_; ++i) count += static_cast<double>(y_[i]) > 0;
      ones = log((T(static_cast<double>(count)) + T(0.5)) / (T(static_cast<double>(n_ - count)) + T(0.5)));
    } else {
      for (std::size_t i = 0; i < n_; ++i) ones += y_[i];
      ones /= T(static_cast<double>(n_));
    }
    scores.assign(y_.size(), ones);
    slopes_.resize(y_.size());
    weights_.resize(n_);
    if (!logistic_)
      for (std::size_t i = 0; i < y_.size(); ++i) slopes_[i] = y_[i] - ones;
    else
      refresh();
  }

  Numbers<T> scores;

  void round() {
    T sum = T(0), best_left = T(0);
    for (std::size_t i = 0; i < n_; ++i) sum += slopes_[i];
    std::size_t column = 0, place = 0;
    double best = 0;
    for (std::size_t j = 0; j < x_.columns; ++j) {
      Numbers<T> bins(thresholds_[j].size() + 1, T(0));
      std::vector<double> counts(bins.size(), 0);
      for (std::size_t i = 0; i < n_; ++i) bins[bin(i, j)] += slopes_[i], counts[bin(i, j)] += 1;
      T left = T(0);
      double count = 0;
      for (std::size_t s = 0; s + 1 < bins.size(); ++s) {
        left += bins[s];
        count += counts[s];
        const T right = sum - left;
        const T gain = left * left / T(count) + right * right / T(static_cast<double>(n_) - count);
        if (static_cast<double>(gain) > best)
          best = static_cast<double>(gain), column = j, place = s, best_left = left;
      }
    }
    add(column, place, best_left, sum - best_left);
  }

  /// Mean loss of the rows behind those of training.
  T error() const {
    T sum = T(0);
    for (std::size_t i = n_; i < y_.size(); ++i) {
      if (!logistic_) {
        sum += slopes_[i] * slopes_[i];
        continue;
      }
      const T wrong = static_cast<double>(y_[i]) > 0 ? -scores[i] : scores[i];
      sum += log(T(1) + exp(-abs(wrong))) + std::max(wrong, T(0));
    }
    return sum / T(static_cast<double>(y_.size() - n_));
  }

 private:
  std::size_t bin(std::size_t i, std::size_t j) const {
    std::size_t below = 0;
    for (const T& threshold : thresholds_[j]) below += x_(i, j) > threshold;
    return below;
  }

  void add(std::size_t column, std::size_t place, T left, T right) {
    T left_weight = T(0), right_weight = T(0);
    double count = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      const bool is_right = bin(i, column) > place;
      if (logistic_) (is_right ? right_weight : left_weight) += weights_[i];
      count += !is_right;
    }
    if (!logistic_) left_weight = T(count), right_weight = T(static_cast<double>(n_) - count);
    left = T(rate_) * (left / left_weight);
    right = T(rate_) * (right / right_weight);
    base_ += left;
    jumps_ += right - left;
    for (std::size_t i = 0; i < y_.size(); ++i) {
      const T& height = bin(i, column) > place ? right : left;
      if (logistic_)
        scores[i] += height;
      else
        slopes_[i] -= height, scores[i] = T(static_cast<double>(y_[i]) - static_cast<double>(slopes_[i]));
    }
    if (logistic_) refresh();
  }

  void refresh() {
    for (std::size_t i = 0; i < n_; ++i) {
      const T e = exp(-abs(scores[i]));
      const T p = (static_cast<double>(scores[i]) > 0 ? T(1) : e) / (T(1) + e);
      slopes_[i] = y_[i] - p;
      weights_[i] = p * (T(1) - p);
    }
  }

  Grid<T> x_;
  Numbers<T> y_;
  std::size_t n_;
  bool logistic_;
  double rate_;
  std::vector<Numbers<T>> thresholds_;
  Numbers<T> slopes_, weights_;
  T base_ = T(0), jumps_ = T(0);
};

}  // namespace quartic::reference
