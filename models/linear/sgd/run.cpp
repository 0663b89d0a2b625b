#include "models/linear/sgd/run.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "models/linear/blas.hpp"
#include "models/linear/linear_fit.hpp"
#include "models/linear/sgd/flops.hpp"

namespace quartic::detail {

namespace {

constexpr double kDivergence = 1000;  // residual over largest label

// Iterates before this one are left out of the mean of a run of this length.
Index first_averaged(IterateAverage average, Index length) {
  if (average == IterateAverage::last) return length - 1;
  return average == IterateAverage::all ? 0 : length / 2;
}

}  // namespace

SgdRun::SgdRun(Index columns, Plan plan) : plan_(std::move(plan)), b_(Vector::Zero(columns)) {
  assert(!plan_.lengths.empty() && plan_.lengths.front() >= 1);
  fits_.reserve(plan_.lengths.size());
}

Index SgdRun::first_of(std::size_t length) const {
  return first_averaged(plan_.average, plan_.lengths[length]);
}

void SgdRun::take(std::span<const double> x, double y) {
  assert(!done());
  const double residual = y - dot(x, span_of(b_));
  largest_label_ = std::max(largest_label_, std::abs(y));
  if (!(std::abs(residual) <= kDivergence * largest_label_)) return diverge();
  add_scaled(span_of(b_), plan_.step * residual, x);
  add_up();
  if (++steps_ == plan_.lengths[fits_.size()]) fits_.push_back(converged());
}

void SgdRun::add_up() {
  if (plan_.average == IterateAverage::last) return;
  for (; opened_ < plan_.lengths.size() && first_of(opened_) == steps_; ++opened_)
    sums_.push_back(Vector::Zero(b_.size()));
  for (Vector& sum : sums_) add_scaled(span_of(sum), 1, span_of(b_));
}

Vector SgdRun::average() {
  if (plan_.average == IterateAverage::last) return b_;
  const Vector mean = sums_.front() / static_cast<double>(steps_ - first_of(fits_.size()));
  sums_.pop_front();
  return mean;
}

double SgdRun::flops() const {
  const auto p = static_cast<double>(b_.size());
  const double done = static_cast<double>(steps_) * sgd_flops::step(p);
  if (plan_.average == IterateAverage::last) return done;
  const Index averaged = std::max<Index>(0, steps_ - first_of(fits_.size()));
  return done + sgd_flops::sum(static_cast<double>(averaged), p);
}

Fit SgdRun::fit_with(Vector coefficients, double flops) const {
  LinearSolution solution{.coefficients = {}, .certificate = nan, .fit_flops = flops, .message = ""};
  Fit fit = make_fit({std::move(coefficients), 0}, b_.size(), std::move(solution));
  fit.report.iterations = steps_;
  return fit;
}

Fit SgdRun::converged() {
  const auto p = static_cast<double>(b_.size());
  const double mean = plan_.average == IterateAverage::last ? 0 : sgd_flops::mean(p);
  const double all = flops() + mean;
  return fit_with(average(), all);
}

void SgdRun::diverge() {
  const double last_residual = sgd_flops::residual(static_cast<double>(b_.size()));
  while (!done()) {
    Fit fit = fit_with(b_, flops() + last_residual);
    if (fit.report.status == FitStatus::converged) {
      fit.report.status = FitStatus::diverged;
      fit.report.message = "the residuals grow without bound (the step is too long). Set a smaller step.";
    }
    fits_.push_back(std::move(fit));
  }
}

}  // namespace quartic::detail
