#include "models/with_signs.hpp"

#include <array>
#include <functional>
#include <numeric>

#include "core/require.hpp"
#include "models/on_columns.hpp"

namespace quartic {

namespace {

using Columns = std::vector<Index>;

Columns all_columns(Index count) {
  Columns columns(static_cast<std::size_t>(count));
  std::iota(columns.begin(), columns.end(), Index{0});
  return columns;
}

const LinearRule& linear_rule(const Fit& fit, const Model& model) {
  const LinearRule* rule = fit.predict.linear();
  require(rule != nullptr, "the model '" + model.name() +
                               "' gives no linear rule (signs are those of its coefficients). Use a linear "
                               "model, such as least_squares.");
  return *rule;
}

// Those whose coefficients keep to the rules.
Columns keeping(const LinearRule& rule, const Columns& columns, const Vector& forbidden) {
  Columns kept;
  for (std::size_t k = 0; k < columns.size(); ++k)
    if (!(rule.coefficients[static_cast<Index>(k)] * forbidden[columns[k]] > 0)) kept.push_back(columns[k]);
  return kept;
}

// These columns of the data; in the place of none, one that says nothing, which leaves an intercept alone.
Data columns_of(const Data& data, const Columns& columns) {
  if (!columns.empty()) return data.restrict(columns);
  std::vector<Data> sources;
  for (const Data& source : data.sources()) sources.push_back(columns_of(source, columns));
  const Data nothing(Matrix(Matrix::Zero(data.rows(), 1)), Vector(data.y()), data.task());
  return sources.empty() ? nothing : nothing.with_sources(std::move(sources));
}

Fit fit_of_nothing(Index columns, const Cost& spent) {
  FitReport report;
  report.cost = spent;
  return {LinearRule{Vector::Zero(columns), 0}, report};
}

// refit(columns) fits the model to these alone, as columns_of has them.
Fit fit_by_rounds(const WithSigns& self, const std::function<Fit(const Columns&)>& refit) {
  const Index count = self.forbidden.size();
  Cost spent;
  double intercept = 0;
  for (Columns columns = all_columns(count);;) {
    if (columns.empty() && intercept == 0) return fit_of_nothing(count, spent);
    Fit fit = refit(columns);
    spent.fit_flops += fit.report.cost.fit_flops;
    spent.tuning_flops += fit.report.cost.tuning_flops;
    spent.pretraining_flops += fit.report.cost.pretraining_flops;
    const LinearRule& rule = linear_rule(fit, self.model);
    intercept = rule.intercept;
    Columns kept = keeping(rule, columns, self.forbidden);
    if (kept.size() == columns.size()) {
      fit.report.cost = spent;
      if (columns.empty()) return {LinearRule{Vector::Zero(count), intercept}, std::move(fit.report)};
      return {expand(rule, columns, count), std::move(fit.report)};
    }
    columns = std::move(kept);
  }
}

// The same for a model that takes rows on demand: each size has rounds of its own.
struct StreamWithSigns : WithSigns {
  std::vector<Fit> fit_stream(const RowSource& source, std::span<const Index> sizes, Stream stream) const {
    std::vector<Fit> fits;
    for (const Index n : sizes)
      fits.push_back(fit_by_rounds(*this, [&](const Columns& columns) {
        const RowSource some{std::max<Index>(1, std::ssize(columns)), source.task,
                             [&](Range rows) { return columns_of(source.rows(rows), columns); }};
        return model
            .fit_stream(some, std::array{n}, stream.child(static_cast<std::uint64_t>(n)).child("signs"))
            .front();
      }));
    return fits;
  }
};
static_assert(FitsStream<StreamWithSigns>);

}  // namespace

std::string WithSigns::fingerprint() const {
  std::string list;
  for (const double sign : forbidden)
    list += (list.empty() ? "" : ",") + std::to_string(static_cast<int>(sign));
  return "{\"forbidden\":[" + list + "],\"model\":" + model.fingerprint() + "}";
}

Fit WithSigns::fit(const Data& data, Stream stream) const {
  require(data.columns() == forbidden.size(),
          "rules for " + std::to_string(forbidden.size()) + " signs and " + std::to_string(data.columns()) +
              " columns (each column needs one). Give 0 to columns that may have any sign.");
  return fit_by_rounds(*this, [&](const Columns& columns) {
    const bool all = std::ssize(columns) == data.columns();
    return model.fit(all ? data : columns_of(data, columns), stream.child("signs"));
  });
}

double WithSigns::working_bytes(Index rows, Index columns) const {
  return model.working_bytes(rows, columns) +
         sizeof(double) * static_cast<double>(rows) * static_cast<double>(columns);
}

Model with_signs(Model model, Vector forbidden) {
  if (model.has_stream()) return StreamWithSigns{{std::move(model), std::move(forbidden)}};
  return WithSigns{std::move(model), std::move(forbidden)};
}

}  // namespace quartic
