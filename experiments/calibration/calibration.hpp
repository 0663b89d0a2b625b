#pragma once
/// Are the intervals right? Studies with planted laws, read as any study is, and how often that goes well.
#include <cstdint>
#include <functional>
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

/// Shares of the studies of one design; NaN where the design does not ask.
struct CalibrationRow {
  CalibrationDesign design;
  Index studies = 0;
  double covered = 0;  ///< of the studies with an interval
  double without = 0;  ///< no interval
  double bias = 0;     ///< median estimate over the truth, less 1
  double width = 0;    ///< median
  double width_of_known = std::numeric_limits<double>::quiet_NaN();  ///< where the form is known
  double supported = std::numeric_limits<double>::quiet_NaN(), rejected = supported,
         not_identified = supported;

  double covered_error() const;  ///< binomial standard error
};

/// "classroom": seconds. "standard": minutes. "paper": 2000 studies a design and more.
/// Throws InvalidInput for another effort.
struct CalibrationPlan {
  std::vector<CalibrationDesign> designs;
  Index studies = 100;
  Index bootstrap_studies = 0;  ///< of bootstrap_t designs, which take a thousand times as long
};
CalibrationPlan calibration_plan(std::string_view effort);

struct CalibrationOptions {
  std::uint64_t seed = 1;
  int threads = 0;                                             ///< 0: all cores
  std::function<void(Index done, Index total)> progress = {};  ///< after every design, in studies
};

/// Study k of design d draws from Stream(seed).child("calibration").child(name).child(k), name that of the
/// design: the same numbers on any number of threads and in any plan.
CalibrationRow calibrate(const CalibrationDesign& design, Index studies, const CalibrationOptions& options);
std::vector<CalibrationRow> calibrate(const CalibrationPlan& plan, const CalibrationOptions& options);

/// {"schema_version":1,"seed","rows":[{kind, name, form, spread, replicates, sizes, method, studies, covered,
/// covered_se, without, bias, width, width_of_known, supported, rejected, not_identified}]}.
std::string calibration_json(const std::vector<CalibrationRow>& rows, std::uint64_t seed);

}  // namespace quartic
