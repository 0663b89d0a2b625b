#include "sim/worlds/smooth.hpp"

#include <array>

#include "sim/parts/spectral_series.hpp"

namespace quartic {

namespace {

constexpr std::array option_table = {
    Option<Smooth>{"candidates", &Smooth::candidates, "columns shown, of infinitely many that matter",
                   no_words, shown_columns},
    Option<Smooth>{
        "roughness", &Smooth::roughness,
        "dimension over smoothness, D/b: column j has variance j^-(1 + 2/roughness)", no_words,
        from_to(0.1, 100,
                "variances j^-(1 + 2/roughness) are kept for dimension over smoothness from 0.1 to 100")},
    Option<Smooth>{"noise", &Smooth::noise, "standard deviation of the label noise", no_words,
                   standard_deviation}};

SpectralSeries make_series(const Smooth& world) {
  const double exponent = 1 + 2 / world.roughness;
  return {.candidates = world.candidates, .spectrum = exponent, .target = exponent, .noise = world.noise};
}

}  // namespace

std::span<const Option<Smooth>> Smooth::options() {
  return option_table;
}

std::string Smooth::fingerprint() const {
  return fingerprint_of(*this, options());
}

Truth Smooth::draw(Stream truth) const {
  require_valid(*this);
  return draw_series(make_series(*this), {{"roughness", roughness}}, truth);
}

}  // namespace quartic
