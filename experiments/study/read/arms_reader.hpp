#pragma once
/// What the tables [causes] and [remedies] have in common: they are about arms, in a study of one cell.
#include "experiments/study/read/draft.hpp"

namespace quartic::detail {

struct ArmsReader : TableReader {
  const Draft& draft;

  /// The name, which is to be one of the study's where there is one.
  std::string known_arm(std::string_view name, const std::string& arm) const {
    if (!arm.empty()) require_known(name, "arm", "arms", arm, arm_names(draft));
    return arm;
  }

  double confidence(double fallback) const {
    const double value = number("confidence", fallback);
    if (!(value > 0 && value < 1))
      complain("confidence", "it is not a probability (of the interval to hold the truth). Give 0.95.");
    return value;
  }

  /// Complains, under this key, where something is swept: "causes are weighed" in one cell.
  void require_one_cell(std::string_view name, const std::string& what_is_done) const {
    for (const Setting* setting : all_settings(draft))
      if (setting->is_axis)
        complain(name, setting->path + " is swept (" + what_is_done +
                           " in a study of one cell). Give it one value.");
  }
};

}  // namespace quartic::detail
