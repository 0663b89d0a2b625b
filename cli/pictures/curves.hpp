#pragma once
/// The rows of summary.csv as lines of a picture.
#include <cmath>
#include <string>
#include <vector>

#include "cli/pictures/summary_file.hpp"

namespace quartic {

/// One arm in one cell.
struct Curve {
  Index cell = 0;
  std::string arm;
  std::vector<SummaryRow> rows;
};

/// Curves in the order of the rows.
std::vector<Curve> group_curves(const std::vector<SummaryRow>& rows);

/// Whether a row has a mean that a logarithmic axis can show.
bool drawable(const SummaryRow& row);
/// Operations of fitting and tuning.
double sum_flops(const SummaryRow& row);
/// Both ends of the 95 % interval of the mean, m exp(+- t se/m); NaN for one replicate.
struct MeanInterval {
  double low, high;
};
MeanInterval mean_interval(const SummaryRow& row);
/// The mean at this n between two rows, straight on logarithmic axes; NaN outside them.
double error_at(const Curve& curve, double n);

/// The positive numbers seen so far.
struct Extent {
  double low = INFINITY, high = 0;
  void include(double value);
  /// By a share of its length on the log scale on either side.
  Extent widened(double share) const;
  /// Where the value lies, 0 to 1 from low to high on the log scale.
  double share(double value) const;
  double decades() const;
};

struct Extents {
  Extent n, flops, error;
};

/// Of all rows that can be drawn, and 0.1 to 10 where there is none. Theory counts as error, and so do
/// intervals as far as half or twice the mean.
Extents find_extents(const std::vector<SummaryRow>& rows);
/// Errors above this leave a picture: where the mean does not exist - as many columns as rows - an error can
/// be anything, and the rest should stay legible.
inline constexpr double highest_error = 10;
Extent shown_errors(const Extent& error);

/// Where the curve ends in a picture of these errors, 0 to 1 as of share(): at its last mean, cut to the picture, or in
/// the middle where it has none.
double end_height(const Curve& curve, const Extent& error);

/// The arm, with a star where it is informed or unattainable.
std::string make_label(const Curve& curve);

}  // namespace quartic
