#include "experiments/study/claim_cells.hpp"

#include <algorithm>

#include "experiments/study/expression.hpp"
#include "experiments/study/formulas.hpp"

namespace quartic {

namespace {

Variables world_numbers(const Study& study, const Cell& cell) {
  if (cell.world.kind.empty()) return {};
  return detail::list_numbers(study.catalogues.world(cell.world.kind).options, cell.world.options);
}

}  // namespace

bool concerns(const Claim& claim, const Cell& cell) {
  return std::all_of(claim.cells.begin(), claim.cells.end(), [&](const auto& wanted) {
    return std::any_of(cell.settings.begin(), cell.settings.end(), [&](const auto& setting) {
      return setting.first == wanted.first &&
             std::find(wanted.second.begin(), wanted.second.end(), setting.second) != wanted.second.end();
    });
  });
}

std::vector<std::string> claim_names(const Study& study, const Cell& cell) {
  std::vector<std::string> names = {"theory", "never"};
  for (const auto& variable : world_numbers(study, cell)) names.push_back(variable.first);
  return names;
}

double claimed_value(const Claim& claim, const Study& study, const Cell& cell, double theory) {
  if (claim.formula.empty()) return claim.value;
  Variables variables = world_numbers(study, cell);
  variables["theory"] = theory;
  variables["never"] = infinity;
  return Expression(claim.formula).evaluate(variables);
}

bool quotes(const Claim& claim, std::string_view name) {
  if (claim.formula.empty()) return false;
  const std::vector<std::string> names = Expression(claim.formula).variables();
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace quartic
