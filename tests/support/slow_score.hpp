#pragma once
/// Means over the law of a score of findings, one sum or integral inside another: slow, and plain to see.
#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "sim/findings/finding_score.hpp"
#include "sim/findings/marginals.hpp"
#include "sim/parts/normal_integral.hpp"

namespace quartic::support {

/// Of a score whose densities, margins and sizes, at most one of these, are each alone in their place and in no joint.
class SlowScore {
 public:
  SlowScore(const detail::FindingScore& score, double intercept) : score_(score), intercept_(intercept) {
    for (const detail::Effect& effect : score.effects) {
      const FindingKind kind = kind_of(effect.column);
      if (kind == FindingKind::density || kind == FindingKind::margin)
        variance_ += effect.coefficient * effect.coefficient;
    }
  }

  double prevalence() const {
    return mean([](double s) { return 1 / (1 + std::exp(-s)); });
  }
  double least_error() const {
    return mean([](double s) { return 1 / (1 + std::exp(std::abs(s))); });
  }

 private:
  double mean(const auto& f) const {
    std::map<Index, std::vector<std::size_t>> places;
    for (std::size_t k = 0; k < score_.effects.size(); ++k)
      places[place_of(score_.effects[k].column)].push_back(k);
    return over_places({places.begin(), places.end()}, std::vector<double>(score_.effects.size()), f);
  }

  using Places = std::vector<std::pair<Index, std::vector<std::size_t>>>;

  // Over the factor of a place whose findings go by steps, where they have it in common.
  double over_places(Places places, const std::vector<double>& x, const auto& f) const {
    if (places.empty()) return over_size(x, f);
    const std::vector<std::size_t> here = places.back().second;
    places.pop_back();
    const auto given = [&](double factor, double correlation) {
      return over_steps(here, {factor, correlation}, x, places, f);
    };
    if (here.size() == 1) return given(0, 0);
    double sum = 0;
    for (int i = -160; i <= 160; ++i)
      sum += 0.05 * detail::normal_density(0.05 * i) * given(0.05 * i, score_.correlation);
    return sum;
  }

  struct Given {
    double factor, correlation;
  };
  double over_steps(std::vector<std::size_t> here, Given given, std::vector<double> x, const Places& places,
                    const auto& f) const {
    if (here.empty()) return over_places(places, x, f);
    const std::size_t k = here.back();
    here.pop_back();
    const FindingKind kind = kind_of(score_.effects[k].column);
    if (!detail::has_steps(kind)) return over_steps(here, given, x, places, f);
    const detail::Steps steps = detail::steps_of(kind);
    double sum = 0;
    for (std::size_t q = 0; q < steps.values.size(); ++q) {
      x[k] = steps.values[q];
      sum += detail::chance_of_step(steps, q, given.factor, given.correlation) *
             over_steps(here, given, x, places, f);
    }
    return sum;
  }

  double over_size(std::vector<double> x, const auto& f) const {
    for (std::size_t k = 0; k < x.size(); ++k) {
      if (kind_of(score_.effects[k].column) != FindingKind::size) continue;
      const double rest = intercept_ + score_(x), b = score_.effects[k].coefficient;
      const auto score_at = [&](double z) { return rest + b * detail::standardised(FindingKind::size, z); };
      double low = -9, high = 9;  // the z at which the score is 0, or an end
      for (int i = 0; i < 60; ++i)
        ((score_at((low + high) / 2) > 0) == (b > 0) ? high : low) = (low + high) / 2;
      const std::array bends = {detail::Bend{low, 1 / (1 + std::abs(b))}};
      return detail::normal_mean(bends, [&](double z) { return over_normal(score_at(z), f); });
    }
    return over_normal(intercept_ + score_(x), f);
  }

  double over_normal(double s, const auto& f) const {
    if (variance_ == 0) return f(s);
    const double deviation = std::sqrt(variance_);
    const std::array bends = {detail::Bend{std::clamp(-s / deviation, -9., 9.), 1 / (1 + deviation)}};
    return detail::normal_mean(bends, [&](double z) { return f(s + deviation * z); });
  }

  detail::FindingScore score_;
  double intercept_, variance_ = 0;
};

}  // namespace quartic::support
