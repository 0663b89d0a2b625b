#include "experiments/theory/features.hpp"

#include <numbers>
#include <optional>
#include <string>

#include "experiments/theory/options.hpp"
#include "laws/theory/random_features.hpp"

namespace quartic {
namespace {

/// For erf(u/sqrt 2): E Z f = E f' = 1/sqrt pi, E f^2 = 1/3.
std::optional<ActivationMoments> compute_moments(const std::string& activation) {
  if (activation == "relu") return ActivationMoments{};
  if (activation == "erf") return ActivationMoments{std::numbers::inv_sqrtpi, 1. / 3 - std::numbers::inv_pi};
  return std::nullopt;
}

}  // namespace

double random_features_error(const LinearTarget& target, const OptionValues& options) {
  const std::optional<ActivationMoments> activation = compute_moments(word_option(options, "activation"));
  if (!activation) return nan;
  return random_features_risk({.features_per_column = number_option(options, "features") / target.columns,
                               .rows_per_column = target.rows / target.columns,
                               .penalty = number_option(options, "penalty"),
                               .linear_signal = target.signal,
                               .noise_variance = target.noise_variance,
                               .activation = *activation})
      .excess;
}

}  // namespace quartic
