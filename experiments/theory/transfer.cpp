#include "experiments/theory/transfer.hpp"

#include <cmath>
#include <string_view>

#include "experiments/theory/options.hpp"
#include "laws/theory/fine_tuning.hpp"
#include "laws/theory/shared_subspace.hpp"

namespace quartic {
namespace {

/// Columns from which the limit of many columns is trusted to a few per cent.
constexpr double many_columns = 50;

double fact(const TheoryQuery& query, std::string_view name) {
  const auto found = query.facts->find(name);
  return found == query.facts->end() ? nan : found->second;
}

double squared_fact(const TheoryQuery& query, std::string_view name) {
  return fact(query, name) * fact(query, name);
}

bool sees_all(const TheoryQuery& query) {
  return query.columns == fact(query, "candidates") && query.missing_share == 0;
}

}  // namespace

double fine_tuned_error(const TheoryQuery& query) {
  const bool one_source = fact(query, "tasks") == 1 || word_option(query.options, "sources") == "first";
  if (!sees_all(query) || !one_source || word_option(query.options, "start") != "least_squares") return nan;
  const FineTuningDesign design{.rows = query.rows,
                                .columns = query.columns,
                                .signal = fact(query, "signal"),
                                .noise_variance = squared_fact(query, "noise"),
                                .distance2 = fact(query, "delta2"),
                                .source_rows = fact(query, "source_rows"),
                                .source_noise_variance = squared_fact(query, "source_noise")};
  if (word_option(query.options, "method") == "least_squares")
    return fine_tuning_risk(design) / design.signal;
  const double penalty = number_option(query.options, "penalty");
  const bool known = word_option(query.options, "method") == "ridge" && query.columns >= many_columns;
  return known && penalty >= 0 ? fine_tuning_ridge_risk(design, penalty) / design.signal : nan;
}

double shared_subspace_error(const TheoryQuery& query) {
  const OptionValues& world = query.world->options;
  const double k = fact(query, "dimensions"), signal = fact(query, "signal"),
               rows = fact(query, "source_rows");
  const bool known =
      sees_all(query) && query.columns >= many_columns && k == number_option(query.options, "dimensions") &&
      word_option(world, "coefficients") == "equal" && k <= fact(query, "tasks") && rows >= query.columns + 2;
  if (!known) return nan;
  const double each = number_option(world, "signal") > 0 ? signal / k : 1;
  const auto count = static_cast<Index>(k);
  return subspace_risk({.columns = query.columns,
                        .tasks = fact(query, "tasks"),
                        .source_rows = rows,
                        .source_noise_variance = squared_fact(query, "source_noise"),
                        .strengths = Vector::Constant(count, std::sqrt(each)),
                        .loadings = Vector::Constant(count, signal / k),
                        .rows = query.rows,
                        .noise_variance = squared_fact(query, "noise")}) /
         signal;
}

}  // namespace quartic
