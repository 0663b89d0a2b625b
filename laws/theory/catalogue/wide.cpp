#include "laws/theory/catalogue/curves.hpp"

#include "laws/theory/logistic.hpp"
#include "laws/theory/online_network.hpp"
#include "laws/theory/random_features.hpp"

namespace quartic::detail {
namespace {

const TheoryParameter noise = noise_parameter();

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

/// n counts steps.
TheoryPoint online_network(double n, const TheoryValues& values) {
  const auto whole = [&](const char* name) { return static_cast<Index>(value(values, name)); };
  const OnlineSetting setting{.beginning = {.students = whole("students"),
                                            .columns = whole("candidates"),
                                            .initial_variance = std::pow(value(values, "initial"), 2)},
                              .teachers = whole("teachers"),
                              .step = value(values, "step"),
                              .noise_variance = noise_variance(values)};
  const Index most = 10;  // units: a derivative costs their fourth power
  if (setting.beginning.students < 1 || setting.teachers < 1 || setting.beginning.columns < 1 ||
      setting.beginning.students + setting.teachers > most)
    return {nan, nan};
  return point(2 * online_mean_error(setting, n), static_cast<double>(setting.teachers) / 3);
}

TheoryCurve online_network_curve() {
  return {"online_network",
          "a two-layer network of erf units that sees each of n rows once and learns from a teacher of its "
          "kind, many columns; the mean over eight beginnings",
          "Saad & Solla 1995, Physical Review E 52, 4225; Goldt et al. 2019, arXiv 1906.08632",
          {{"candidates", 800, "columns of x"},
           {"students", 3, "units of the student, whole; with the teacher's at most 10"},
           {"teachers", 2, "units of the teacher, orthonormal, whole"},
           {"step", 0.5, "h in J += (h/sqrt candidates) (y - student) g' x"},
           {"noise", 0.1, "standard deviation of the label noise"},
           {"initial", 0.5, "standard deviation of the entries of J at the start"}},
          online_network};
}

}  // namespace

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
          online_network_curve(),
          {"logistic",
           "error rate of logistic regression above the best rule's, many "
           "rows and columns (normalised: over what a constant loses)",
           "Sur & Candes 2019, arXiv 1803.06964",
           {{"candidates", 200, "columns in the pool"}, {"strength", 5, "variance of x'b"}},
           logistic}};
}

}  // namespace quartic::detail
