#include <cmath>

#include "core/options.hpp"
#include "experiments/tables/group_fits.hpp"
#include "laws/frontiers/two_causes_jackknife.hpp"
#include "laws/statistics/regression.hpp"

namespace quartic::detail {

namespace {

/// Why the law in two causes gives no exponent of these units: clusters, replicates, or rows.
std::string explain_no_exponent(const TwoCauseFit& whole, Index units) {
  if (std::isnan(whole.law.floor))
    return "Too few rows tell the law in two causes (five at least, over three sizes of models and three of "
           "data), or an error is 0: there is no exponent.";
  if (units < 2) return "One replicate has no interval: give more, or name no column of replicates.";
  return "A term of the law in two causes vanishes, or its exponent is at an end of its range, with some "
         "rows left out: few parameters and few data must both be seen to cost, over three sizes or more of "
         "each.";
}

/// Whether data are a power of the parameters but for 2 %, as where all models have so many tokens a parameter. Then
/// the two terms differ by curvature alone, and intervals do not hold the truth (of 40 rows with noise of .1 % in 20 of
/// 27 tables, where 95 % was asked; with data scattered by 5 % in 39 of 40).
bool rise_together(const FitRows& rows) {
  constexpr double least_scatter = 0.02;
  const Eigen::ArrayXd parameters = rows.parameters.array().log(), data = rows.data.array().log();
  const StraightLine line = regress(Regression::forward, {parameters.matrix(), data.matrix()});
  const Eigen::ArrayXd off = data - line.intercept - line.slope * parameters;
  return off.size() > 2 && std::sqrt(off.square().mean()) < least_scatter;
}

void forget_ends(std::vector<LawNumber>& numbers) {
  for (LawNumber& number : numbers) number.value.low = number.value.high = nan;
}

std::string digits(double exponent) {
  return shortest(std::round(1000 * exponent) / 1000);
}

TwoCauseNumbers tell(const TwoCauseJackknife& law) {
  return {.law = {{"E", "the floor, that no sizes get below", law.of(&TwoCauseLaw::floor)},
                  {"A", "of few parameters", law.of(&TwoCauseLaw::first_scale)},
                  {"a", "their exponent", law.of(&TwoCauseLaw::first_exponent)},
                  {"B", "of few data", law.of(&TwoCauseLaw::second_scale)},
                  {"b", "their exponent", law.of(&TwoCauseLaw::second_exponent)}},
          .frontier = {{"s", "error - E = K C^-s", law.of(&TwoCauseFrontier::slope)},
                       {"K", "its constant", law.of(&TwoCauseFrontier::excess)},
                       {"parameters", "N grows as C to this power", law.of(&TwoCauseFrontier::first_power)},
                       {"G", "N at C = 1", law.of(&TwoCauseFrontier::first_scale)},
                       {"data", "D grows as C to this power", law.of(&TwoCauseFrontier::second_power)},
                       {"H", "D at C = 1", law.of(&TwoCauseFrontier::second_scale)}},
          .cost = law.cost()};
}

/// Shares of the variance of log errors.
double r_squared(const TwoCauseFit& fit, const Vector& errors) {
  const Eigen::ArrayXd log_errors = errors.array().log();
  return 1 - fit.residuals.squaredNorm() / (log_errors - log_errors.mean()).square().sum();
}

}  // namespace

TableFit fit_sizes(const FitRows& rows, const FitQuestion& question, Performance performance) {
  TableFit fit{.group = rows.group, .quantity = Quantity::two_causes_exponent, .rows = rows.errors.size()};
  const RowUnits units = units_of(rows);
  (rows.clusters.empty() ? fit.replicates : fit.clusters) =
      rows.clusters.empty() && rows.replicates.empty() ? 0 : units.count;
  const double delta = question.by == FittedBy::huber ? question.delta : infinity;
  const TwoCauseJackknife law = jackknife_rows({rows.parameters, rows.data, rows.errors, rows.compute, units},
                                               {.fit = {.delta = delta}, .confidence = question.confidence});
  const TwoCauseLaw& whole = law.fit().law;
  fit.fit.law.floor = whole.floor;
  fit.fit.r_squared = r_squared(law.fit(), rows.errors);
  fit.two_causes = tell(law);
  fit.value = scaled(exponent_of_slope(law.of(&TwoCauseFrontier::slope)), root_of(performance));
  fit.note = std::isnan(fit.value.low) ? explain_no_exponent(law.fit(), units.count)
                                       : "Few parameters cost N^-" + digits(whole.first_exponent) +
                                             ", few data D^-" + digits(whole.second_exponent) + ".";
  if (!std::isnan(whole.floor) && units.count >= 2 && rise_together(rows)) {
    fit.value = {};
    forget_ends(fit.two_causes->law);
    forget_ends(fit.two_causes->frontier);
    fit.note =
        "Parameters and data rise together (the data are a power of the parameters but for 2 %), so that their two terms "
        "cannot be told apart: there is no exponent. Add models of one size that saw different amounts of data.";
  }
  add_warnings(rows, rows.data, fit);
  if (question.expectation) fit.judgement = judge(*question.expectation, fit.value);
  return fit;
}

}  // namespace quartic::detail
