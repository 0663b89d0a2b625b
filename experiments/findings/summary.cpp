#include "experiments/findings/summary.hpp"

#include <string>

#include "experiments/platform/csv.hpp"
#include "experiments/results/settings.hpp"

namespace quartic {

namespace {

/// The averages of one cell, each arms x sizes.
struct CellAverages {
  Matrix count, mean, standard_error, geometric_mean, theory, fit_flops, tuning_flops;
};

CellAverages compute_averages(const Cube& cube, Index cell) {
  return {.count = cube.count(cell, Measure::normalised_error),
          .mean = cube.mean(cell, Measure::normalised_error),
          .standard_error = cube.standard_error(cell, Measure::normalised_error),
          .geometric_mean = cube.geometric_mean(cell, Measure::normalised_error),
          .theory = cube.mean(cell, Measure::theory),
          .fit_flops = cube.mean(cell, Measure::fit_flops),
          .tuning_flops = cube.mean(cell, Measure::tuning_flops)};
}

/// How many replicates of one arm and size ended without a result, and how many with an imperfect one.
struct Troubles {
  Index failed = 0, unconverged = 0;
};

Troubles find_troubles(const Cube& cube, Slot slot) {
  Troubles troubles;
  for (slot.replicate = 0; slot.replicate < cube.axes().replicates; ++slot.replicate) {
    const double status = cube.at(slot, Measure::status);
    if (status == static_cast<double>(FitStatus::failed))
      ++troubles.failed;
    else if (status > static_cast<double>(FitStatus::converged))
      ++troubles.unconverged;
  }
  return troubles;
}

/// Of what stands after n and the settings.
std::string render_line(const CellAverages& averages, Index arm, Index size) {
  std::string line = csv_field(averages.count(arm, size));
  for (const Matrix* column : {&averages.mean, &averages.standard_error, &averages.geometric_mean,
                               &averages.theory, &averages.fit_flops, &averages.tuning_flops})
    line += "," + csv_field((*column)(arm, size));
  return line;
}

std::string render_cell(const Study& study, const Cube& cube, Index cell, const std::string& set) {
  std::string csv;
  const Cell described = study.cells[static_cast<std::size_t>(cell)];
  const CellAverages averages = compute_averages(cube, cell);
  for (Index arm = 0; arm < static_cast<Index>(described.arms.size()); ++arm) {
    const ArmSpec& spec = described.arms[static_cast<std::size_t>(arm)];
    const std::string marks = csv_field(list_marks(spec, study.catalogues.model(spec.model.kind)));
    for (Index size = 0; size < static_cast<Index>(study.sizes.size()); ++size) {
      if (cube.leaves_out({cell, arm, size, 0})) continue;
      const Troubles troubles = find_troubles(cube, {cell, arm, size, 0});
      csv += std::to_string(described.id) + "," + csv_field(spec.name) + "," +
             std::to_string(study.sizes[static_cast<std::size_t>(size)]) + set + "," +
             render_line(averages, arm, size) + "," + marks + "," + std::to_string(troubles.failed) + "," +
             std::to_string(troubles.unconverged) + "\n";
    }
  }
  return csv;
}

}  // namespace

void write_summary_csv(const Study& study, const Cube& cube,
                       const std::function<void(std::string_view)>& write) {
  const SettingColumns settings(study.cells);
  write("cell,arm,n" + settings.header() +
        ",replicates,mean_error,mean_error_se,geometric_mean_error,theory_error,"
        "fit_flops,tuning_flops,marks,failed,unconverged\n");
  for (Index cell = 0; cell < cube.axes().cells; ++cell)
    write(render_cell(study, cube, cell, settings.fields(cell)));
}

}  // namespace quartic
