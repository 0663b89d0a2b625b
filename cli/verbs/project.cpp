#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/help/common_options.hpp"
#include "cli/report/projection_text.hpp"
#include "cli/terminal/text.hpp"
#include "cli/terminal/text_file.hpp"
#include "cli/verbs/verb.hpp"
#include "core/require.hpp"
#include "experiments/platform/csv.hpp"
#include "experiments/tables/built_in.hpp"
#include "experiments/tables/columns.hpp"
#include "laws/frontiers/projection.hpp"

namespace quartic {

namespace {

struct ProjectOptions {
  std::string file;             ///< "": the published ImageNet systems
  std::vector<double> targets;  ///< errors
  ProjectionForm law = ProjectionForm::power;
  ErrorColumn error;           ///< of the file
  std::string compute;         ///< column of the file; "": a usual one
  std::optional<double> unit;  ///< operations in one unit of computing; nothing: by the column's name
  std::string conversions;     ///< "": those of the program
  std::string hardware;        ///< "": the first of them
};

ProjectOptions project_options(const Request& request) {
  ProjectOptions options{.file = request.value("FILE.csv").value_or(""),
                         .targets = {},
                         .law = value_named(request.value("--law").value_or("power"), "--law", "form",
                                            {ProjectionForm::power, ProjectionForm::exponential}),
                         .error = {.name = request.value("--error").value_or(""),
                                   .accuracy = request.has("--accuracy"),
                                   .percent = request.has("--percent")},
                         .compute = request.value("--compute").value_or(""),
                         .unit = read_positive(request, "--unit"),
                         .conversions = request.value("--conversions").value_or(""),
                         .hardware = request.value("--hardware").value_or("")};
  for (const char* name : {"--error", "--accuracy", "--percent", "--compute", "--unit"})
    require(!options.file.empty() || !request.has(name),
            std::string(name) + " was given without a table (the published one is known). Name a FILE.csv.");
  for (const std::string& target : request.all("--target"))
    options.targets.push_back(parse_positive(target, "--target"));
  if (options.targets.empty()) options.targets = {0.05, 0.01};
  return options;
}

/// Where the errors and their computing stand.
struct Source {
  CsvTable table;
  ErrorColumn error;
  std::string compute;
  double unit;
};

Source open_source(const ProjectOptions& options) {
  const bool published = options.file.empty();
  Source source{published ? parse_csv(built_in_tables().at("imagenet"), "imagenet")
                          : parse_csv(read_text_file(options.file), options.file),
                options.error, "", 1};
  source.error = find_errors(source.table, options.error);
  source.compute = find_computing(source.table, options.compute);
  require(!source.compute.empty(), source.table.file +
                                       " has no column of computing under a usual name (it holds " +
                                       joined(source.table.header) + "). Name it with --compute.");
  source.unit = options.unit.value_or(unit_in_name(source.compute));
  return source;
}

/// What was taken for what, of a table of the user.
std::string source_text(const Source& source, const ProjectOptions& options) {
  return fmt::format("{}: error {}{}{}, computing {} in units of {} ({}).", source.table.file,
                     source.error.accuracy ? "1 - " : "", source.error.name,
                     source.error.percent ? " in per cent" : "", source.compute,
                     source.unit == 1 ? "one operation" : fmt::format("{:g} operations", source.unit),
                     options.unit ? "--unit" : "by its name; --unit says otherwise") +
         (source.error.note.empty() ? "" : " " + source.error.note);
}

Machine find_machine(const ProjectOptions& options) {
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

ProjectionTable projected(const Source& source, const ProjectOptions& options) {
  const Vector flops = source.unit * read_numbers(source.table, source.table.column(source.compute));
  const Vector errors =
      errors_from(read_numbers(source.table, source.table.column(source.error.name)), source.error);
  require_usable(source.table, errors, source.error.name);
  require_usable(source.table, flops, source.compute);
  ProjectionTable table{fit_projection(options.law, flops, errors), find_machine(options), 0.95, {}};
  require(table.fit.forward.rows >= 3,
          fmt::format(
              "{} has {} rows with a positive error and computing (a line with an interval takes three). Add "
              "rows, or name the columns with --error and --compute.",
              source.table.file, table.fit.forward.rows));
  require(
      table.fit.forward.line.slope > 0,
      fmt::format(
          "The errors of {} do not fall with {} (slope {:.3g}): no computing reaches a target. Name other "
          "columns with --error and --compute, or add --accuracy where {} holds accuracies.",
          source.table.file, source.compute, table.fit.forward.line.slope, source.error.name));
  for (const double target : options.targets) {
    require_same_unit("--target", target, source.table, errors);
    table.projections.push_back(project(table.fit, target));
  }
  return table;
}

int project_errors(const Request& request, const Program& program) {
  const ProjectOptions options = project_options(request);
  const Source source = open_source(options);
  const ProjectionTable table = projected(source, options);
  if (request.has("--json")) {
    nlohmann::ordered_json document{{"schema_version", 1},
                                    {"error_column", source.error.name},
                                    {"compute_column", source.compute},
                                    {"unit", source.unit}};
    document.update(nlohmann::ordered_json::parse(projections_json(table)));
    program.console.out << document.dump(2) << "\n";
    return exit_status::done;
  }
  if (!options.file.empty())
    program.console.out << wrapped(source_text(source, options), program.console.width) << "\n\n";
  program.console.out << projections_text(table, program.console);
  return exit_status::done;
}

OptionGroup columns_and_hardware() {
  return {{.name = "--target",
           .letter = "-t",
           .value = "ERROR",
           .help = "An error to reach, such as 5% or 0.05; may be repeated. 5 % and 1 % unless told "
                   "otherwise.",
           .repeats = true},
          {.name = "--law",
           .letter = "-l",
           .value = "FORM",
           .help = "power: log10 1/error = a + b log10 C. exponential: 1/error = a + b log10 C. power "
                   "unless told otherwise.",
           .completes = Completes::projection_laws},
          {.name = "--error",
           .value = "COLUMN",
           .help = "The column of errors; found by a usual name unless told otherwise."},
          {.name = "--accuracy", .help = "That column holds accuracies; the error is 1 less these."},
          {.name = "--percent", .help = "Its numbers are per cent, without a sign."},
          {.name = "--compute",
           .value = "COLUMN",
           .help = "The column of computing; found by a usual name unless told otherwise."},
          {.name = "--unit",
           .value = "NUMBER",
           .help = "Operations in one unit of that column: 1e9 where it counts GFLOP. What its name says "
                   "(gflop, pflop_s_days) unless told otherwise, else 1."},
          {.name = "--conversions",
           .letter = "-c",
           .value = "FILE",
           .help = "A table of hardware of your own, with peak rates, power and prices; quartic show "
                   "conversions prints the one that is used otherwise.",
           .completes = Completes::tables},
          {.name = "--hardware",
           .value = "NAME",
           .help = "The row of that table to convert by; the first unless told otherwise."},
          {.name = "--json", .help = "Print JSON instead of a table."}};
}

}  // namespace

Verb project_verb() {
  return {.text = {.name = "project",
                   .summary = "what a lower error would cost: computing, energy, CO2, money",
                   .description = R"(
Fits a line to published errors and computing, and solves it for an error: how many operations that would
take, how much energy, CO2 and money. The answer comes with the 95 % interval of the line (Fieller's; it
is enormous, and that is the message), with the answer of the reverse regression, which takes the noise to
be in the computing, and with a warning where it lies more than two decades beyond the table.

Without FILE.csv the table is that of the 13 published ImageNet systems (quartic show imagenet).
)",
                   .arguments = {{.name = "FILE.csv",
                                  .help = "A table with a column of errors and one of computing.",
                                  .completes = Completes::tables,
                                  .optional = true}},
                   .options = columns_and_hardware(),
                   .examples = {{"quartic project --target 5% --target 1%", "the published trend, continued"},
                                {"quartic project --law exponential --json", "the other form, for a script"},
                                {"quartic project mine.csv --error top1 --percent --compute gflop",
                                 "a table of your own"},
                                {"quartic show conversions > my-hardware.csv",
                                 "the start of conversions of your own"}}},
          .run = project_errors};
}

}  // namespace quartic
