#pragma once
/// The algorithm of models/linear/lasso/path.hpp in its slow, obvious form, on any scalar: with
/// CountingScalar it counts what the bill must say. Control (thresholds, ranks) is done in double and counts
/// nothing.
#include <algorithm>
#include <cmath>
#include <vector>

#include "models/linear/lasso/path.hpp"
#include "tests/support/reference/lasso_active_set.hpp"
#include "tests/support/reference/lasso_training_sets.hpp"

namespace quartic::reference {

/// The path on all training sets.
template <class S>
class LassoPath {
 public:
  using Schedule = detail::LassoSchedule;

  LassoPath(Grid<S> x, std::vector<S> y, std::vector<double> penalties, detail::LassoControls controls)
      : sets_{std::move(x), std::move(y), static_cast<std::size_t>(controls.sets.folds), controls.sets.means},
        penalties_(std::move(penalties)),
        controls_(controls),
        present_(sets_.x.columns, false),
        solvers_(sets_.folds),
        labels_(sets_.folds, sets_.y) {
    if (sets_.fits_means()) label_sums_ = sets_.training_sums(sets_.y);
    std::vector<double> reach(sets_.x.columns, 0);
    for (std::size_t fold = 0; fold < sets_.folds; ++fold) {
      if (sets_.fits_means()) sets_.centre(labels_[fold], fold);
      label_squares_.push_back(sets_.inner_product(labels_[fold], labels_[fold], fold));
      raise(reach, sets_.correlations(labels_[fold], fold), level(ahead().back(), fold));
    }
    widen(reach, sets_.folds, 1);
  }

  /// Runs the whole grid, or until this many penalties are certified; returns the number of steps.
  int run(std::size_t penalties) {
    int steps = 0;
    for (; next_ < penalties; ++steps) step();
    return steps;
  }
  std::size_t next() const { return next_; }

 private:
  double level(double penalty, std::size_t fold) const { return penalty * sets_.training_rows(fold); }
  std::vector<double> ahead() const {
    const std::size_t most = sets_.folds > 1 ? Schedule::look_ahead_folds : Schedule::look_ahead_alone;
    const auto first = penalties_.begin() + static_cast<long>(next_);
    return {first, first + static_cast<long>(std::min(most, penalties_.size() - next_))};
  }

  void add(std::size_t j) {
    present_[j] = true;
    columns_.push_back(j);
    std::vector<std::vector<S>>
        fresh;  // products with y, then with each column up to itself, by training set
    fresh.push_back(sets_.training_products(sets_.column(j), sets_.y));
    for (std::size_t k : columns_) fresh.push_back(sets_.training_products(sets_.column(j), sets_.column(k)));
    if (sets_.fits_means()) {
      sums_.push_back(sets_.training_sums(sets_.column(j)));
      for (std::size_t fold = 0; fold < sets_.folds; ++fold) {
        const S mean = sums_.back()[fold] / S(sets_.training_rows(fold));
        for (std::size_t k = 0; k < fresh.size(); ++k)
          fresh[k][fold] -= mean * (k == 0 ? label_sums_[fold] : sums_[k - 1][fold]);
      }
    }
    products_.push_back(std::move(fresh));
  }
  Grid<S> gram(std::size_t fold) const {
    Grid<S> G(columns_.size(), columns_.size());
    for (std::size_t a = 0; a < columns_.size(); ++a)
      for (std::size_t c = 0; c <= a; ++c) G(a, c) = G(c, a) = products_[a][c + 1][fold];
    return G;
  }
  std::vector<S> target(std::size_t fold) const {
    std::vector<S> q;
    for (const auto& fresh : products_) q.push_back(fresh[0][fold]);
    return q;
  }

  void step() {
    const std::vector<double> batch = ahead();
    const bool goes_on = next_ + batch.size() < penalties_.size();
    const std::vector<LassoActiveSet<S>> before = solvers_;
    const double slack = std::max(Schedule::least_slack, Schedule::slack_of_tolerance * controls_.tolerance);
    std::vector<double> reach(sets_.x.columns, 0);
    std::size_t kept = 0;
    bool failed = false;
    for (std::size_t k = 0; k < batch.size(); ++k) {
      for (std::size_t fold = 0; fold < sets_.folds; ++fold) {
        solvers_[fold].solve(gram(fold), target(fold), level(batch[k], fold), slack);
        failed = measure(solvers_[fold], fold, level(batch[k], fold), reach) > controls_.tolerance || failed;
      }
      if (!failed) ++kept;
    }
    widen(reach, sets_.folds * batch.size(), goes_on ? Schedule::near_entry : 1);
    if (kept < batch.size()) solvers_ = before;
    next_ += kept;
  }
  /// The relative duality gap; raises `reach` by the correlations.
  double measure(const LassoActiveSet<S>& solver, std::size_t fold, double level,
                 std::vector<double>& reach) {
    std::vector<S> r = sets_.y;
    for (std::size_t i = 0; i < r.size(); ++i)
      for (std::size_t a = 0; a < solver.support.size(); ++a)
        r[i] -= sets_.x(i, columns_[solver.support[a]]) * solver.b[a];
    if (sets_.fits_means()) sets_.centre(r, fold);
    if (sets_.folds > 1) {
      S square(0);
      for (std::size_t i = fold; i < r.size(); i += sets_.folds) square += r[i] * r[i];
      square /= S(static_cast<double>(r.size()) - sets_.training_rows(fold));
    }
    const S rr = sets_.inner_product(r, r, fold), yr = sets_.inner_product(labels_[fold], r, fold);
    const std::vector<S> c = sets_.correlations(r, fold);
    raise(reach, c, level);
    S norm(0), largest(0);
    for (const S& entry : solver.b) norm += abs(entry);
    for (const S& entry : c) largest = double(abs(entry)) > double(largest) ? S(abs(entry)) : largest;
    const S bound = S(level) / largest, best = yr / rr;
    const S scale = double(best) > double(bound) ? bound : double(best) < -double(bound) ? S(-bound) : best;
    const S primal = S(0.5) * rr + S(level) * norm;
    const S dual = scale * yr - S(0.5) * scale * scale * rr;
    return double((primal - dual) / (S(0.5) * label_squares_[fold]));
  }
  static void raise(std::vector<double>& reach, const std::vector<S>& correlations, double level) {
    for (std::size_t j = 0; j < reach.size(); ++j)
      reach[j] = std::max(reach[j], std::abs(double(correlations[j])) / level);
  }
  void widen(const std::vector<double>& reach, std::size_t trials, double margin) {
    std::vector<std::size_t> chosen;
    long violating = 0;
    for (std::size_t j = 0; j < reach.size(); ++j) {
      if (reach[j] <= margin || present_[j]) continue;
      chosen.push_back(j);
      violating += reach[j] > 1;
    }
    const long size = static_cast<long>(columns_.size());
    const long cheap = static_cast<long>(sets_.x.columns * trials) / (2 * size + 1);
    const long most = std::clamp<long>(std::max(violating, cheap), Schedule::least_widening,
                                       std::max<long>(Schedule::free_widening, size));
    std::stable_sort(chosen.begin(), chosen.end(),
                     [&](std::size_t a, std::size_t c) { return reach[a] > reach[c]; });
    if (static_cast<long>(chosen.size()) > most) chosen.resize(static_cast<std::size_t>(most));
    std::sort(chosen.begin(), chosen.end());
    for (std::size_t j : chosen) add(j);
  }

  LassoTrainingSets<S> sets_;
  std::vector<double> penalties_;
  detail::LassoControls controls_;
  std::vector<std::size_t> columns_;
  std::vector<bool> present_;
  std::vector<std::vector<std::vector<S>>>
      products_;                      // by column, then y and columns up to it, by training set
  std::vector<std::vector<S>> sums_;  // by column, by training set
  std::vector<S> label_sums_;
  std::vector<LassoActiveSet<S>> solvers_;
  std::vector<std::vector<S>> labels_;
  std::vector<S> label_squares_;
  std::size_t next_ = 0;
};

}  // namespace quartic::reference
