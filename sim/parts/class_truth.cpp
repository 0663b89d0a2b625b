#include "sim/parts/class_truth.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/number_text.hpp"
#include "core/require.hpp"
#include "sim/parts/rows.hpp"
#include "sim/parts/rule.hpp"

namespace quartic {

namespace {

/// See core/truth.hpp for its members.
class ClassRows {
 public:
  ClassRows(PoolTruth scores, const ClassLaw& law, double label_noise);

  Index candidates() const { return rows_.candidates(); }
  std::vector<Index> relevant() const { return rows_.relevant(); }
  Facts facts() const { return facts_; }
  Matrix x(Range rows, Range columns, Stream train) const { return rows_.x(rows, columns, std::move(train)); }
  Matrix columns(Range rows, std::span<const Index> columns, Stream train) const {
    return rows_.columns(rows, columns, std::move(train));
  }
  Vector y(Range rows, Stream train) const;
  Vector mean(Range rows, Stream train) const;
  double excess_risk(const LinearRule& rule) const;
  double variance(Index column) const { return *rows_.variance(column); }

 private:
  RuleScore compare(const LinearRule& rule, double deviation) const;

  ClassLaw law_;
  double label_noise_;
  Facts facts_;
  Vector direction_;  // the score's coefficients over its standard deviation, one a candidate
  std::function<double(const Vector&)> quadratic_form_;
  Truth rows_;
};
static_assert(DrawsRows<ClassRows> && HasExactRisk<ClassRows> && HasVariances<ClassRows>);

Vector to_dense(const PoolTruth& scores) {
  Vector dense = Vector::Zero(scores.candidates);
  for (std::size_t k = 0; k < scores.columns.size(); ++k) dense[scores.columns[k]] = scores.slopes[k];
  return dense;
}

Facts facts_of(const PoolTruth& scores, const ClassLaw& law) {
  const double prevalence = law.prevalence();
  return {{"candidates", static_cast<double>(scores.candidates)},
          {"relevant", static_cast<double>(scores.columns.size())},
          {"signal", law.signal},
          {"intercept", law.intercept},
          {"prevalence", prevalence},
          {"bayes_error", law.bayes_error()},
          {"constant_error", std::min(prevalence, 1 - prevalence)}};
}

ClassRows::ClassRows(PoolTruth scores, const ClassLaw& law, double label_noise)
    : law_(law),
      label_noise_(label_noise),
      facts_(facts_of(scores, law)),
      direction_(to_dense(scores) / std::sqrt(law.signal)),
      quadratic_form_(scores.quadratic_form),
      rows_(make_truth(std::move(scores))) {
  require_gain(facts_, 1e-6);
}

Vector ClassRows::mean(Range rows, Stream train) const {
  Vector chances = rows_.mean(rows, std::move(train));
  for (double& u : chances) u = law_.probability(law_.intercept + u);
  return chances;
}

Vector ClassRows::y(Range rows, Stream train) const {
  const Uniforms uniforms = draw_uniforms(rows, label_noise_, train);
  return labels_by_chance(mean(rows, std::move(train)), uniforms, label_noise_);
}

// With the score's direction d, d' Sigma d = 1, and the rule's w, w' Sigma w = 1: 4 w' Sigma d is the form of
// w + d less that of w - d, and what is left of w, w - correlation d, has a form of its own.
RuleScore ClassRows::compare(const LinearRule& rule, double deviation) const {
  const Vector w = rule.coefficients / deviation;
  const double sum = quadratic_form_(w + direction_), difference = quadratic_form_(w - direction_);
  const double correlation = std::clamp((sum - difference) / 4, -1.0, 1.0);
  const double residual = quadratic_form_(w - correlation * direction_);
  return {correlation, std::sqrt(std::max(0.0, residual)), rule.intercept / deviation};
}

// Only the sign of the rule's score counts, so that it may be scaled first: no square overflows.
double ClassRows::excess_risk(const LinearRule& rule) const {
  require_coefficient_each(rule, candidates());
  if (!rule.coefficients.allFinite() || !std::isfinite(rule.intercept)) return nan;
  const double largest = rule.coefficients.cwiseAbs().maxCoeff();
  if (largest == 0) return excess_error_of_constant(law_, rule.intercept > 0 ? 1 : 0);
  const LinearRule scaled{rule.coefficients / largest, rule.intercept / largest};
  return excess_error(law_, compare(scaled, std::sqrt(quadratic_form_(scaled.coefficients))));
}

}  // namespace

Uniforms draw_uniforms(Range rows, double label_noise, const Stream& train) {
  Uniforms uniforms{Vector(rows.count), Vector::Ones(rows.count)};
  for (Index i = 0; i < rows.count; ++i) {
    const Stream row = row_stream(train, rows.first + i);
    uniforms.noise[i] = row.child("noise").uniform();
    if (label_noise > 0) uniforms.reader[i] = row.child("reader").uniform();
  }
  return uniforms;
}

Vector labels_by_chance(const Vector& chances, const Uniforms& uniforms, double label_noise) {
  Vector labels(chances.size());
  for (Index i = 0; i < chances.size(); ++i)
    labels[i] = (uniforms.noise[i] < chances[i]) != (uniforms.reader[i] < label_noise) ? 1 : 0;
  return labels;
}

void require_gain(const Facts& facts, double least_gain) {
  require(
      facts.at("constant_error") - facts.at("bayes_error") > least_gain,
      "the best rule of all is wrong as often as one that never looks at x, " +
          shortest(facts.at("bayes_error")) +
          " (errors are measured in units of that difference). Raise signal, or bring prevalence nearer to "
          "0.5.",
      {"prevalence", "signal"});
}

Truth make_class_truth(PoolTruth scores, const ClassLaw& law, double label_noise) {
  return ClassRows(std::move(scores), law, label_noise);
}

}  // namespace quartic
