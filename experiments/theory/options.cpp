#include "experiments/theory/options.hpp"

namespace quartic {

double number_option(const OptionValues& options, std::string_view name) {
  const auto found = options.find(name);
  if (found == options.end()) return nan;
  if (const auto* number = std::get_if<double>(&found->second)) return *number;
  if (const auto* count = std::get_if<Index>(&found->second)) return static_cast<double>(*count);
  return nan;
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

double one_pass_step(const OptionValues& options) {
  return number_option(options, "passes") == 1 ? number_option(options, "step") : nan;
}

}  // namespace quartic
