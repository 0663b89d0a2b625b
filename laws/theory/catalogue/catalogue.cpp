#include "laws/theory/catalogue/catalogue.hpp"

#include "core/options.hpp"
#include "core/require.hpp"
#include "core/words.hpp"
#include "laws/theory/catalogue/curves.hpp"

namespace quartic {
namespace {

std::vector<TheoryCurve> make_curves() {
  using namespace detail;
  std::vector<TheoryCurve> curves;
  for (const auto& some : {least_squares_curves(), shrinkage_curves(), gradient_curves(), power_law_curves(),
                           wide_curves(), transfer_curves()})
    curves.insert(curves.end(), some.begin(), some.end());
  return curves;
}

constexpr double largest = 1e15;  // numbers of columns are cast to whole numbers

std::string choose_among(std::string_view misspelt, const std::vector<std::string>& names) {
  const std::string remedy = did_you_mean(misspelt, names, "");
  return remedy + (remedy.empty() ? "" : " ") + "Choose one of: " + joined(names) + ".";
}

}  // namespace

const std::vector<TheoryCurve>& theory_curves() {
  static const std::vector<TheoryCurve> curves = make_curves();
  return curves;
}

const TheoryCurve& theory_curve(std::string_view name) {
  std::vector<std::string> names;
  for (const TheoryCurve& curve : theory_curves()) {
    if (curve.name == name) return curve;
    names.push_back(curve.name);
  }
  throw InvalidInput("unknown theory curve \"" + std::string(name) + "\" (no formula has this name). " +
                     choose_among(name, names));
}

TheoryValues theory_values(const TheoryCurve& curve, const TheoryValues& changes) {
  TheoryValues values;
  std::vector<std::string> names;
  for (const TheoryParameter& parameter : curve.parameters) {
    values[parameter.name] = parameter.default_value;
    names.push_back(parameter.name);
  }
  for (const auto& [name, changed] : changes) {
    const auto place = values.find(name);
    require(place != values.end(), "unknown parameter \"" + name + "\" (the curve " + curve.name +
                                       " does not use it). " + choose_among(name, names));
    require(changed >= 0 && changed <= largest, name + " = " + shortest(changed) +
                                                    " (the formula asks for a number from 0 to " +
                                                    shortest(largest) + "). Change it.");
    place->second = changed;
  }
  const auto candidates = values.find("candidates"), relevant = values.find("relevant");
  if (candidates != values.end() && relevant != values.end())
    require(relevant->second <= candidates->second,
            "relevant = " + shortest(relevant->second) + " of candidates = " + shortest(candidates->second) +
                " columns (more than there are). Lower the one or raise the other.");
  return values;
}

}  // namespace quartic
