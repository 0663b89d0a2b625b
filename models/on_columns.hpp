#pragma once
/// Any model on some of the columns: how experts and oracles are made.
#include <vector>

#include "core/model.hpp"

namespace quartic {

/// A rule on columns.size() columns as a rule on all candidates: zero for the columns it does not see.
/// Throws InvalidInput for a column outside 0 to candidates - 1, or where the rule has another number of
/// coefficients.
LinearRule expand(const LinearRule& rule, std::span<const Index> columns, Index candidates);

/// Fits `model` to these columns of the data alone. A linear rule comes back expanded to all columns of the
/// data; any other predictor is given these columns of x. The bill is that of the model on the columns it
/// sees.
struct OnColumns {
  Model model;
  std::vector<Index> columns;

  std::string name() const { return model.name(); }
  std::string fingerprint() const;
  bool reads_classes() const { return model.reads_classes(); }
  Fit fit(const Data& data, Stream stream) const;
  /// Gram matrices of all columns are of no use: prefixes.shared is left aside.
  std::vector<Fit> fit_prefixes(const Prefixes& prefixes, Stream stream) const;
};
static_assert(Estimator<OnColumns> && FitsPrefixes<OnColumns> && ReadsClasses<OnColumns>);

/// `model` on these columns, with a path where the model has one.
Model on_columns(Model model, std::vector<Index> columns);

}  // namespace quartic
