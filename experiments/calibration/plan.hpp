#pragma once
/// Which studies with planted laws a calibration draws.
#include <string>
#include <string_view>
#include <vector>

#include "laws/curves/exponent.hpp"
#include "laws/frontiers/two_causes.hpp"

namespace quartic {

/// How errors scatter about the law, with mean law(n); z of unit variance with the correlation `common`
/// between the sizes of a replicate, s the spread:
///   - log_normal: law(n) exp(s z - s^2/2)
///   - heavy: the same, but one error in twenty has three times the spread
///   - skewed: law(n) chi^2/m of m = 2/s^2 degrees (1 at least), as squared errors of m parameters
enum class ErrorNoise { log_normal, heavy, skewed };

/// One kind of synthetic study.
struct CalibrationDesign {
  /// coverage: read by the planted form. verdict: whichever form the data do not exclude, and the claim judged.
  /// plain: one row a size, read by the forward line with its interval over rows. two_causes: all pairs of the
  /// sizes and as many from 10 up, read by the law in two causes.
  enum class Kind { coverage, verdict, plain, two_causes };
  Kind kind = Kind::coverage;
  std::string name;
  Law law = {};
  TwoCauseLaw causes = {};  ///< of two_causes designs, in the place of `law`
  ErrorNoise noise = ErrorNoise::log_normal;
  double spread = 0.3;  ///< at the smallest size
  double change = 1;    ///< of the spread from there to the largest, a power of the size
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
