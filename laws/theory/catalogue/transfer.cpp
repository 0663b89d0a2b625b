#include <cmath>

#include "core/number_text.hpp"
#include "core/require.hpp"
#include "core/types.hpp"
#include "laws/theory/catalogue/curves.hpp"
#include "laws/theory/fine_tuning.hpp"
#include "laws/theory/pruning.hpp"
#include "laws/theory/shared_subspace.hpp"

namespace quartic::detail {
namespace {

const TheoryParameter candidates{"candidates", 100, "columns in the pool"},
    source_rows{"source_rows", 300, "rows of each source"},
    source_noise{"source_noise", 0.5, "standard deviation of the label noise of sources"};

/// A count that numbers are written down for, one each.
Index written_count(const TheoryValues& values, std::string_view name) {
  constexpr double most = 1e6;
  const double count = value(values, name);
  require(count == std::floor(count) && count >= 1 && count <= most,
          std::string(name) + " = " + shortest(count) +
              " (the formula takes a whole number of them). Give one from 1 to " + shortest(most) + ".");
  return static_cast<Index>(count);
}

FineTuningDesign fine_tuning_design(double n, const TheoryValues& values) {
  return {.rows = n,
          .columns = value(values, "candidates"),
          .signal = value(values, "signal"),
          .noise_variance = noise_variance(values),
          .distance2 = value(values, "delta2"),
          .source_rows = value(values, "source_rows"),
          .source_noise_variance = std::pow(value(values, "source_noise"), 2)};
}

TheoryPoint fine_tuned(double n, const TheoryValues& values) {
  return point(fine_tuning_risk(fine_tuning_design(n, values)), value(values, "signal"));
}

TheoryPoint fine_tuned_ridge(double n, const TheoryValues& values) {
  return point(fine_tuning_optimal_risk(fine_tuning_design(n, values)), value(values, "signal"));
}

TheoryPoint shared_subspace(double n, const TheoryValues& values) {
  const Index k = written_count(values, "dimensions");
  const double signal = value(values, "signal");
  const double each = signal / static_cast<double>(k);
  return point(subspace_risk({.columns = value(values, "candidates"),
                              .tasks = value(values, "tasks"),
                              .source_rows = value(values, "source_rows"),
                              .source_noise_variance = std::pow(value(values, "source_noise"), 2),
                              .strengths = Vector::Constant(k, std::sqrt(each)),
                              .loadings = Vector::Constant(k, each),
                              .rows = n,
                              .noise_variance = noise_variance(values)}),
               signal);
}

TheoryPoint pruned(double n, const TheoryValues& values) {
  const PruningDesign design{
      .rows = n,
      .columns = value(values, "candidates"),
      .coefficients = Vector::Constant(written_count(values, "relevant"), value(values, "coefficient")),
      .noise_variance = noise_variance(values)};
  return point(pruned_risk(design, value(values, "threshold")), signal(values));
}

}  // namespace

std::vector<TheoryCurve> transfer_curves() {
  const char* const belkin = "Belkin, Hsu & Xu 2020, arXiv 1903.07571";
  const TheoryParameter signal{"signal", 1, "variance of the target's noiseless answer"},
      noise{"noise", 0.5, "standard deviation of the label noise"},
      delta2{"delta2", 0.09, "squared distance of the source's coefficients from the target's"};
  return {
      {"fine_tuned",
       "least squares on every candidate from where least squares on a source ended: exact at every n",
       belkin,
       {candidates, signal, noise, delta2, source_rows, source_noise},
       fine_tuned},
      {"fine_tuned_ridge",
       "ridge regression towards where least squares on a source ended, at the best penalty, many rows and columns",
       "Dobriban & Wager 2018, Annals of Statistics 46(1)",
       {candidates, signal, noise, delta2, source_rows, source_noise},
       fine_tuned_ridge},
      {"shared_subspace",
       "least squares on the directions that sources have in common, each as strong as the others, many columns and "
       "sources",
       "Benaych-Georges & Nadakuditi 2012, arXiv 1103.2221",
       {candidates,
        signal,
        noise,
        {"dimensions", 3, "directions in which all tasks lie, whole"},
        {"tasks", 200, "sources"},
        {"source_rows", 150, "rows of each source, two more than candidates or above"},
        source_noise},
       shared_subspace},
      {"pruned",
       "least squares on every candidate, its coefficients of no more than a threshold cut (below as many rows as "
       "candidates in the limit of many columns)",
       belkin,
       {candidates,
        relevant_parameter(),
        coefficient_parameter(),
        noise_parameter(),
        {"threshold", 0.25, "size up to which a coefficient becomes 0"}},
       pruned}};
}

}  // namespace quartic::detail
