#include "laws/theory/catalogue/curves.hpp"

#include <algorithm>
#include <numbers>
#include <utility>
#include <vector>

#include "laws/theory/bayes_optimal.hpp"
#include "laws/theory/deterministic_equivalent.hpp"
#include "laws/theory/lasso.hpp"
#include "laws/theory/least_squares.hpp"
#include "laws/theory/read_columns.hpp"
#include "laws/theory/ridge.hpp"

namespace quartic::detail {
namespace {

const TheoryParameter relevant = relevant_parameter(), candidates = candidates_parameter(),
                      coefficient = coefficient_parameter(), noise = noise_parameter();

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

// Right columns first, then the wrong ones.
TheoryPoint badly_read(double n, const TheoryValues& values) {
  const double per_column = std::pow(value(values, "coefficient"), 2);
  const double right = std::min(value(values, "correct"), value(values, "relevant"));
  const double all = right + value(values, "wrong");
  if (!(right >= 0 && all >= right && all <= 1e6)) return {nan, nan};
  std::vector<ReadColumn> columns(static_cast<std::size_t>(right), {.signal = per_column});
  columns.resize(static_cast<std::size_t>(all));
  return point(read_columns_risk({.columns = std::move(columns),
                                  .noise = value(values, "reading_noise"),
                                  .missing = std::min(1.0, value(values, "missing")),
                                  .signal = signal(values),
                                  .noise_variance = noise_variance(values)},
                                 n),
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

// The named columns that matter come out of `relevant`, the others out of the rest of the candidates.
TheoryPoint hybrid(double n, const TheoryValues& values) {
  const double count = value(values, "relevant"), all = value(values, "candidates");
  const double right = std::min(value(values, "correct"), count);
  const double named = right + value(values, "wrong");
  const bool whole = count == std::floor(count) && right == std::floor(right);
  if (!whole || count > all || named > all - (count - right)) return {nan, nan};
  const double b = value(values, "coefficient");
  const LassoDesign design{.rows = n,
                           .candidates = all - named,
                           .noise_variance = noise_variance(values),
                           .coefficients = Vector::Constant(static_cast<Index>(count - right), b),
                           .named = named,
                           .named_factor = std::max(0., 1 - value(values, "trust")),
                           .named_coefficients = Vector::Constant(static_cast<Index>(right), b)};
  const double penalty = universal_penalty({.rows = n,
                                            .candidates = all,
                                            .noise_variance = design.noise_variance,
                                            .factor = value(values, "factor")});
  return point(lasso_state(design, penalty).risk, signal(values));
}

TheoryPoint best_of_all(double n, const TheoryValues& values, CoefficientSigns signs) {
  return point(bayes_optimal_risk({.rows = n,
                                   .candidates = value(values, "candidates"),
                                   .relevant = value(values, "relevant"),
                                   .coefficient = value(values, "coefficient"),
                                   .noise_variance = noise_variance(values),
                                   .signs = signs}),
               signal(values));
}

TheoryPoint bayes_optimal(double n, const TheoryValues& values) {
  return best_of_all(n, values, CoefficientSigns::one);
}

TheoryPoint bayes_optimal_signs(double n, const TheoryValues& values) {
  return best_of_all(n, values, CoefficientSigns::either);
}

TheoryPoint spectrum_ridge(double n, const TheoryValues& values) {
  const CovarianceSpectrum world =
      power_law_spectrum(static_cast<Index>(value(values, "candidates")), value(values, "spectrum_exponent"),
                         value(values, "coefficient_exponent"));
  const RidgeSample sample{n, value(values, "penalty"), noise_variance(values)};
  return point(ridge_equivalent(world, sample).risk, world.eigenvalues.dot(world.squared_coefficients));
}

const char* const belkin = "Belkin, Hsu & Xu 2020, arXiv 1903.07571";

}  // namespace

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
      {"badly_read",
       "least squares on columns that an expert reads with noise (exact), or loses a share of (to order 1/n)",
       "Fuller 1987, Measurement Error Models, chapter 1",
       {relevant,
        coefficient,
        noise,
        {"correct", 9, "relevant columns the expert names"},
        {"wrong", 1, "other columns the expert names"},
        {"reading_noise", 0.5, "standard deviation of readings, over that of a column"},
        {"missing", 0, "share of readings that are lost"}},
       badly_read},
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
      {"hybrid",
       "the lasso at that penalty, of which columns that an expert names bear 1 - trust, by state evolution",
       "Bayati & Montanari 2012, arXiv 1008.2581",
       {candidates,
        relevant,
        coefficient,
        noise,
        {"correct", 9, "relevant columns the expert names"},
        {"wrong", 1, "other columns the expert names"},
        {"trust", 1, "1: the named columns bear no penalty; 0: all of it"},
        {"factor", std::numbers::sqrt2, "c in the penalty"}},
       hybrid},
      {"bayes_optimal",
       "the least error of any rule that knows the law of equal coefficients, and not which they are",
       "Reeves & Pfister 2019, arXiv 1607.02524",
       {candidates, relevant, coefficient, noise},
       bayes_optimal},
      {"bayes_optimal_signs",
       "the same where coefficients have one size and either sign",
       "Reeves & Pfister 2019, arXiv 1607.02524",
       {candidates, relevant, coefficient, noise},
       bayes_optimal_signs},
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

}  // namespace quartic::detail
