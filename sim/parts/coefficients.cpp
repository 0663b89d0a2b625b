#include "sim/parts/coefficients.hpp"

#include <array>
#include <numeric>
#include <string>

#include "core/require.hpp"
#include "sim/parts/elementary.hpp"
#include "sim/parts/form.hpp"
#include "sim/parts/sampling.hpp"

namespace quartic {

namespace {

Form parse_coefficients(std::string_view text) {
  Form form = parse_form("coefficients", text, coefficient_rules());
  if (form.word == "decay")
    require(form.arguments[0] >= 0 && form.arguments[0] <= 20,
            "coefficients = \"" + std::string(text) +
                "\" (coefficients k^-exponent are to fall, with an exponent from 0 to 20). Write for example "
                "\"decay(1)\".",
            {"coefficients"});
  return form;
}

Form parse_support(std::string_view text) {
  const std::array<FormRule, 2> rules = {{{"random", {}, "random"}, {"first", {}, "first"}}};
  return parse_form("support", text, rules);
}

}  // namespace

std::vector<FormRule> coefficient_rules() {
  return {{"equal", {}, "equal"},
          {"gaussian", {}, "gaussian"},
          {"signs", {}, "signs"},
          {"decay", {"exponent"}, "decay(1)"}};
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
  return beta;
}

std::vector<Index> draw_support(std::string_view text, Index candidates, Index relevant, Stream stream) {
  if (parse_support(text).word == "random")
    return sample_without_replacement(candidates, relevant, std::move(stream));
  std::vector<Index> support(static_cast<std::size_t>(relevant));
  std::iota(support.begin(), support.end(), Index{0});
  return support;
}

}  // namespace quartic
