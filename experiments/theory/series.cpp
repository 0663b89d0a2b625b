#include "experiments/theory/series.hpp"

#include <cmath>

#include "experiments/theory/options.hpp"
#include "laws/theory/deterministic_equivalent.hpp"
#include "laws/theory/least_squares.hpp"
#include "laws/theory/power_law_limits.hpp"

namespace quartic {
namespace {

double fact(const TheoryQuery& query, std::string_view name) {
  return query.facts->find(name)->second;
}

/// s_j = j^-eigenvalue, b_j^2 = j^-coefficient.
struct SeriesExponents {
  double eigenvalue, coefficient;
};

/// Excess risk beyond what the arm does not see, of variance `unseen`, when it sees the first columns.
double risk_in_columns(const TheoryQuery& query, const SeriesExponents& exponents, double unseen) {
  const double noise_variance = fact(query, "noise") * fact(query, "noise") + unseen;
  const bool least_squares = query.model == "least_squares";
  if (least_squares && query.rows >= query.columns + 2)
    return least_squares_risk({.rows = query.rows,
                               .columns = query.columns,
                               .signal_in_columns = fact(query, "signal") - unseen,
                               .noise_variance = noise_variance});
  const auto spectrum = [&] {
    return power_law_spectrum(static_cast<Index>(query.columns), exponents.eigenvalue, exponents.coefficient);
  };
  if (least_squares || query.model == "ridge") {
    const double penalty = least_squares ? 0 : number_option(query.options, "penalty");
    return ridge_equivalent(spectrum(), {query.rows, penalty, noise_variance}).risk;
  }
  const double step = one_pass_step(query.options);  // of linear_sgd
  if (std::isnan(step)) return nan;
  return sgd_risk(DiagonalSgd{spectrum(), noise_variance, step}, query.rows,
                  sgd_average(word_option(query.options, "average")));
}

/// Whether the columns that the arm sees are the first ones: no others leave so little unseen.
bool sees_the_first(const TheoryQuery& query, const SeriesExponents& exponents, double unseen) {
  const double least = power_tail(exponents.eigenvalue + exponents.coefficient, query.columns);
  return std::abs(unseen - least) < 1e-9 * fact(query, "signal");
}

double series_error(const TheoryQuery& query, const SeriesExponents& exponents) {
  const double signal = fact(query, "signal"), unseen = fact(query, "tail") + query.missing_share * signal;
  if (query.columns != fact(query, "candidates") && !sees_the_first(query, exponents, unseen)) return nan;
  return (unseen + risk_in_columns(query, exponents, unseen)) / signal;
}

}  // namespace

SgdAverage sgd_average(const std::string& word) {
  if (word == "last") return SgdAverage::last;
  return word == "all" ? SgdAverage::all : SgdAverage::tail;
}

double smooth_error(const TheoryQuery& query) {
  return series_error(query, {1 + 2 / fact(query, "roughness"), 0});
}

double power_law_error(const TheoryQuery& query) {
  const double spectrum = fact(query, "spectrum");
  return series_error(query, {spectrum, fact(query, "target") - spectrum});
}

}  // namespace quartic
