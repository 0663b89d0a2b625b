#include "experiments/findings/summary.hpp"

#include <map>
#include <string>

#include "experiments/findings/total_flops.hpp"
#include "experiments/platform/csv.hpp"
#include "experiments/results/settings.hpp"

namespace quartic {

namespace {

Matrix compute_totals(const Usage& usage, const Cube& cube, Index cell) {
  Matrix totals(cube.axes().arms.size(), cube.axes().sizes.size());
  const std::map<Measure, Matrix> means = {
      {Measure::fit_flops, cube.mean(cell, Measure::fit_flops)},
      {Measure::tuning_flops, cube.mean(cell, Measure::tuning_flops)},
      {Measure::pretraining_flops, cube.mean(cell, Measure::pretraining_flops)},
      {Measure::inference_flops, cube.mean(cell, Measure::inference_flops)}};
  for (Index arm = 0; arm < totals.rows(); ++arm)
    for (Index size = 0; size < totals.cols(); ++size)
      totals(arm, size) =
          total_flops(usage, [&](Measure measure) { return means.at(measure)(arm, size); }).sum();
  return totals;
}

void count_troubles(const Cube& cube, Slot slot, SummaryRow& row) {
  for (slot.replicate = 0; slot.replicate < cube.axes().replicates; ++slot.replicate) {
    const double status = cube.at(slot, Measure::status);
    if (status == static_cast<double>(FitStatus::failed))
      ++row.failed;
    else if (status > static_cast<double>(FitStatus::converged))
      ++row.unconverged;
  }
}

std::string render_line(const SummaryRow& row, const std::string& settings) {
  std::string line =
      std::to_string(row.cell) + "," + csv_field(row.arm) + "," + std::to_string(row.n) + settings;
  for (const double number : {row.replicates, row.mean_error, row.mean_error_se, row.geometric_mean_error,
                              row.theory_error, row.fit_flops, row.tuning_flops, row.total_flops})
    line += "," + csv_field(number);
  return line + "," + csv_field(row.marks) + "," + std::to_string(row.failed) + "," +
         std::to_string(row.unconverged) + "\n";
}

}  // namespace

std::vector<SummaryRow> summarise(const Study& study, const Cube& cube, Index position) {
  const Matrix count = cube.count(position, Measure::normalised_error),
               mean = cube.mean(position, Measure::normalised_error),
               standard_error = cube.standard_error(position, Measure::normalised_error),
               geometric_mean = cube.geometric_mean(position, Measure::normalised_error),
               theory = cube.mean(position, Measure::theory),
               fit_flops = cube.mean(position, Measure::fit_flops),
               tuning_flops = cube.mean(position, Measure::tuning_flops),
               total_flops = compute_totals(study.usage, cube, position);
  const Cell cell = study.cells[static_cast<std::size_t>(position)];
  std::vector<SummaryRow> rows;
  for (Index arm = 0; arm < std::ssize(cell.arms); ++arm) {
    const ArmSpec& spec = cell.arms[static_cast<std::size_t>(arm)];
    const std::string marks = list_marks(spec, study.catalogues.model(spec.model.kind));
    for (Index size = 0; size < std::ssize(study.sizes); ++size) {
      if (cube.leaves_out({position, arm, size, 0})) continue;
      rows.push_back({.cell = cell.id,
                      .arm = spec.name,
                      .n = study.sizes[static_cast<std::size_t>(size)],
                      .replicates = count(arm, size),
                      .mean_error = mean(arm, size),
                      .mean_error_se = standard_error(arm, size),
                      .geometric_mean_error = geometric_mean(arm, size),
                      .theory_error = theory(arm, size),
                      .fit_flops = fit_flops(arm, size),
                      .tuning_flops = tuning_flops(arm, size),
                      .total_flops = total_flops(arm, size),
                      .marks = marks});
      count_troubles(cube, {position, arm, size, 0}, rows.back());
    }
  }
  return rows;
}

void write_summary_csv(const Study& study, const Cube& cube,
                       const std::function<void(std::string_view)>& write) {
  const SettingColumns settings(study.cells);
  write("cell,arm,n" + settings.header() +
        ",replicates,mean_error,mean_error_se,geometric_mean_error,theory_error,"
        "fit_flops,tuning_flops,total_flops,marks,failed,unconverged\n");
  for (Index cell = 0; cell < cube.axes().cells; ++cell) {
    std::string lines;
    for (const SummaryRow& row : summarise(study, cube, cell))
      lines += render_line(row, settings.fields(cell));
    write(lines);
  }
}

}  // namespace quartic
