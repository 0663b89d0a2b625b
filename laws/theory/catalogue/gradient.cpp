#include "laws/theory/catalogue/curves.hpp"

#include "laws/theory/power_law_limits.hpp"
#include "laws/theory/sgd.hpp"

namespace quartic::detail {
namespace {

const TheoryParameter relevant = relevant_parameter(), candidates = candidates_parameter(),
                      coefficient = coefficient_parameter(), noise = noise_parameter();

template <SgdAverage average>
TheoryPoint sgd(double n, const TheoryValues& values) {
  const IsotropicSgd design{.columns = value(values, "candidates"),
                            .signal = signal(values),
                            .noise_variance = noise_variance(values),
                            .step = value(values, "step")};
  return point(sgd_risk(design, n, average), signal(values));
}

TheoryPoint spectrum_sgd(double n, const TheoryValues& values) {
  const DiagonalSgd design{.spectrum = power_law_spectrum(static_cast<Index>(value(values, "candidates")),
                                                          value(values, "spectrum_exponent"),
                                                          value(values, "coefficient_exponent")),
                           .noise_variance = noise_variance(values),
                           .step = value(values, "step")};
  return point(sgd_risk(design, n, SgdAverage::tail),
               design.spectrum.eigenvalues.dot(design.spectrum.squared_coefficients));
}

const TheoryParameter step{"step", 0.00025, "h in b += h (y - x'b) x; stable below 2/(candidates + 2)"};

const char* const bach = "Bach & Moulines 2013, arXiv 1306.2119";

/// n counts steps, one a row.
template <SgdAverage average>
TheoryPoint power_law_sgd(double n, const TheoryValues& values) {
  const PowerLawSgd design{value(values, "spectrum_exponent"), value(values, "signal_exponent"),
                           noise_variance(values), value(values, "step"), average};
  return point(power_law_sgd_risk(design, value(values, "candidates"), n),
               power_tail(design.signal_exponent, 0));
}

/// n counts columns times steps.
TheoryPoint power_law_frontier_at(double n, const TheoryValues& values) {
  const PowerLawSgd design{value(values, "spectrum_exponent"), value(values, "signal_exponent"),
                           noise_variance(values), value(values, "step")};
  return point(power_law_optimum(design, n).risk, power_tail(design.signal_exponent, 0));
}

const TheoryParameter eigenvalues{"spectrum_exponent", 1.5, "B: column j has variance j^-B"},
    answers{"signal_exponent", 1.75, "A: column j adds j^-A to the variance of the answer"},
    power_law_step{"step", 0.3, "h in b += h (y - x'b) x"},
    little_noise{"noise", 0, "standard deviation of the label noise"};

}  // namespace

std::vector<TheoryCurve> power_law_curves() {
  const char* const paquette = "Paquette, Paquette, Xiao & Pennington 2024, arXiv 2405.15074";
  const TheoryParameter shown{"candidates", 200, "columns shown, of infinitely many that matter"};
  return {
      {"power_law_sgd",
       "one pass of gradient descent in a world of power laws, its last iterate: exact at every n",
       paquette,
       {shown, eigenvalues, answers, little_noise, power_law_step},
       power_law_sgd<SgdAverage::last>},
      {"power_law_sgd_tail",
       "one pass of gradient descent in a world of power laws, the mean over its last half: exact at "
       "every n",
       paquette,
       {shown, eigenvalues, answers, little_noise, power_law_step},
       power_law_sgd<SgdAverage::tail>},
      {"power_law_frontier",
       "the least error in a world of power laws at n = columns times steps of gradient descent, its last "
       "iterate, over all ways to share n out",
       paquette,
       {eigenvalues, answers, little_noise, power_law_step},
       power_law_frontier_at}};
}

std::vector<TheoryCurve> gradient_curves() {
  return {
      {"sgd",
       "one pass of gradient descent with a fixed step, its last iterate: exact at every n",
       bach,
       {candidates, relevant, coefficient, noise, step},
       sgd<SgdAverage::last>},
      {"sgd_averaged",
       "one pass of gradient descent with a fixed step, the mean of its iterates: exact at every n",
       bach,
       {candidates, relevant, coefficient, noise, step},
       sgd<SgdAverage::all>},
      {"sgd_tail",
       "one pass of gradient descent with a fixed step, the mean over its last half: exact at every n",
       "Jain et al. 2018, arXiv 1610.03774",
       {candidates, relevant, coefficient, noise, step},
       sgd<SgdAverage::tail>},
      {"spectrum_sgd",
       "tail-averaged gradient descent under eigenvalues j^-a and squared coefficients j^-b: exact at every "
       "n",
       "Jain et al. 2018, arXiv 1610.03774",
       {{"candidates", 200, "columns in the pool"},
        noise,
        {"spectrum_exponent", 1.5, "a"},
        {"coefficient_exponent", 1, "b"},
        {"step", 0.1, "h in b += h (y - x'b) x"}},
       spectrum_sgd}};
}

}  // namespace quartic::detail
