#pragma once
/// What a picture shows of a fit to a table.
#include <optional>
#include <vector>

#include "core/types.hpp"
#include "laws/curves/law.hpp"

namespace quartic {

/// A row that was read, or the average over the replicates of a size.
struct FitPoint {
  double size, x;  ///< x: of what the exponent is of, data or computing; size: of the data, else x
  double error;
  double low = nan, high = nan;  ///< interval of an average

  /// A law of computing is one in x if it is the power law, else one in sizes.
  double by(const Law& law) const { return law.at(law.form == LawForm::power ? x : size); }
};

struct ShownFit {
  std::vector<FitPoint> points = {};  ///< that were read; none of the law in two causes
  std::vector<Law> others = {};       ///< beside the law taken: by readings that stand
  std::optional<Law> reverse = {};    ///< the line that takes all noise to be in x
};

}  // namespace quartic
