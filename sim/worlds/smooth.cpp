#include "sim/worlds/smooth.hpp"

#include <array>

#include "core/require.hpp"
#include "sim/parts/spectral_series.hpp"

namespace quartic {

namespace {

constexpr std::array options = {
    Option<Smooth>{"candidates", &Smooth::candidates, "columns shown, of infinitely many that matter"},
    Option<Smooth>{"roughness", &Smooth::roughness,
                   "dimension over smoothness, D/b: column j has variance j^-(1 + 2/roughness)"},
    Option<Smooth>{"noise", &Smooth::noise, "standard deviation of the label noise"}};

SpectralSeries series_of(const Smooth& world) {
  const double exponent = 1 + 2 / world.roughness;
  return {.candidates = world.candidates, .spectrum = exponent, .target = exponent, .noise = world.noise};
}

}  // namespace

std::span<const Option<Smooth>> smooth_options() {
  return options;
}

std::string Smooth::fingerprint() const {
  return fingerprint_of(*this, smooth_options());
}

void Smooth::require_valid() const {
  require_series(series_of(*this), "smooth");
  require(roughness >= 0.1 && roughness <= 100, "roughness = " + shortest(roughness) +
                                                    " (variances j^-(1 + 2/roughness) are kept for dimension "
                                                    "over smoothness from 0.1 to 100). Choose a "
                                                    "number in that range.");
}

Table Smooth::draw(Stream truth) const {
  require_valid();
  return draw_series(series_of(*this), {{"roughness", roughness}}, truth);
}

}  // namespace quartic
