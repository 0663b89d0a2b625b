#include "core/bounds.hpp"

#include <algorithm>
#include <cmath>

#include "core/options.hpp"

namespace quartic {

namespace {

// 1000000000 rather than 1e+09.
std::string number(double value) {
  const bool whole = value == std::rint(value) && std::abs(value) < 1e15;
  return whole ? std::to_string(static_cast<Index>(value)) : shortest(value);
}

}  // namespace

std::string to_string(const Bounds& bounds) {
  if (!bounds.are_set()) return "";
  const std::string least = number(bounds.least), most = number(bounds.most);
  if (!(bounds.most < infinity)) return bounds.least_is_open ? "above " + least : "of " + least + " or more";
  const std::string end = bounds.most_is_open ? "below " + most : "at most " + most;
  if (!(bounds.least > -infinity)) return bounds.most_is_open ? end : "of " + end;
  if (bounds.least_is_open) return "above " + least + " and " + end;
  return bounds.most_is_open ? "of at least " + least + " and " + end : "from " + least + " to " + most;
}

bool OnlyWith::holds(const OptionValue& value) const {
  if (const auto* word = std::get_if<std::string>(&value))
    return !word->empty() && std::find(words.begin(), words.end(), *word) != words.end();
  if (const auto* count = std::get_if<Index>(&value)) return numbers.take(static_cast<double>(*count));
  const auto* real = std::get_if<double>(&value);
  return real && numbers.take(*real);
}

std::string to_string(const OnlyWith& condition) {
  const std::string option(condition.option);
  const Bounds& numbers = condition.numbers;
  if (numbers.least == numbers.most) return option + " = " + number(numbers.least);
  if (numbers.least < numbers.most) return option + " " + to_string(numbers);
  std::string words;
  for (const std::string_view word : condition.words)
    if (!word.empty()) words += (words.empty() ? " = \"" : " or \"") + std::string(word) + "\"";
  return option + words;
}

}  // namespace quartic
