#include "laws/curves/selection.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "laws/statistics/root.hpp"
#include "laws/statistics/special.hpp"
#include "laws/statistics/weights.hpp"

namespace quartic {
namespace {

/// Losses of laws that hold to rounding: none of them is better.
constexpr double exact = 1e-20;
constexpr std::array<LawForm, 2> rivals = {LawForm::offset, LawForm::floor};

LawPoints with_values(const LawPoints& points, const Vector& values) {
  return {points.sizes, values, points.weights};
}

/// Weighted mean square of log y - log law over the last `held` sizes, the law fitted to the others.
double prediction_loss(LawForm form, const LawPoints& points, Index held) {
  const Index kept = points.sizes.size() - held;
  const LawFit fit =
      fit_law(form, {points.sizes.head(kept), points.values.head(kept), points.weights.head(kept)});
  double loss = 0;
  for (Index i = kept; i < points.sizes.size(); ++i)
    loss += points.weights[i] * std::pow(std::log(points.values[i] / fit.law.at(points.sizes[i])), 2);
  return loss / points.weights.tail(held).sum();
}

FormTrial make_trial(LawForm form, LawForm against, const LawPoints& points, const ReplicateTable& errors) {
  const Index held = std::max<Index>(2, points.sizes.size() / 3);
  const CurveStatistic excess = [&](std::span<const Vector> averages) {
    const LawPoints resampled = with_values(points, averages[0]);
    return prediction_loss(form, resampled, held) - prediction_loss(against, resampled, held);
  };
  // One-sided at 95 %.
  const Interval interval = replicate_interval({&errors, 1}, excess, {.confidence = 0.9});
  return {form, prediction_loss(form, points, held), interval};
}

}  // namespace

LawPoints law_points(const MeasuredCurve& curve, const LawOptions& options) {
  const Resampled averages = resample(curve.errors, {options.average, 1});
  LawPoints points{curve.sizes, averages.averages.row(0).transpose(), options.weights};
  if (options.weights.size() == 0)
    points.weights = options.even ? even_weights(curve.errors, options.average)
                                  : log_average_weights(curve.errors, options.average);
  return points;
}

Selection select_form(const MeasuredCurve& curve, const LawOptions& options) {
  Selection selection;
  selection.compatible = {LawForm::power, rivals[0], rivals[1]};
  if (curve.sizes.size() < 6 || curve.errors.rows() < 3) return selection;
  const LawPoints points = law_points(curve, options);
  const ReplicateTable errors{curve.errors, options.average};
  double least = infinity;
  for (const LawForm form : rivals) {
    selection.trials.push_back(make_trial(form, LawForm::power, points, errors));
    const FormTrial& trial = selection.trials.back();
    if (trial.excess.high < -exact && trial.loss < least) least = trial.loss, selection.form = form;
  }
  std::erase_if(selection.compatible, [&](LawForm form) {
    return form != selection.form && make_trial(form, selection.form, points, errors).excess.low > 0;
  });
  return selection;
}

Interval floor_interval(LawForm form, const LawPoints& points, double confidence, Index replicates) {
  const LawForm over = over_a_floor(form).value_or(form);
  const LawFit best = fit_law(over, points);
  if (!std::isfinite(best.squares) || replicates < 2) return {nan, nan, nan};
  const auto squares = [&](double floor) { return fit_law(form, points, {.floor = floor}).squares; };
  const double degrees = static_cast<double>(std::max<Index>(1, points.sizes.size() - free_parameters(over)));
  const double t = student_t_quantile(0.5 * (1 + confidence), static_cast<double>(replicates - 1));
  const double most = best.squares + t * t * std::max(1., best.squares / degrees);
  const auto beyond = [&](double floor) { return squares(floor) - most; };
  const double ceiling = points.values.minCoeff() * (1 - 1e-9);
  const double high = beyond(ceiling) > 0 ? find_root(beyond, best.law.floor, ceiling, 1e-6) : ceiling;
  const double low = beyond(0) > 0 ? find_root(beyond, 0, best.law.floor, 1e-6) : 0;
  return {best.law.floor, low, high};
}

}  // namespace quartic
