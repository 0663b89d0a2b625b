#include "sim/worlds/finding_weights.hpp"

#include <algorithm>
#include <string>

#include "core/require.hpp"
#include "sim/findings/finding.hpp"
#include "sim/parts/form.hpp"

namespace quartic {

namespace {

Form parse_finding_weights(std::string_view text) {
  std::vector<FormRule> rules = coefficient_rules();
  rules.push_back({"by_kind", {}, "by_kind"});
  rules.push_back({"kinds", {"size", "density", "margin", "present", "count"}, "kinds(1, -1, 0.5, 1, -0.5)"});
  Form form = parse_form("coefficients", text, rules);
  require(form.word != "kinds" ||
              std::find(form.arguments.begin(), form.arguments.end(), 0.0) == form.arguments.end(),
          "coefficients = \"" + std::string(text) +
              "\" (a finding of weight 0 would not be relevant). Write numbers other than 0.",
          {"coefficients"});
  return form;
}

}  // namespace

void require_finding_weights(std::string_view text) {
  const Form form = parse_finding_weights(text);
  if (form.word != "by_kind" && form.word != "kinds") require_coefficients(text);
}

std::vector<double> draw_finding_weights(std::string_view text, std::span<const Index> columns,
                                         Stream stream) {
  const Form form = parse_finding_weights(text);
  if (form.word != "by_kind" && form.word != "kinds")
    return draw_coefficients(text, std::ssize(columns), std::move(stream));
  std::vector<double> of_kinds = form.arguments;
  of_kinds.resize(findings_of_a_place);
  if (form.word == "by_kind") stream.fill_normal(of_kinds);
  std::vector<double> weights;
  for (const Index column : columns) weights.push_back(of_kinds[static_cast<std::size_t>(kind_of(column))]);
  return weights;
}

}  // namespace quartic
