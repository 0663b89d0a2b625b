#include "sim/parts/coefficients.hpp"

#include <array>
#include <cmath>
#include <numeric>
#include <string>

#include "core/require.hpp"
#include "sim/parts/elementary.hpp"
#include "sim/parts/form.hpp"
#include "sim/parts/sampling.hpp"

namespace quartic {

namespace {

constexpr double smallest = 1e-50,
                 largest = 1e50;          // the fourth power of neither leaves the numbers there are
constexpr std::size_t most_halves = 160;  // down to 7e-49

bool is_usable(double coefficient) {
  return std::abs(coefficient) >= smallest && std::abs(coefficient) <= largest;
}

Form parse_coefficients(std::string_view text) {
  Form form = parse_form("coefficients", text, coefficient_rules());
  if (form.word == "decay")
    require(form.arguments[0] >= 0 && form.arguments[0] <= 20,
            "coefficients = \"" + std::string(text) +
                "\" (coefficients k^-exponent are to fall, with an exponent from 0 to 20). Write for example "
                "\"decay(1)\".",
            {"coefficients"});
  if (form.word == "linear") {
    require(
        is_usable(form.arguments[0]) && is_usable(form.arguments[1]),
        "coefficients = \"" + std::string(text) +
            "\" (the squares of some could be no numbers, or 0). Write two numbers between 1e-50 and 1e50, or their "
            "negatives, for example \"linear(10, 0.5)\".",
        {"coefficients"});
    require(
        form.arguments[0] * form.arguments[1] > 0,
        "coefficients = \"" + std::string(text) +
            "\" (on the way one of them could be 0, and its column would not be relevant). Write two numbers of "
            "one sign, for example \"linear(10, 0.5)\".",
        {"coefficients"});
  }
  if (form.word == "halving")
    require(form.arguments[0] >= 1 && form.arguments[0] <= 1e9 &&
                form.arguments[0] == std::floor(form.arguments[0]),
            "coefficients = \"" + std::string(text) +
                "\" (it counts the coefficients that are 1). Write a whole number from 1 to 1e9, for example "
                "\"halving(5)\".",
            {"coefficients"});
  return form;
}

Form parse_support(std::string_view text) {
  const std::array<FormRule, 3> rules = {
      {{"random", {}, "random"}, {"first", {}, "first"}, {"spaced", {}, "spaced"}}};
  return parse_form("support", text, rules);
}

// Where the k-th of `relevant` columns stands, from 0 on.
Index spaced(Index k, Index candidates, Index relevant) {
  if (relevant < 2) return 0;
  const double step = static_cast<double>(candidates - 1) / static_cast<double>(relevant - 1);
  return static_cast<Index>(std::nearbyint(1 + step * static_cast<double>(k))) - 1;
}

void halve_from(std::size_t first, std::vector<double>& beta) {
  require(beta.size() <= first + most_halves,
          "coefficients = \"halving(" + std::to_string(first) + ")\" of " + std::to_string(beta.size()) +
              " columns (the last would be halved until nothing is left of it). Let " +
              std::to_string(first + most_halves) + " or fewer be relevant, or more be equal.",
          {"coefficients"});
  for (std::size_t k = first; k < beta.size(); ++k) beta[k] = beta[k - 1] / 2;
}

}  // namespace

std::vector<FormRule> coefficient_rules() {
  return {{"equal", {}, "equal"},
          {"gaussian", {}, "gaussian"},
          {"signs", {}, "signs"},
          {"decay", {"exponent"}, "decay(1)"},
          {"linear", {"from", "to"}, "linear(10, 0.5)"},
          {"halving", {"equal"}, "halving(5)"}};
}

void require_coefficients(std::string_view text) {
  parse_coefficients(text);
}

std::vector<double> draw_coefficients(std::string_view text, Index relevant, Stream stream) {
  const Form form = parse_coefficients(text);
  std::vector<double> beta(static_cast<std::size_t>(relevant), 1.0);
  if (form.word == "gaussian") stream.fill_normal(beta);
  if (form.word == "signs")
    for (double& b : beta) b = stream() >> 31 ? -1 : 1;
  if (form.word == "decay")
    for (std::size_t k = 0; k < beta.size(); ++k)
      beta[k] = detail::power(static_cast<double>(k + 1), -form.arguments[0]);
  if (form.word == "linear")
    for (std::size_t k = 1; k < beta.size(); ++k)
      beta[k] = form.arguments[0] + (form.arguments[1] - form.arguments[0]) * static_cast<double>(k) /
                                        static_cast<double>(beta.size() - 1);
  if (form.word == "linear" && !beta.empty()) beta[0] = form.arguments[0];
  if (form.word == "halving") halve_from(static_cast<std::size_t>(form.arguments[0]), beta);
  return beta;
}

std::vector<Index> draw_support(std::string_view text, Index candidates, Index relevant, Stream stream) {
  const std::string word = parse_support(text).word;
  if (word == "random") return sample_without_replacement(candidates, relevant, std::move(stream));
  std::vector<Index> support(static_cast<std::size_t>(relevant));
  std::iota(support.begin(), support.end(), Index{0});
  if (word == "spaced")
    for (Index& column : support) column = spaced(column, candidates, relevant);
  return support;
}

}  // namespace quartic
