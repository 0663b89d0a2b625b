#pragma once
/// Which studies with planted laws a calibration draws.
#include <string>
#include <string_view>
#include <vector>

#include "laws/curves/exponent.hpp"
#include "laws/frontiers/two_causes.hpp"

namespace quartic {

/// One kind of synthetic study. Errors are log-normal about the law: law(n) exp(s z - s^2/2), s = spread, z
/// of unit variance with the correlation `common` between the sizes of a replicate.
struct CalibrationDesign {
  /// coverage: read by the planted form. verdict: the form is chosen by the data and the claim judged. plain:
  /// one row a size, read by the forward line with a bootstrap interval over rows. two_causes: all pairs of
  /// the sizes and as many from 10 up, read by the law in two causes.
  enum class Kind { coverage, verdict, plain, two_causes };
  Kind kind = Kind::coverage;
  std::string name;
  Law law = {};
  TwoCauseLaw causes = {};  ///< of two_causes designs, in the place of `law`
  double spread = 0.3;
  Index replicates = 10, sizes = 10;
  double from = 100, to = 10000;  ///< sizes, spaced logarithmically
  double common = 0.3;
  IntervalMethod method = IntervalMethod::jackknife;
  Expectation claim = {};  ///< of verdict designs
};

/// "classroom": seconds. "standard": minutes. "paper": 2000 studies a design and more.
/// Throws InvalidInput for another effort.
struct CalibrationPlan {
  std::vector<CalibrationDesign> designs;
  Index studies = 100;
  Index bootstrap_studies = 0;  ///< of bootstrap_t designs, which take a thousand times as long
};
CalibrationPlan calibration_plan(std::string_view effort);

}  // namespace quartic
