#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/help/description.hpp"
#include "cli/report/projection_text.hpp"
#include "cli/terminal/text_file.hpp"
#include "cli/verbs/verbs.hpp"
#include "core/require.hpp"
#include "experiments/platform/csv.hpp"
#include "experiments/tables/built_in.hpp"

namespace quartic {

namespace {

/// Where the errors and their computing stand.
struct Source {
  CsvTable table;
  std::string error, compute;
  double unit;
};

Source source_of(const ProjectOptions& options) {
  if (options.file.empty())
    return {parse_csv(built_in_tables().at("imagenet"), "imagenet"), "top1_error", "gflop", 1e9};
  return {parse_csv(read_text_file(options.file), options.file), options.error, options.compute,
          options.unit};
}

Machine machine_of(const ProjectOptions& options) {
  const bool own = !options.conversions.empty();
  const std::vector<Machine> machines =
      own ? read_machines(read_text_file(options.conversions), options.conversions)
          : read_machines(built_in_tables().at("conversions"), "conversions");
  return machine_named(machines, options.hardware);
}

/// Missing values are left out; what no logarithm has is refused.
void require_usable(const CsvTable& table, const Vector& values, const std::string& name) {
  for (Index row = 0; row < values.size(); ++row)
    require(!(values[row] <= 0) && !std::isinf(values[row]),
            fmt::format("{}:{}: {} is {:g} (its logarithm is taken). Correct it, or leave the field empty.",
                        table.file, table.lines[static_cast<std::size_t>(row)], name, values[row]));
}

ProjectionTable projected(const ProjectOptions& options) {
  const Source source = source_of(options);
  const Vector flops = source.unit * numbers_of(source.table, source.table.column(source.compute));
  const Vector errors = numbers_of(source.table, source.table.column(source.error));
  require_usable(source.table, errors, source.error);
  require_usable(source.table, flops, source.compute);
  ProjectionTable table{fit_projection(options.law, flops, errors), machine_of(options), 0.95, {}};
  require(table.fit.forward.rows >= 3,
          fmt::format("{} has {} rows with a positive error and computing (a line with an interval takes "
                      "three). Add rows, or name the columns with --error and --compute.",
                      source.table.file, table.fit.forward.rows));
  require(
      table.fit.forward.line.slope > 0,
      fmt::format(
          "The errors of {} do not fall with {} (slope {:.3g}): no computing reaches a target. Name other "
          "columns with --error and --compute.",
          source.table.file, source.compute, table.fit.forward.line.slope));
  for (const double target : options.targets) table.projections.push_back(project(table.fit, target));
  return table;
}

}  // namespace

int project_errors(const ProjectOptions& options, const Console& console) {
  const ProjectionTable table = projected(options);
  if (options.json) {
    nlohmann::ordered_json document{{"schema_version", 1}};
    document.update(nlohmann::ordered_json::parse(projections_json(table)));
    console.out << document.dump(2) << "\n";
  } else {
    console.out << projections_text(table, console);
  }
  return exit_status::done;
}

}  // namespace quartic
