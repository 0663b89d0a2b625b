#pragma once
/// Options written as a word with numbers, such as "ar1(0.5)" or "blocks(20, 0.3)".
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quartic {

/// "blocks(20, 0.3)" is {"blocks", {20, 0.3}}; a bare word has no arguments.
struct Form {
  std::string word;
  std::vector<double> arguments;
};

/// A form that an option understands: its word, the names of its arguments, an example.
struct FormRule {
  std::string_view word;
  std::vector<std::string_view> arguments;
  std::string_view example;
};

/// What a text says that its option has accepted (else what stands in place of a number is NaN).
Form split_form(std::string_view text);

/// Reads text as one of the forms. Throws InvalidInput, with the option at fault, where the word is unknown,
/// an argument is missing or is no finite number.
Form parse_form(std::string_view option, std::string_view text, std::span<const FormRule> rules);

}  // namespace quartic
