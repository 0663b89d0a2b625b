#include "sim/parts/rule.hpp"

#include <string>

#include "core/require.hpp"

namespace quartic {

void require_coefficient_each(const LinearRule& rule, Index candidates) {
  require(rule.coefficients.size() == candidates,
          "the rule has " + std::to_string(rule.coefficients.size()) + " coefficients and the truth " +
              std::to_string(candidates) +
              " candidates (each needs one). Give 0 for columns that the rule does not use.");
}

Vector coefficient_errors(const LinearRule& rule, Index candidates, std::span<const Index> columns,
                          std::span<const double> values) {
  require_coefficient_each(rule, candidates);
  Vector errors = rule.coefficients;
  for (std::size_t k = 0; k < columns.size(); ++k) errors[columns[k]] -= values[k];
  return errors;
}

}  // namespace quartic
