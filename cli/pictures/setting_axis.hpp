#pragma once
/// A setting of a sweep as an axis of a picture.
#include <string>
#include <string_view>
#include <vector>

#include "cli/pictures/curves.hpp"
#include "cli/pictures/run_view.hpp"

namespace quartic {

/// A value that is a number, or a formula in n, as a number; NaN for a word.
double setting_number(std::string_view value, Index n);

/// What was measured of an arm where these settings hold.
struct SettingPoint {
  std::string arm;
  std::string against = {};     ///< of a crossing: the other arm
  bool marked = false;          ///< informed, or unattainable
  std::vector<std::string> at;  ///< the values of the axes
  Settings others;              ///< settings that matter to the arm, without the axes
  Index n = 0;
  Interval value = {};
  bool never = false;  ///< of a crossing: it does not come
  double theory = SummaryRow::not_measured;

  /// The arm and the other settings.
  std::string line() const;
};

/// Errors at the largest size of each curve, or, where there are any, these numbers, by the keys of the
/// axes. What differs only in the settings of other arms stands once.
std::vector<SettingPoint> setting_points(const RunView& view, const std::vector<std::string>& axes,
                                         const std::vector<FoundNumber>& numbers);

/// The values of axis k in the order in which they stand in the study.
std::vector<std::string> axis_values(const std::vector<SettingPoint>& points, std::size_t k);
/// The lines of these points, in their order.
std::vector<std::string> list_lines(const std::vector<SettingPoint>& points);

}  // namespace quartic
