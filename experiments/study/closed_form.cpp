#include "experiments/study/closed_form.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/require.hpp"

namespace quartic {

namespace {

std::optional<double> fact(const Facts& facts, std::string_view name) {
  const auto found = facts.find(name);
  if (found != facts.end()) return found->second;
  if (name != "coefficient") return std::nullopt;
  const auto signal = fact(facts, "signal"), relevant = fact(facts, "relevant");
  return signal && relevant ? std::optional(std::sqrt(*signal / *relevant)) : std::nullopt;
}

}  // namespace

const TheoryCurve* closed_form(std::string_view name) {
  const auto& curves = theory_curves();
  const auto found = std::find_if(curves.begin(), curves.end(),
                                  [&](const TheoryCurve& curve) { return curve.name == name; });
  return found == curves.end() ? nullptr : &*found;
}

TheoryValues closed_form_values(const TheoryCurve& curve, const Facts& facts) {
  TheoryValues values;
  for (const TheoryParameter& parameter : curve.parameters) {
    const std::optional<double> value = fact(facts, parameter.name);
    require(value.has_value(),
            "the closed form \"" + curve.name + "\" wants " + parameter.name +
                " (this world does not tell it). Write a formula, or a closed form of what the "
                "world tells.");
    values[parameter.name] = *value;
  }
  return values;
}

}  // namespace quartic
