#include "experiments/study/formulas.hpp"

#include <algorithm>
#include <cmath>

#include "core/require.hpp"
#include "experiments/study/document/document.hpp"
#include "models/catalogue.hpp"
#include "sim/catalogue.hpp"

namespace quartic {

namespace {

template <class Product>
const CatalogueEntry<Product>& entry_of(const std::vector<CatalogueEntry<Product>>& catalogue,
                                        std::string_view kind, const std::string& noun) {
  std::vector<std::string> names;
  for (const CatalogueEntry<Product>& entry : catalogue) {
    if (entry.name == kind) return entry;
    names.push_back(entry.name);
  }
  throw InvalidInput("unknown " + noun + " \"" + std::string(kind) + "\" " +
                     detail::choose_among(kind, noun + "s", names));
}

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

bool quotes_the_truth(std::string_view name) {
  return name != "n" && name != "columns" && name != "candidates";
}

}  // namespace

namespace detail {

std::string formula_of(const OptionInfo& option, const OptionValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (!text || option.kind == OptionKind::flag || option.kind == OptionKind::word) return "";
  for (const OptionWord& word : option.words)
    if (word.word == *text) return std::string(word.expression);
  return *text;
}

Variables numbers_of(std::span<const OptionInfo> options, const OptionValues& values) {
  Variables numbers;
  for (const OptionInfo& option : options) {
    const auto set = values.find(option.name);
    const OptionValue& value = set == values.end() ? option.default_value : set->second;
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
  const std::string formula = detail::formula_of(option, value);
  return formula.empty() ? value : evaluated(option, formula, variables);
}

OptionValues resolve(std::span<const OptionInfo> options, const OptionValues& values,
                     const Variables& variables) {
  Variables known = detail::numbers_of(options, values);
  for (const auto& [name, value] : variables) known[name] = value;
  OptionValues resolved = values;
  for (const OptionInfo& option : options) {
    const auto set = values.find(option.name);
    const OptionValue& value = set == values.end() ? option.default_value : set->second;
    if (!detail::formula_of(option, value).empty()) resolved[option.name] = resolve(option, value, known);
  }
  return resolved;
}

bool informed(const OptionInfo& option, const OptionValue& value) {
  const std::string formula = detail::formula_of(option, value);
  if (formula.empty()) return false;
  const std::vector<std::string> names = Expression(formula).variables();
  return std::any_of(names.begin(), names.end(), quotes_the_truth);
}

bool informed(const Choice& model) {
  const std::vector<OptionInfo>& options = model_entry(model.kind).options;
  const Variables own = detail::numbers_of(options, model.options);
  return std::any_of(options.begin(), options.end(), [&](const OptionInfo& option) {
    const auto set = model.options.find(option.name);
    const std::string formula =
        detail::formula_of(option, set == model.options.end() ? option.default_value : set->second);
    if (formula.empty()) return false;
    const std::vector<std::string> names = Expression(formula).variables();
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return quotes_the_truth(name) && !own.contains(name);
    });
  });
}

bool depends_on_size(const Choice& world) {
  const std::vector<OptionInfo>& options = world_entry(world.kind).options;
  return std::any_of(options.begin(), options.end(), [&](const OptionInfo& option) {
    const auto set = world.options.find(option.name);
    if (set == world.options.end()) return false;
    const std::string formula = detail::formula_of(option, set->second);
    if (formula.empty()) return false;
    const std::vector<std::string> names = Expression(formula).variables();
    return std::find(names.begin(), names.end(), "n") != names.end();
  });
}

World make_world(const Choice& world, Index n) {
  const CatalogueEntry<World>& entry = world_entry(world.kind);
  return entry.make(resolve(entry.options, world.options, {{"n", static_cast<double>(n)}}));
}

Model make_model(const Choice& model, const Variables& variables) {
  const CatalogueEntry<Model>& entry = model_entry(model.kind);
  return entry.make(resolve(entry.options, model.options, variables));
}

const CatalogueEntry<World>& world_entry(std::string_view kind) {
  return entry_of(world_catalogue(), kind, "world");
}
const CatalogueEntry<Model>& model_entry(std::string_view kind) {
  return entry_of(model_catalogue(), kind, "model");
}

}  // namespace quartic
