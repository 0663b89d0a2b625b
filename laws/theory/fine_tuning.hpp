#pragma once
/// Learning a task from where a related one ended: isotropic Gaussian rows.

namespace quartic {

/// A source task y = x'w_s + noise is learned by least squares (below d columns by the interpolator of least norm);
/// the target's y = x'w_t + noise from there.
struct FineTuningDesign {
  double rows = 50;                  ///< n, of the target
  double columns = 100;              ///< d
  double signal = 1;                 ///< |w_t|^2
  double noise_variance = 1;         ///< sigma^2, of the target
  double distance2 = 0.1;            ///< |w_s - w_t|^2
  double source_rows = 300;          ///< n_s
  double source_noise_variance = 1;  ///< sigma_s^2
};

/// delta^2 = E|w_0 - w_t|^2, w_0 what was learned of the source; exact at finite n_s:
///   n_s >= d + 2:  |w_s - w_t|^2 + sigma_s^2 d/(n_s-d-1)
///   n_s <= d - 2:  (n_s/d) |w_s - w_t|^2 + (1 - n_s/d) |w_t|^2 + sigma_s^2 n_s/(d-n_s-1)
/// The second is E|P w_s - w_t|^2 with P a projection on n_s directions, uniform over all such: w_t itself where there
/// are no rows. NaN for |n_s - d| <= 1, where the mean does not exist. To begin there is better than to begin at 0 where
/// delta^2 < |w_t|^2, whatever the target's rows and noise. Throws InvalidInput for d < 1, and for numbers that are
/// negative or not finite.
double fine_tuning_distance2(const FineTuningDesign& design);

/// Mean excess risk of the rule nearest to w_0 among those of least squared error on the target's rows, exact at finite
/// n: that of least squares (laws/theory/least_squares.hpp) with delta^2 in the place of the signal,
///   n <= d - 2:  delta^2 (1 - n/d) + sigma^2 n/(d-n-1);      n >= d + 2:  sigma^2 d/(n-d-1);      NaN between.
/// Belkin, Hsu & Xu 2020, arXiv 1903.07571, applied to y - x'w_0: w_t - w_0 is independent of the target's rows. Throws
/// as fine_tuning_distance2.
double fine_tuning_risk(const FineTuningDesign& design);

/// Of ridge towards w_0, w = argmin |y - Xw|^2/(2n) + (l/2) |w - w_0|^2, in the limit of many rows and columns: that of
/// ridge (laws/theory/ridge.hpp) with delta^2 in the place of the signal. Throws as fine_tuning_distance2.
double fine_tuning_ridge_risk(const FineTuningDesign& design, double penalty);
/// The same at the penalty that minimises it, l* = sigma^2 d/(n delta^2).
double fine_tuning_optimal_risk(const FineTuningDesign& design);

}  // namespace quartic
