#include "experiments/study/formulas.hpp"

#include <algorithm>
#include <cmath>

#include "core/require.hpp"

namespace quartic {

namespace {

OptionValue evaluated(const OptionInfo& option, const std::string& formula, const Variables& variables) {
  const Expression expression(formula);
  if (option.kind == OptionKind::count) return expression.evaluate_count(variables);
  const double value = expression.evaluate(variables);
  if (std::isfinite(value)) return value;
  const auto n = variables.find("n");
  throw InvalidInput("\"" + formula + "\" is " + shortest(value) +
                     (n == variables.end() ? "" : " at n = " + shortest(n->second)) + " (option \"" +
                     option.name + "\" must be finite). Correct the formula.");
}

// A word that stands for a formula is no formula to whoever wrote it.
void require_known(const OptionInfo& option, const std::string& word, const std::string& formula,
                   const Variables& variables) {
  for (const std::string& name : Expression(formula).variables())
    require(variables.contains(name), option.name + " = \"" + word + "\" is " + formula +
                                          " (nothing here has a number of the name \"" + name + "\"). Give " +
                                          option.name + " a number, or another word.");
}

bool quotes_the_truth(std::string_view name) {
  return name != "n" && name != "columns" && name != "candidates";
}

}  // namespace

namespace detail {

const OptionValue& value_in(const OptionValues& values, const OptionInfo& option) {
  const auto found = values.find(option.name);
  return found == values.end() ? option.default_value : found->second;
}

std::string find_formula(const OptionInfo& option, const OptionValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (!text || option.kind == OptionKind::flag || option.kind == OptionKind::word) return "";
  for (const OptionWord& word : option.words)
    if (word.word == *text) return std::string(word.expression);
  return *text;
}

std::vector<std::string> names_quoted(const OptionInfo& option, const OptionValue& value) {
  const std::string formula = find_formula(option, value);
  return formula.empty() ? std::vector<std::string>() : Expression(formula).variables();
}

Variables list_numbers(std::span<const OptionInfo> options, const OptionValues& values) {
  Variables numbers;
  for (const OptionInfo& option : options) {
    const OptionValue& value = value_in(values, option);
    if (const auto* count = std::get_if<Index>(&value)) numbers[option.name] = static_cast<double>(*count);
    if (const auto* number = std::get_if<double>(&value)) numbers[option.name] = *number;
  }
  return numbers;
}

}  // namespace detail

Variables variables_at(const Facts& facts, Index n, Index columns) {
  Variables variables = facts;
  variables["n"] = static_cast<double>(n);
  variables["columns"] = static_cast<double>(columns);
  return variables;
}

OptionValue resolve(const OptionInfo& option, const OptionValue& value, const Variables& variables) {
  const std::string formula = detail::find_formula(option, value);
  if (formula.empty()) return value;
  const auto& text = std::get<std::string>(value);
  if (text != formula) require_known(option, text, formula, variables);
  return evaluated(option, formula, variables);
}

OptionValues resolve(std::span<const OptionInfo> options, const OptionValues& values,
                     const Variables& variables) {
  Variables known = detail::list_numbers(options, values);
  for (const auto& [name, value] : variables) known[name] = value;
  OptionValues resolved = values;
  for (const OptionInfo& option : options) {
    const OptionValue& value = detail::value_in(values, option);
    if (!detail::find_formula(option, value).empty()) resolved[option.name] = resolve(option, value, known);
  }
  return resolved;
}

bool informed(std::span<const OptionInfo> options, const OptionValues& values) {
  const Variables own = detail::list_numbers(options, values);
  return std::any_of(options.begin(), options.end(), [&](const OptionInfo& option) {
    const std::vector<std::string> names = detail::names_quoted(option, detail::value_in(values, option));
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return quotes_the_truth(name) && !own.contains(name);
    });
  });
}

bool depends_on_size(std::span<const OptionInfo> options, const OptionValues& values) {
  return std::any_of(options.begin(), options.end(), [&](const OptionInfo& option) {
    const auto set = values.find(option.name);
    if (set == values.end()) return false;
    const std::vector<std::string> names = detail::names_quoted(option, set->second);
    return std::find(names.begin(), names.end(), "n") != names.end();
  });
}

OptionValues with_defaults(std::span<const OptionInfo> options, OptionValues values) {
  for (const OptionInfo& option : options) values.emplace(option.name, option.default_value);
  return values;
}

}  // namespace quartic
