#pragma once
/// Which form of law a learning curve follows, as far as it can tell.
#include <vector>

#include "laws/curves/curve.hpp"

namespace quartic {

/// One form held against the power law on the held-out sizes.
struct FormTrial {
  LawForm form = LawForm::power;
  double loss = 0;  ///< weighted mean square of the log prediction error on the held-out sizes
  Interval excess;  ///< of loss over that of the power law, jackknife over replicates
};

struct Selection {
  LawForm form = LawForm::power;    ///< to be used
  std::vector<LawForm> compatible;  ///< forms that the data do not tell from it, itself among them
  std::vector<FormTrial> trials;    ///< empty where there are too few sizes to hold some out
};

/// Fits the smaller sizes and predicts the largest third (at least two) with power, offset and floor. The
/// power law stands unless another form surely predicts better: its excess loss lies below 0 at 95 % (a
/// paired test, since every resample of replicates is the same for both). Of several such the one with the
/// least loss is used. A form is compatible that is not surely worse than the one used. Fewer than six sizes
/// or three replicates: power, and every form is compatible.
Selection select_form(const MeasuredCurve& curve, const LawOptions& options);

/// The floors that a law (power or offset) over a floor cannot exclude at this confidence, from 0 up (profile
/// likelihood): those whose weighted squares exceed the least by no more than t^2, t the Student quantile of
/// replicates - 1 degrees of freedom, in units of the residual variance where that is above 1. Weights are
/// inverse variances of log averages. NaN where no law fits.
Interval floor_interval(LawForm form, const LawPoints& points, double confidence, Index replicates);

/// Points of a curve: sizes, averages over replicates, and the weights that the options ask for.
LawPoints law_points(const MeasuredCurve& curve, const LawOptions& options);

}  // namespace quartic
