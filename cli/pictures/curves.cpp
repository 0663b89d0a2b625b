#include "cli/pictures/curves.hpp"

#include <algorithm>

#include "laws/statistics/special.hpp"

namespace quartic {

bool drawable(const SummaryRow& row) {
  return row.mean_error > 0 && std::isfinite(row.mean_error);
}

double sum_flops(const SummaryRow& row) {
  return row.fit_flops + (std::isnan(row.tuning_flops) ? 0 : row.tuning_flops);
}

MeanInterval mean_interval(const SummaryRow& row) {
  if (!drawable(row) || row.replicates < 2) return {SummaryRow::not_measured, SummaryRow::not_measured};
  const double t = student_t_quantile(0.975, static_cast<double>(row.replicates - 1));
  const double spread = std::exp(t * row.mean_error_se / row.mean_error);
  return {row.mean_error / spread, row.mean_error * spread};
}

double error_at(const Curve& curve, double n) {
  for (std::size_t k = 1; k < curve.rows.size(); ++k) {
    const SummaryRow &a = curve.rows[k - 1], &b = curve.rows[k];
    const double from = static_cast<double>(a.n), to = static_cast<double>(b.n);
    if (n >= from && n <= to)
      return a.mean_error * std::pow(b.mean_error / a.mean_error, std::log(n / from) / std::log(to / from));
  }
  return SummaryRow::not_measured;
}

std::vector<Curve> group_curves(const std::vector<SummaryRow>& rows) {
  std::vector<Curve> curves;
  for (const SummaryRow& row : rows) {
    if (curves.empty() || curves.back().cell != row.cell || curves.back().arm != row.arm)
      curves.push_back({row.cell, row.arm, {}});
    curves.back().rows.push_back(row);
  }
  return curves;
}

void Extent::include(double value) {
  if (!(value > 0) || !std::isfinite(value)) return;
  low = std::min(low, value);
  high = std::max(high, value);
}

Extent Extent::widened(double share) const {
  const double length = std::max(std::log(high / low), 0.7);
  return {low * std::exp(-share * length), high * std::exp(share * length)};
}

double Extent::share(double value) const {
  return std::log(value / low) / std::log(high / low);
}

double Extent::decades() const {
  return std::log10(high / low);
}

Extents find_extents(const std::vector<SummaryRow>& rows) {
  Extents extents;
  for (const SummaryRow& row : rows) {
    if (!drawable(row)) continue;
    const MeanInterval interval = mean_interval(row);
    extents.n.include(static_cast<double>(row.n));
    extents.flops.include(sum_flops(row));
    extents.error.include(row.mean_error);
    extents.error.include(row.theory_error);
    extents.error.include(std::max(interval.low, row.mean_error / 2));
    extents.error.include(std::min(interval.high, row.mean_error * 2));
  }
  for (Extent* extent : {&extents.n, &extents.flops, &extents.error})
    if (!(extent->low <= extent->high)) *extent = {0.1, 10};
  return extents;
}

Extent shown_errors(const Extent& error) {
  return Extent{error.low, std::max(std::min(error.high, highest_error), 2 * error.low)}.widened(0.05);
}

double end_height(const Curve& curve, const Extent& error) {
  double last = std::sqrt(error.low * error.high);
  for (const SummaryRow& row : curve.rows)
    if (drawable(row)) last = row.mean_error;
  return std::clamp(error.share(last), 0.0, 1.0);
}

std::string make_label(const Curve& curve) {
  return curve.arm + (curve.rows.front().marks.empty() ? "" : " *");
}

}  // namespace quartic
