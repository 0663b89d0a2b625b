#include "models/linear/transfer/fine_tuned.hpp"

#include <algorithm>
#include <array>

#include "core/require.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/linear_fit.hpp"
#include "models/linear/ridge/ridge.hpp"
#include "models/linear/transfer/flops.hpp"
#include "models/transfer/sources.hpp"

namespace quartic {

namespace {

namespace flops = detail::transfer_flops;

constexpr std::array method_words = {
    OptionWord{"ridge", "a penalty on the way from the first coefficients"},
    OptionWord{"least_squares", "the nearest of those with the smallest error"}};
constexpr std::array penalty_words = {OptionWord{"loo", "least exact leave-one-out error over a grid"},
                                      OptionWord{"cv", "least error over five folds"}};
constexpr std::array start_words = {
    OptionWord{"least_squares", "beyond n columns the interpolator of least norm"},
    OptionWord{"ridge", "its penalty by leave-one-out"}};

constexpr OnlyWith with_ridge = {"method", {"ridge"}};

constexpr std::array option_table = {
    Option<FineTuned>{"method", &FineTuned::method, "how this task's rows move the first coefficients",
                      method_words},
    Option<FineTuned>{"penalty", &FineTuned::penalty,
                      "l in 1/(2n)|y-Xw|^2 + l/2 |w-w_0|^2, or how to choose it", penalty_words,
                      at_least(0, "a penalty is not negative, and finite"), with_ridge},
    Option<FineTuned>{"sources", &FineTuned::sources, "which source tasks the first coefficients are of",
                      detail::source_words},
    Option<FineTuned>{"start", &FineTuned::start, "how they are fitted", start_words},
    Option<FineTuned>{"intercept", &FineTuned::intercept, "fit an intercept, not penalised"}};

Model named_model(const std::string& word, const NumberOrWord& penalty, const FineTuned& model) {
  if (word == "ridge") return Ridge{.penalty = penalty, .intercept = model.intercept};
  return LeastSquares{.intercept = model.intercept};
}

Fit fit_sources(const FineTuned& model, const Data& data) {
  const Data rows = model.sources == "first" ? data.sources().front() : detail::pooled_sources(data);
  return named_model(model.start, "loo", model).fit(rows, Stream(0));  // neither draws
}

// y - (Xw + a), row by row: a row's number does not depend on how many there are.
Data less(const Data& data, const LinearRule& rule) {
  const Index n = data.rows(), d = data.columns();
  Matrix x = data.block({0, n}, {0, d});
  Vector y = data.y();
  for (Index i = 0; i < n; ++i) {
    const std::span<const double> row(x.data() + i * d, static_cast<std::size_t>(d));
    y[i] -= detail::dot(row, detail::span_of(rule.coefficients)) + rule.intercept;
  }
  return {std::move(x), std::move(y)};
}

}  // namespace

std::span<const Option<FineTuned>> FineTuned::options() {
  return option_table;
}

void FineTuned::require_data(Index n, Index d, Task task) const {
  require_regression(task, name());
  require(n >= 1, "fine_tuned was given no rows (nothing can be learned from them). Give at least one row.");
  require(d >= 1, "fine_tuned was given no columns (there is nothing to fit). Give at least one.");
}

void FineTuned::require_sources(std::span<const Index> rows, Index) const {
  detail::require_source_rows(rows, 1, name());
}

Fit FineTuned::fit(const Data& data, Stream stream) const {
  return fit_alone(*this, data, std::move(stream));
}

std::vector<Fit> FineTuned::fit_prefixes(const Prefixes& prefixes, Stream stream) const {
  require_valid(*this);
  require_regression(prefixes, name());
  require_sources(detail::source_rows(prefixes.data), prefixes.data.columns());
  if (prefixes.sizes.empty()) return {};
  require_data(prefixes.sizes.front(), prefixes.data.columns(), prefixes.data.task());
  const Fit first = fit_sources(*this, prefixes.data);
  const LinearRule& from = *first.predict.linear();
  const Data residual = less(prefixes.data.prefix(prefixes.sizes.back()), from);
  const double d = static_cast<double>(residual.columns()), intercepts = intercept ? 1 : 0;
  std::vector<Fit> fits;
  for (Fit& moved :
       named_model(method, penalty, *this).fit_prefixes({residual, prefixes.sizes}, std::move(stream))) {
    const auto n = static_cast<double>(prefixes.sizes[fits.size()]);
    const LinearRule& by = *moved.predict.linear();
    FitReport report = std::move(moved.report);
    report.cost.fit_flops += flops::residual(n, d, intercepts) + flops::add_rules(d, intercepts);
    report.cost.pretraining_flops = first.report.cost.fit_flops + first.report.cost.tuning_flops;
    if (first.report.status == FitStatus::failed)
      report.status = FitStatus::failed, report.message = first.report.message;
    fits.push_back(
        {LinearRule{from.coefficients + by.coefficients, from.intercept + by.intercept}, std::move(report)});
  }
  return fits;
}

double FineTuned::working_bytes(Index n, Index d) const {
  const auto rows = static_cast<double>(n), columns = static_cast<double>(d);
  const Model model = named_model(method, penalty, *this);
  const double gram = 2 * std::min(rows, columns) * std::min(rows, columns);
  return sizeof(double) * (rows * (columns + 1) + gram) + model.working_bytes(n, d);
}

}  // namespace quartic
