#include "laws/theory/catalogue.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "core/options.hpp"
#include "core/require.hpp"
#include "laws/theory/deterministic_equivalent.hpp"
#include "laws/theory/lasso.hpp"
#include "laws/theory/least_squares.hpp"
#include "laws/theory/logistic.hpp"
#include "laws/theory/random_features.hpp"
#include "laws/theory/ridge.hpp"
#include "laws/theory/sgd.hpp"

namespace quartic {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double value(const TheoryValues& values, std::string_view name) {
  return values.find(name)->second;
}

double noise_variance(const TheoryValues& values) {
  return std::pow(value(values, "noise"), 2);
}

/// Var f* of a world of equal coefficients.
double signal(const TheoryValues& values) {
  return value(values, "relevant") * std::pow(value(values, "coefficient"), 2);
}

TheoryPoint point(double risk, double signal) {
  return {risk, risk / signal};
}

const TheoryParameter relevant{"relevant", 10, "columns that matter"};
const TheoryParameter candidates{"candidates", 1000, "columns in the pool"};
const TheoryParameter coefficient{"coefficient", 1, "size of every coefficient that is not zero"};
const TheoryParameter noise{"noise", 1, "standard deviation of the label noise"};

TheoryPoint oracle(double n, const TheoryValues& values) {
  return point(least_squares_risk({.rows = n,
                                   .columns = value(values, "relevant"),
                                   .signal_in_columns = signal(values),
                                   .noise_variance = noise_variance(values)}),
               signal(values));
}

TheoryPoint expert(double n, const TheoryValues& values) {
  const double per_column = std::pow(value(values, "coefficient"), 2);
  const double known = per_column * std::min(value(values, "correct"), value(values, "relevant"));
  return point(least_squares_risk({.rows = n,
                                   .columns = value(values, "correct") + value(values, "wrong"),
                                   .signal_in_columns = known,
                                   .signal_left_out = signal(values) - known,
                                   .noise_variance = noise_variance(values)}),
               signal(values));
}

LeastSquaresDesign all_columns(double n, const TheoryValues& values) {
  return {.rows = n,
          .columns = value(values, "candidates"),
          .signal_in_columns = signal(values),
          .noise_variance = noise_variance(values)};
}

TheoryPoint flexible(double n, const TheoryValues& values) {
  return point(least_squares_risk(all_columns(n, values)), signal(values));
}

TheoryPoint flexible_geometric(double n, const TheoryValues& values) {
  return point(least_squares_geometric_risk(all_columns(n, values)), signal(values));
}

RidgeLimit ridge_limit(double n, const TheoryValues& values) {
  return {value(values, "candidates") / n, signal(values), noise_variance(values)};
}

TheoryPoint ridge(double n, const TheoryValues& values) {
  return point(ridge_risk(ridge_limit(n, values), value(values, "penalty")), signal(values));
}

TheoryPoint ridge_optimal(double n, const TheoryValues& values) {
  return point(ridge_optimal_risk(ridge_limit(n, values)), signal(values));
}

TheoryPoint lasso(double n, const TheoryValues& values) {
  const double count = value(values, "relevant");
  if (count != std::floor(count) || count > value(values, "candidates")) return {nan, nan};
  const LassoDesign design{
      .rows = n,
      .candidates = value(values, "candidates"),
      .noise_variance = noise_variance(values),
      .coefficients = Vector::Constant(static_cast<Index>(count), value(values, "coefficient"))};
  const double penalty = universal_penalty({.rows = n,
                                            .candidates = design.candidates,
                                            .noise_variance = design.noise_variance,
                                            .factor = value(values, "factor")});
  return point(lasso_state(design, penalty).risk, signal(values));
}

TheoryPoint spectrum_ridge(double n, const TheoryValues& values) {
  const CovarianceSpectrum world =
      power_law_spectrum(static_cast<Index>(value(values, "candidates")), value(values, "spectrum_exponent"),
                         value(values, "coefficient_exponent"));
  const RidgeSample sample{n, value(values, "penalty"), noise_variance(values)};
  return point(ridge_equivalent(world, sample).risk, world.eigenvalues.dot(world.squared_coefficients));
}

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

TheoryPoint random_features(double n, const TheoryValues& values) {
  const double columns = value(values, "candidates"), signal = std::pow(value(values, "coefficient"), 2);
  return point(random_features_risk({.features_per_column = value(values, "features") / columns,
                                     .rows_per_column = n / columns,
                                     .penalty = value(values, "penalty"),
                                     .linear_signal = signal,
                                     .noise_variance = noise_variance(values)})
                   .excess,
               signal);
}

TheoryPoint logistic(double n, const TheoryValues& values) {
  const double strength = value(values, "strength");
  return point(logistic_excess_error({.aspect = value(values, "candidates") / n, .strength = strength}),
               0.5 - logistic_bayes_error(strength));
}

const TheoryParameter step{"step", 0.00025, "h in b += h (y - x'b) x; stable below 2/(candidates + 2)"};

const char* const bach = "Bach & Moulines 2013, arXiv 1306.2119";

const char* const belkin = "Belkin, Hsu & Xu 2020, arXiv 1903.07571";

std::vector<TheoryCurve> least_squares_curves() {
  return {
      {"oracle",
       "least squares on exactly the relevant columns: exact at every n",
       belkin,
       {relevant, coefficient, noise},
       oracle},
      {"expert",
       "least squares on the columns an expert names, some of them wrong: exact at every n",
       belkin,
       {relevant,
        coefficient,
        noise,
        {"correct", 9, "relevant columns the expert names"},
        {"wrong", 1, "other columns the expert names"}},
       expert},
      {"flexible",
       "least squares on every candidate, the minimum-norm fit where n is below their number: exact at every "
       "n",
       belkin,
       {candidates, relevant, coefficient, noise},
       flexible},
      {"flexible_geometric",
       "geometric mean of the error of least squares on every candidate: exact from n = candidates on",
       "Muirhead 1982, theorem 3.2.12",
       {candidates, relevant, coefficient, noise},
       flexible_geometric}};
}

std::vector<TheoryCurve> shrinkage_curves() {
  return {
      {"ridge",
       "ridge regression on every candidate at a given penalty, many rows and columns",
       "Dobriban & Wager 2018, Annals of Statistics 46(1)",
       {candidates, relevant, coefficient, noise, {"penalty", 0.3, "l in (X'X/n + l I)^-1 X'y/n"}},
       ridge},
      {"ridge_optimal",
       "ridge regression on every candidate at the best penalty, noise^2 candidates/(n signal)",
       "Dobriban & Wager 2018, Annals of Statistics 46(1)",
       {candidates, relevant, coefficient, noise},
       ridge_optimal},
      {"lasso",
       "the lasso on every candidate at penalty factor noise sqrt(2 ln(candidates)/n), by state evolution",
       "Bayati & Montanari 2012, arXiv 1008.2581",
       {candidates, relevant, coefficient, noise, {"factor", std::numbers::sqrt2, "c in the penalty"}},
       lasso},
      {"spectrum_ridge",
       "ridge (penalty 0: minimum norm) under eigenvalues j^-a and squared coefficients j^-b",
       "Canatar, Bordelon & Pehlevan 2021, arXiv 2006.13198",
       {candidates,
        noise,
        {"spectrum_exponent", 1.5, "a"},
        {"coefficient_exponent", 1, "b"},
        {"penalty", 0.01, "l in (X'X/n + l I)^-1 X'y/n"}},
       spectrum_ridge}};
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

std::vector<TheoryCurve> wide_curves() {
  return {{"random_features",
           "ridge regression on random ReLU features of a linear target, many rows, columns and features",
           "Mei & Montanari 2022, arXiv 1908.05355",
           {{"candidates", 100, "columns of x, on the sphere"},
            {"features", 300, "random features"},
            {"coefficient", 1, "length of the target's coefficients"},
            noise,
            {"penalty", 0.001, "l in (1/n) |y - Za|^2 + (features l/candidates) |a|^2"}},
           random_features},
          {"logistic",
           "error rate of logistic regression above the best rule's, many rows and columns (normalised: over "
           "what a constant "
           "loses)",
           "Sur & Candes 2019, arXiv 1803.06964",
           {{"candidates", 200, "columns in the pool"}, {"strength", 5, "variance of x'b"}},
           logistic}};
}

std::vector<TheoryCurve> make_curves() {
  std::vector<TheoryCurve> curves;
  for (const auto& some : {least_squares_curves(), shrinkage_curves(), gradient_curves(), wide_curves()})
    curves.insert(curves.end(), some.begin(), some.end());
  return curves;
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& known) {
  std::string list;
  for (const std::string& one : known) list += (list.empty() ? "" : ", ") + one;
  const std::string near = nearest(name, known);
  return (near.empty() ? "" : "Did you mean \"" + near + "\"? ") + "Choose one of: " + list + ".";
}

}  // namespace

const std::vector<TheoryCurve>& theory_curves() {
  static const std::vector<TheoryCurve> curves = make_curves();
  return curves;
}

const TheoryCurve& theory_curve(std::string_view name) {
  std::vector<std::string> names;
  for (const TheoryCurve& curve : theory_curves()) {
    if (curve.name == name) return curve;
    names.push_back(curve.name);
  }
  throw InvalidInput("unknown theory curve \"" + std::string(name) + "\" (no formula has this name). " +
                     did_you_mean(name, names));
}

TheoryValues theory_values(const TheoryCurve& curve, const TheoryValues& changes) {
  TheoryValues values;
  std::vector<std::string> names;
  for (const TheoryParameter& parameter : curve.parameters) {
    values[parameter.name] = parameter.default_value;
    names.push_back(parameter.name);
  }
  for (const auto& [name, changed] : changes) {
    const auto place = values.find(name);
    require(place != values.end(), "unknown parameter \"" + name + "\" (the curve " + curve.name +
                                       " does not use it). " + did_you_mean(name, names));
    require(
        changed >= 0 && std::isfinite(changed),
        name + " = " + shortest(changed) + " (the formula asks for a finite number from 0 up). Change it.");
    place->second = changed;
  }
  const auto candidates = values.find("candidates"), relevant = values.find("relevant");
  if (candidates != values.end() && relevant != values.end())
    require(relevant->second <= candidates->second,
            "relevant = " + shortest(relevant->second) + " of candidates = " + shortest(candidates->second) +
                " columns (more than there are). Lower the one or raise the other.");
  return values;
}

}  // namespace quartic
