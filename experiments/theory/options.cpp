#include "experiments/theory/options.hpp"

#include <limits>

#include "models/catalogue.hpp"
#include "sim/catalogue.hpp"

namespace quartic {
namespace {

template <class Product>
OptionValues with_defaults(std::string_view kind, OptionValues options,
                           const std::vector<CatalogueEntry<Product>>& catalogue) {
  for (const CatalogueEntry<Product>& entry : catalogue)
    if (entry.name == kind)
      for (const OptionInfo& option : entry.options) options.emplace(option.name, option.default_value);
  return options;
}

}  // namespace

OptionValues model_options(std::string_view kind, const OptionValues& set) {
  return with_defaults(kind, set, model_catalogue());
}

OptionValues world_options(std::string_view kind, const OptionValues& set) {
  return with_defaults(kind, set, world_catalogue());
}

double number_option(const OptionValues& options, std::string_view name) {
  const auto found = options.find(name);
  if (found == options.end()) return std::numeric_limits<double>::quiet_NaN();
  if (const auto* number = std::get_if<double>(&found->second)) return *number;
  if (const auto* count = std::get_if<Index>(&found->second)) return static_cast<double>(*count);
  return std::numeric_limits<double>::quiet_NaN();
}

std::string word_option(const OptionValues& options, std::string_view name) {
  const auto found = options.find(name);
  const std::string* word = found == options.end() ? nullptr : std::get_if<std::string>(&found->second);
  return word ? *word : "";
}

bool flag_option(const OptionValues& options, std::string_view name) {
  const auto found = options.find(name);
  const bool* flag = found == options.end() ? nullptr : std::get_if<bool>(&found->second);
  return flag && *flag;
}

}  // namespace quartic
