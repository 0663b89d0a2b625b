#include "experiments/overlay_series.hpp"

#include <cmath>

#include "laws/theory/deterministic_equivalent.hpp"
#include "laws/theory/least_squares.hpp"

namespace quartic {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double fact(const TheoryQuery& query, std::string_view name) {
  return query.facts->find(name)->second;
}

/// s_j = j^-eigenvalue, b_j^2 = j^-coefficient.
struct SeriesExponents {
  double eigenvalue, coefficient;
};

/// Excess risk beyond the tail.
double risk_in_columns(const TheoryQuery& query, const SeriesExponents& exponents) {
  const double tail = fact(query, "tail"),
               noise_variance = fact(query, "noise") * fact(query, "noise") + tail;
  const bool least_squares = query.model == "least_squares";
  if (least_squares && query.rows >= query.columns + 2)
    return least_squares_risk({.rows = query.rows,
                               .columns = query.columns,
                               .signal_in_columns = fact(query, "signal") - tail,
                               .noise_variance = noise_variance});
  const auto spectrum = [&] {
    return power_law_spectrum(static_cast<Index>(query.columns), exponents.eigenvalue, exponents.coefficient);
  };
  if (least_squares || query.model == "ridge") {
    const double penalty = least_squares ? 0 : query.penalty;
    return ridge_equivalent(spectrum(), {query.rows, penalty, noise_variance}).risk;
  }
  if (query.model == "linear_sgd" && !std::isnan(query.step))
    return sgd_risk(DiagonalSgd{spectrum(), noise_variance, query.step}, query.rows,
                    sgd_average(query.average));
  return unknown;
}

double series_error(const TheoryQuery& query, const SeriesExponents& exponents) {
  if (query.columns != fact(query, "candidates")) return unknown;
  return (fact(query, "tail") + risk_in_columns(query, exponents)) / fact(query, "signal");
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
