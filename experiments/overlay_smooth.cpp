#include "experiments/overlay_smooth.hpp"

#include <cmath>

#include "laws/theory/deterministic_equivalent.hpp"
#include "laws/theory/least_squares.hpp"

namespace quartic {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// The facts of a smooth table.
struct SmoothFacts {
  double candidates, roughness, noise, signal, tail;

  explicit SmoothFacts(const Facts& facts)
      : candidates(facts.find("candidates")->second),
        roughness(facts.find("roughness")->second),
        noise(facts.find("noise")->second),
        signal(facts.find("signal")->second),
        tail(facts.find("tail")->second) {}
  double noise_variance() const { return noise * noise + tail; }
  CovarianceSpectrum spectrum() const {
    return power_law_spectrum(static_cast<Index>(candidates), 1 + 2 / roughness, 0);
  }
};

/// Excess risk beyond the tail.
double risk_in_columns(const TheoryQuery& query, const SmoothFacts& world) {
  const bool least_squares = query.model == "least_squares";
  if (least_squares && query.rows >= query.columns + 2)
    return least_squares_risk({.rows = query.rows,
                               .columns = query.columns,
                               .signal_in_columns = world.signal - world.tail,
                               .noise_variance = world.noise_variance()});
  if (least_squares || query.model == "ridge") {
    const double penalty = least_squares ? 0 : query.penalty;
    return ridge_equivalent(world.spectrum(), {query.rows, penalty, world.noise_variance()}).risk;
  }
  if (query.model == "linear_sgd" && !std::isnan(query.step))
    return sgd_risk(DiagonalSgd{world.spectrum(), world.noise_variance(), query.step}, query.rows,
                    sgd_average(query.average));
  return unknown;
}

}  // namespace

SgdAverage sgd_average(const std::string& word) {
  if (word == "last") return SgdAverage::last;
  return word == "all" ? SgdAverage::all : SgdAverage::tail;
}

double smooth_error(const TheoryQuery& query) {
  const SmoothFacts world(*query.facts);
  if (query.columns != world.candidates) return unknown;
  return (world.tail + risk_in_columns(query, world)) / world.signal;
}

}  // namespace quartic
