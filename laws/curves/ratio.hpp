#pragma once
/// The exponent, or the cost, of one arm over that of another.
#include "core/words.hpp"
#include "laws/curves/exponent.hpp"
#include "laws/curves/form_slope.hpp"

namespace quartic {

/// Of k^q what is compared: q, or what it costs to reach an error.
enum class RatioOf { exponent, cost };
inline constexpr Words<RatioOf, 2> ratio_words = {{{RatioOf::exponent, "exponent"}, {RatioOf::cost, "cost"}}};

struct RatioQuestion {
  MeasuredCurve arm, against;  ///< over the same sizes
  RatioOf of = RatioOf::exponent;
  Growing growing = Growing::computing;
  double at_error = nan;  ///< of costs
};

/// q of the arm over q of the other, both as data_exponent or compute_exponent read them; or c/c', where by the law of
/// its errors an arm reaches the error with n observations, and c is n itself or the mean flops there (log-log between
/// sizes, beyond them by the end's slope; of a curve with parts each part so, and added up). Both arms by the same
/// form: by each that the options name, or that the data of neither exclude (laws/curves/readings.hpp), floor_offset
/// where every one is; these are the readings of the estimate, and a verdict is one on all of them (judge_law).
///
/// Replicates are left out of both arms at once, which see the same rows: what both owe to a lucky sample goes, and the
/// interval, on the logarithm, is narrower than either arm's. The forms do not change from resample to resample. The note
/// says so where an error is reached beyond the sizes; no value where an arm does not reach it within 1000 times its
/// sizes, or its error does not fall. At least three sizes and two replicates.
LawEstimate ratio(const RatioQuestion& question, const LawOptions& options = {});

/// What it costs the arm to reach the error: c above in flops, with an interval on its logarithm.
LawEstimate cost_of_error(const MeasuredCurve& arm, double at_error, const LawOptions& options = {});

}  // namespace quartic
