#pragma once
/// The closed forms by name, so that a program can tabulate them over n.
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace quartic {

struct TheoryParameter {
  std::string name;
  double default_value = 0;
  std::string help;
};

/// Values by parameter name.
using TheoryValues = std::map<std::string, double, std::less<>>;

struct TheoryPoint {
  double excess_risk = 0;       ///< NaN where the theory is not defined
  double normalised_error = 0;  ///< excess risk / Var f*
};

/// One curve over n.
struct TheoryCurve {
  std::string name;
  std::string summary;  ///< one sentence
  std::string citation;
  std::vector<TheoryParameter> parameters;                             ///< without n
  std::function<TheoryPoint(double n, const TheoryValues&)> evaluate;  ///< wants a value for every parameter
};

/// Every curve that comes with quartic, in the order of `quartic list theory`.
const std::vector<TheoryCurve>& theory_curves();

/// The curve of this name. Throws InvalidInput that suggests the nearest name.
const TheoryCurve& theory_curve(std::string_view name);

/// The curve's defaults with these values in their place. Throws InvalidInput for an unknown name (the
/// nearest is suggested) and for a value that is negative, no number, or above 1e15.
TheoryValues theory_values(const TheoryCurve& curve, const TheoryValues& changes);

}  // namespace quartic
