#include "cli/help/describe.hpp"

#include <fmt/format.h>

#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

std::string default_text(const OptionValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* count = std::get_if<Index>(&value)) return std::to_string(*count);
  if (const auto* number = std::get_if<double>(&value)) return shortest(*number);
  const std::string& word = std::get<std::string>(value);
  return word.empty() ? "not set" : "\"" + word + "\"";
}

std::string option_text(const OptionInfo& option) {
  std::string out = option.help + " [" + std::string(to_string(option.kind));
  if (option.bounds.are_set()) out += " " + to_string(option.bounds);
  out += ", unless set: " + default_text(option.default_value);
  if (!option.only_with.option.empty()) out += "; only with " + to_string(option.only_with);
  out += "]";
  for (const OptionWord& word : option.words)
    out += "\n\"" + std::string(word.word) + "\": " + std::string(word.meaning);
  return out;
}

std::string heading(const Console& console, const std::string& name, const std::string& summary) {
  return console.paint.bold(name) + "\n" + "  " + wrapped(summary, console.width, 2) + "\n";
}

template <class Product>
std::string describe_entry(const CatalogueEntry<Product>& entry, const Console& console) {
  std::vector<NamedText> options;
  for (const OptionInfo& option : entry.options) options.push_back({option.name, option_text(option)});
  return heading(console, entry.name, entry.summary) + definition_list(options, console.width);
}

}  // namespace

std::string describe(const CatalogueEntry<World>& world, const Console& console) {
  return describe_entry(world, console);
}
std::string describe(const CatalogueEntry<Model>& model, const Console& console) {
  return describe_entry(model, console);
}

std::string describe(const ClaimLaw& law, const Console& console) {
  return heading(console, std::string(law.name), fmt::format("{}. {}", law.summary, law.meaning));
}

std::string describe(const TheoryCurve& curve, const Console& console) {
  std::vector<NamedText> parameters;
  for (const TheoryParameter& parameter : curve.parameters)
    parameters.push_back(
        {parameter.name, parameter.help + " [unless set: " + shortest(parameter.default_value) + "]"});
  return heading(console, curve.name, curve.summary + " (" + curve.citation + ")") +
         definition_list(parameters, console.width);
}

}  // namespace quartic
