#include "sim/worlds/power_law.hpp"

#include <array>

#include "sim/parts/spectral_series.hpp"

namespace quartic {

namespace {

constexpr std::array option_table = {
    Option<PowerLawWorld>{"candidates", &PowerLawWorld::candidates,
                          "columns shown, of infinitely many that matter", no_words, shown_columns},
    Option<PowerLawWorld>{"spectrum", &PowerLawWorld::spectrum, "exponent B: column j has variance j^-B",
                          no_words,
                          from_to(0, 20, "variances j^-spectrum are to fall, with an exponent from 0 to 20")},
    Option<PowerLawWorld>{
        "target", &PowerLawWorld::target,
        "exponent A: column j adds j^-A to the variance of the noiseless answer", no_words,
        from_to(
            1.02, 20,
            "the variance of the answer, the sum of j^-target over all columns, is finite above 1; kept from 1.02 to 20")},
    Option<PowerLawWorld>{"noise", &PowerLawWorld::noise, "standard deviation of the label noise", no_words,
                          standard_deviation}};

SpectralSeries make_series(const PowerLawWorld& world) {
  return {world.candidates, world.spectrum, world.target, world.noise};
}

}  // namespace

std::span<const Option<PowerLawWorld>> PowerLawWorld::options() {
  return option_table;
}

std::string PowerLawWorld::fingerprint() const {
  return fingerprint_of(*this, options());
}

Truth PowerLawWorld::draw(Stream truth) const {
  require_valid(*this);
  return draw_series(make_series(*this), {{"spectrum", spectrum}, {"target", target}}, truth);
}

}  // namespace quartic
