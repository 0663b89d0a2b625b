#include "cli/pictures/picture_sheet.hpp"

#include <algorithm>

#include "cli/terminal/text.hpp"

namespace quartic {

bool drawable(const SummaryRow& row) {
  return row.mean_error > 0 && std::isfinite(row.mean_error);
}

double sum_flops(const SummaryRow& row) {
  return row.fit_flops + (std::isnan(row.tuning_flops) ? 0 : row.tuning_flops);
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

Extents find_extents(const std::vector<SummaryRow>& rows) {
  Extents extents;
  for (const SummaryRow& row : rows) {
    if (!drawable(row)) continue;
    extents.n.include(static_cast<double>(row.n));
    extents.flops.include(sum_flops(row));
    extents.error.include(row.mean_error);
    extents.error.include(row.theory_error);
  }
  for (Extent* extent : {&extents.n, &extents.flops, &extents.error})
    if (!(extent->low <= extent->high)) *extent = {0.1, 10};
  return extents;
}

Extent widened(const Extent& extent, double share) {
  const double length = std::max(std::log(extent.high / extent.low), 0.7);
  return {extent.low * std::exp(-share * length), extent.high * std::exp(share * length)};
}

std::string make_label(const Curve& curve) {
  return curve.arm + (curve.rows.front().marks.empty() ? "" : " *");
}

std::vector<Labelled> label_heights(const std::vector<Curve>& curves, const Extent& error, double apart) {
  std::vector<Labelled> labels;
  for (std::size_t k = 0; k < curves.size(); ++k) {
    double last = std::sqrt(error.low * error.high);
    for (const SummaryRow& row : curves[k].rows)
      if (drawable(row)) last = row.mean_error;
    labels.push_back(
        {k, make_label(curves[k]), std::log(last / error.low) / std::log(error.high / error.low)});
  }
  std::stable_sort(labels.begin(), labels.end(),
                   [](const Labelled& a, const Labelled& b) { return a.height < b.height; });
  double floor = 0.02;
  for (Labelled& label : labels) {
    label.height = std::max(label.height, floor);
    floor = label.height + apart;
  }
  double ceiling = 0.98;
  for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
    label->height = std::min(label->height, ceiling);
    ceiling = label->height - apart;
  }
  return labels;
}

namespace {

Layout make_layout(const std::vector<Index>& cells, const std::vector<Curve>& curves) {
  Layout layout;
  layout.panels = std::min(cells.size(), most_panels);
  layout.columns = layout.panels == 1 ? 1 : layout.panels <= 4 ? 2 : 3;
  layout.rows = (layout.panels + layout.columns - 1) / layout.columns;
  layout.label_width = 6;  // "theory"
  for (const Curve& curve : curves)
    layout.label_width = std::max(layout.label_width, display_width(make_label(curve)));
  return layout;
}

}  // namespace

Sheet make_sheet(const std::vector<SummaryRow>& rows, PictureOf what, const CellNames& names) {
  Sheet sheet{.what = what, .curves = group_curves(rows), .cells = {}, .names = names, .layout = {}};
  sheet.least_replicates = sheet.most_replicates = rows.front().replicates;
  for (const SummaryRow& row : rows) {
    if (std::find(sheet.cells.begin(), sheet.cells.end(), row.cell) == sheet.cells.end())
      sheet.cells.push_back(row.cell);
    if (drawable(row)) sheet.highest = std::max(sheet.highest, row.mean_error);
    sheet.marked = sheet.marked || !row.marks.empty();
    sheet.theory = sheet.theory || std::isfinite(row.theory_error);
    sheet.least_replicates = std::min(sheet.least_replicates, row.replicates);
    sheet.most_replicates = std::max(sheet.most_replicates, row.replicates);
  }
  sheet.layout = make_layout(sheet.cells, sheet.curves);
  return sheet;
}

}  // namespace quartic
