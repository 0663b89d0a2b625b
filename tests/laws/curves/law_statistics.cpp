#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"
#include "laws/curves/law.hpp"

namespace quartic::law_statistics {
namespace {

/// The mean of the exponents fitted to a law seen with 1 % noise at 12 sizes over three decades, and its
/// error.
struct Bias {
  double mean, error;
};

Bias mean_exponent(const Law& truth, Stream stream) {
  constexpr Index draws = 400, sizes = 12;
  double sum = 0, squares = 0;
  for (Index k = 0; k < draws; ++k) {
    LawPoints points{Vector(sizes), Vector(sizes), Vector::Ones(sizes)};
    for (Index i = 0; i < sizes; ++i) {
      points.sizes[i] = 100 * std::pow(1000, static_cast<double>(i) / (sizes - 1));
      points.values[i] = truth.at(points.sizes[i]) * std::exp(0.01 * stream.normal());
    }
    const double exponent = fit_law(truth.form, points).law.exponent;
    sum += exponent;
    squares += exponent * exponent;
  }
  const double mean = sum / draws;
  return {mean, std::sqrt((squares / draws - mean * mean) / draws)};
}

TEST(LawStatistics, RecoversPlantedExponentsWithoutBiasBeyondOnePercent) {
  for (const double exponent : {0.1, 0.25, 0.5, 1.0})
    for (const Law& law : {Law{.form = LawForm::power, .scale = 3, .exponent = exponent},
                           Law{.form = LawForm::logarithm, .scale = 3, .exponent = exponent},
                           Law{.form = LawForm::offset, .scale = 3, .exponent = exponent, .offset = 80}}) {
      const Bias bias = mean_exponent(law, Stream(7).child(to_string(law.form)));
      EXPECT_LT(std::abs(bias.mean - exponent), 0.01 * exponent + 5 * bias.error)
          << to_string(law.form) << " " << exponent;
      EXPECT_LT(bias.error, 0.002 * exponent) << to_string(law.form) << " " << exponent;
    }
}

TEST(LawStatistics, RecoversExponentsAboveAFloor) {
  for (const double exponent : {0.25, 0.5, 1.0}) {
    const Law law{.form = LawForm::floor, .scale = 3, .exponent = exponent, .floor = 0.01};
    const Bias bias = mean_exponent(law, Stream(8));
    EXPECT_LT(std::abs(bias.mean - exponent), 0.01 * exponent + 5 * bias.error) << exponent;
  }
}

}  // namespace
}  // namespace quartic::law_statistics
