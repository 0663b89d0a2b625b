#pragma once
/// Curves of theory over sizes, and the exponents of designs, as tables.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/terminal/console.hpp"
#include "laws/theory/catalogue/catalogue.hpp"
#include "laws/theory/exponents.hpp"

namespace quartic {

/// Sizes and values of a curve's parameters.
struct Tabulation {
  std::vector<double> sizes = {10, 20, 50, 100, 200, 500, 1000, 2000, 5000};
  TheoryValues values;
};

std::string tabulation_csv(const TheoryCurve& curve, const Tabulation& table);
std::string tabulation_json(const TheoryCurve& curve, const Tabulation& table);
std::string tabulation_text(const TheoryCurve& curve, const Tabulation& table, const Console& console);

/// The numbers of a world of exponents by the names that --set takes.
std::vector<std::pair<std::string, double ScalingWorld::*>> world_places();
std::string exponents_csv(const std::vector<DesignScaling>& designs);
/// Under the name that asks for them.
std::string exponents_json(std::string_view name, const std::vector<DesignScaling>& designs,
                           const ScalingWorld& world);
std::string exponents_text(const std::vector<DesignScaling>& designs, const ScalingWorld& world,
                           const Console& console);

}  // namespace quartic
