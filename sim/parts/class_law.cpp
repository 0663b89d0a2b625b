#include "sim/parts/class_law.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/parts/elementary.hpp"
#include "sim/parts/normal_integral.hpp"

namespace quartic {

namespace {

double link_value(Link link, double t) {
  return link == Link::logistic ? detail::sigmoid(t) : detail::normal_distribution(t);
}

double link_slope(Link link, double t) {
  return link == Link::logistic ? detail::sigmoid(t) * detail::sigmoid(-t) : detail::normal_density(t);
}

// 2 p - 1 without cancellation at t = 0; odd in t.
double advantage(Link link, double t) {
  if (std::abs(t) > 1e-3) return 2 * link_value(link, t) - 1;
  // tanh(t/2), and erf(t/sqrt 2), by their series.
  return link == Link::logistic ? t / 2 * (1 - t * t / 12)
                                : t * (1 - t * t / 6) * 2 * detail::normal_density(0);
}

// In units of u's standard deviation: where intercept + u = 0, and over what length the link bends there.
detail::Bend indifference(const ClassLaw& law) {
  const double deviation = std::sqrt(law.signal);
  return {-law.intercept / deviation, 1 / deviation};
}

// E f(intercept + u).
double mean_over_scores(const ClassLaw& law, auto f) {
  const double deviation = std::sqrt(law.signal);
  const std::array bends = {indifference(law)};
  return detail::normal_mean(bends, [&](double z) { return f(law.intercept + deviation * z); });
}

// P(N(0,1) > -t/width), a step where width is 0.
double chance_above(double t, double width) {
  if (width > 0) return detail::normal_distribution(t / width);
  return t > 0 ? 1 : 0;
}

}  // namespace

double ClassLaw::probability(double t) const {
  return link_value(link, t);
}

double ClassLaw::prevalence() const {
  return mean_over_scores(*this, [&](double t) { return probability(t); });
}

double ClassLaw::bayes_error() const {
  return mean_over_scores(*this, [&](double t) { return probability(-std::abs(t)); });
}

// Newton's method for log prevalence, which is concave in the intercept, of the rarer class: whatever lies
// right of the solution is carried to its left, and from there on it rises. `lowest` is left of it: there
// fewer than e^-15 + Phi(-5) < 1e-6 are of the class.
ClassLaw law_of_prevalence(Link link, double signal, double prevalence) {
  ClassLaw law{link, 0, signal};
  if (prevalence == 0.5) return law;
  const double rarer = std::min(prevalence, 1 - prevalence);
  const double lowest = -(15 + 5 * std::sqrt(signal));
  constexpr int most_steps = 100;
  for (int i = 0; i < most_steps; ++i) {
    const double now = law.prevalence();
    const double slope = mean_over_scores(law, [&](double t) { return link_slope(link, t); });
    const double before = law.intercept;
    law.intercept = std::max(before + detail::logarithm(rarer / now) * now / slope, lowest);
    if (std::abs(law.intercept - before) < 1e-14 * (1 + std::abs(law.intercept))) break;
  }
  if (prevalence > 0.5) law.intercept = -law.intercept;
  return law;
}

double excess_error(const ClassLaw& law, const RuleScore& rule) {
  const double deviation = std::sqrt(law.signal), slope = std::abs(rule.correlation);
  const detail::Bend bayes = indifference(law);
  detail::Bend switches = bayes;  // where the rule changes its mind; nowhere, if it does not look at u
  if (slope > 0) switches = {-rule.offset / rule.correlation, rule.residual / slope};
  const std::array bends = {bayes, switches};
  return detail::normal_mean(bends, [&](double z) {
    const double t = law.intercept + deviation * z, v = rule.offset + rule.correlation * z;
    return std::abs(advantage(law.link, t)) * chance_above(t > 0 ? -v : v, rule.residual);
  });
}

double excess_error_of_constant(const ClassLaw& law, Index always) {
  const double sign = always == 1 ? -1 : 1;  // where Bayes says other
  return mean_over_scores(law, [&](double t) { return sign * t > 0 ? std::abs(advantage(law.link, t)) : 0; });
}

}  // namespace quartic
