#include "sim/worlds/power_law.hpp"

#include <array>

#include "core/require.hpp"
#include "sim/spectral_series.hpp"

namespace quartic {

namespace {

constexpr std::array options = {
    Option<PowerLaw>{"candidates", &PowerLaw::candidates, "columns shown, of infinitely many that matter"},
    Option<PowerLaw>{"spectrum", &PowerLaw::spectrum, "exponent B: column j has variance j^-B"},
    Option<PowerLaw>{"target", &PowerLaw::target,
                     "exponent A: column j adds j^-A to the variance of the noiseless answer"},
    Option<PowerLaw>{"noise", &PowerLaw::noise, "standard deviation of the label noise"}};

SpectralSeries series_of(const PowerLaw& world) {
  return {world.candidates, world.spectrum, world.target, world.noise};
}

}  // namespace

std::span<const Option<PowerLaw>> power_law_options() {
  return options;
}

std::string PowerLaw::fingerprint() const {
  return fingerprint_of(*this, power_law_options());
}

void PowerLaw::require_valid() const {
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

Table PowerLaw::draw(Stream truth) const {
  require_valid();
  return draw_series(series_of(*this), {{"spectrum", spectrum}, {"target", target}}, truth);
}

}  // namespace quartic
