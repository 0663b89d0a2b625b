#include "sim/worlds/power_law.hpp"

#include <array>

#include "core/require.hpp"
#include "sim/parts/spectral_series.hpp"

namespace quartic {

namespace {

constexpr std::array options = {
    Option<PowerLawWorld>{"candidates", &PowerLawWorld::candidates,
                          "columns shown, of infinitely many that matter"},
    Option<PowerLawWorld>{"spectrum", &PowerLawWorld::spectrum, "exponent B: column j has variance j^-B"},
    Option<PowerLawWorld>{"target", &PowerLawWorld::target,
                          "exponent A: column j adds j^-A to the variance of the noiseless answer"},
    Option<PowerLawWorld>{"noise", &PowerLawWorld::noise, "standard deviation of the label noise"}};

SpectralSeries series_of(const PowerLawWorld& world) {
  return {world.candidates, world.spectrum, world.target, world.noise};
}

}  // namespace

std::span<const Option<PowerLawWorld>> power_law_options() {
  return options;
}

std::string PowerLawWorld::fingerprint() const {
  return fingerprint_of(*this, power_law_options());
}

void PowerLawWorld::require_valid() const {
  require_series(series_of(*this), "power_law");
  require(spectrum >= 0 && spectrum <= 20,
          "spectrum = " + shortest(spectrum) +
              " (variances j^-spectrum are to fall, with an exponent from 0 to 20). Choose a number in that "
              "range.");
  require(target >= 1.02 && target <= 20,
          "target = " + shortest(target) +
              " (the variance of the answer, the sum of j^-target over all columns, is finite above 1; kept "
              "from 1.02 to 20). Choose a number in that range.");
}

Table PowerLawWorld::draw(Stream truth) const {
  require_valid();
  return draw_series(series_of(*this), {{"spectrum", spectrum}, {"target", target}}, truth);
}

}  // namespace quartic
