#include "models/linear/linear_fit.hpp"

#include <cmath>

#include "core/number_text.hpp"
#include "core/require.hpp"

namespace quartic {

Fit make_fit(LinearRule rule, Index parameters, LinearSolution solution) {
  FitReport report;
  report.parameters = parameters;
  report.certificate = solution.certificate;
  report.message = std::move(solution.message);
  report.cost.fit_flops = solution.fit_flops;
  if (!rule.coefficients.allFinite() || !std::isfinite(rule.intercept)) {
    report.status = FitStatus::failed;
    report.message =
        "the coefficients are not finite (the data overflow or hold such numbers). Rescale the columns.";
  }
  return {std::move(rule), std::move(report)};
}

void require_regression(Task task, const std::string& model) {
  require(
      task == Task::regression,
      model + " was given classes (it fits real-valued labels). Use a regression world or another model.");
}

void require_among_columns(double asked, Index columns, const std::string& option) {
  require(asked <= static_cast<double>(columns),
          option + " = " + shortest(asked) + " (the data have " + std::to_string(columns) +
              " columns). Give at most " + std::to_string(columns) + ".",
          {option});
}

void require_regression(const Prefixes& prefixes, const std::string& model) {
  require_regression(prefixes.data.task(), model);
  for (Index n : prefixes.sizes)
    require(n >= 1 && n <= prefixes.data.rows(),
            model + " was asked to fit " + std::to_string(n) + " rows (the data have " +
                std::to_string(prefixes.data.rows()) + "). Choose sizes from 1 to the number of rows.");
}

}  // namespace quartic
