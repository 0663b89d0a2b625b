#include "models/on_columns.hpp"

#include "core/require.hpp"

namespace quartic {

namespace {

// A predictor that sees some columns only.
struct OnColumnsRule {
  Predictor inner;
  std::vector<Index> columns;

  Vector score(const Matrix& x) const {
    Matrix seen(x.rows(), static_cast<Index>(columns.size()));
    for (Index j = 0; j < seen.cols(); ++j) seen.col(j) = x.col(columns[static_cast<std::size_t>(j)]);
    return inner.score(seen);
  }
  double score_flops() const { return inner.score_flops(); }
};

Fit expanded(Fit fit, const std::vector<Index>& columns, Index candidates) {
  if (const LinearRule* rule = fit.predict.linear())
    return {expand(*rule, columns, candidates), std::move(fit.report)};
  return {OnColumnsRule{fit.predict, columns}, std::move(fit.report)};
}

std::vector<Fit> expanded(std::vector<Fit> fits, const std::vector<Index>& columns, Index candidates) {
  for (Fit& fit : fits) fit = expanded(std::move(fit), columns, candidates);
  return fits;
}

// The same for a model that offers its whole path.
struct PathOnColumns : OnColumns {
  std::vector<Fit> fit_path(const Data& data, Stream stream) const {
    return expanded(model.fit_path(data.restrict(columns), std::move(stream)), columns, data.columns());
  }
};
static_assert(FitsPath<PathOnColumns>);

}  // namespace

LinearRule expand(const LinearRule& rule, std::span<const Index> columns, Index candidates) {
  require(rule.coefficients.size() == static_cast<Index>(columns.size()),
          "a rule has " + std::to_string(rule.coefficients.size()) + " coefficients for " +
              std::to_string(columns.size()) +
              " columns (each needs one). Give the columns the rule was fitted to.");
  LinearRule all{Vector::Zero(candidates), rule.intercept};
  for (std::size_t j = 0; j < columns.size(); ++j) {
    require(columns[j] >= 0 && columns[j] < candidates,
            "column " + std::to_string(columns[j]) + " does not exist (there are " +
                std::to_string(candidates) + "). Choose columns from 0 on below that number.");
    all.coefficients(columns[j]) += rule.coefficients(static_cast<Index>(j));
  }
  return all;
}

std::string OnColumns::fingerprint() const {
  std::string list;
  for (Index column : columns) list += (list.empty() ? "" : ",") + std::to_string(column);
  return "{\"columns\":[" + list + "],\"model\":" + model.fingerprint() + "}";
}

Fit OnColumns::fit(const Data& data, Stream stream) const {
  return expanded(model.fit(data.restrict(columns), std::move(stream)), columns, data.columns());
}

std::vector<Fit> OnColumns::fit_prefixes(const Prefixes& prefixes, Stream stream) const {
  const Prefixes seen{prefixes.data.restrict(columns), prefixes.sizes, nullptr};
  return expanded(model.fit_prefixes(seen, std::move(stream)), columns, prefixes.data.columns());
}

Model on_columns(Model model, std::vector<Index> columns) {
  if (!model.has_path()) return OnColumns{std::move(model), std::move(columns)};
  return PathOnColumns{{std::move(model), std::move(columns)}};
}

}  // namespace quartic
