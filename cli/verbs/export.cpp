#include "experiments/store/export.hpp"

#include "cli/help/common_options.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/verb.hpp"
#include "experiments/platform/folder_lock.hpp"

namespace quartic {

namespace {

void warn_of_unsound(Index unsound, const std::string& folder, const Console& console) {
  if (unsound > 0)
    console.err << "quartic: warning: " << with_thousands(unsound)
                << " records are left out (their checksums fail); quartic resume " << folder
                << " computes them again" << std::endl;
}

int export_records(const Request& request, const Program& program) {
  const std::string folder = *request.value("DIR");
  const ExportFormat format =
      value_named(request.value("--format").value_or("csv"), "--format", "format",
                  {ExportFormat::csv, ExportFormat::npy, ExportFormat::jsonl, ExportFormat::views});
  std::string out = read_name(request, "--out");
  if (out.empty()) out = folder;
  std::optional<FolderLock> lock;  // views lie in the store: from here on nobody changes what it says
  if (format == ExportFormat::views && StoreReader::exists(folder)) lock.emplace(folder);
  std::optional<StoreReader> store(folder);
  const Study study = store->study(program.catalogues);
  const Index unsound = store->unsound(study);
  store.reset();  // before another connection may write
  warn_of_unsound(unsound, folder, program.console);
  const std::vector<std::string> names = export_store(folder, study, format, out);
  if (format == ExportFormat::views)
    program.console.out << "in " << folder << "/run.sqlite: " << joined(names) << "\n";
  else
    for (const std::string& name : names) program.console.out << out << "/" << name << "\n";
  return exit_status::done;
}

}  // namespace

Verb export_verb() {
  return {
      .text =
          {.name = "export",
           .summary = "the records of a run in another form: csv, npy, jsonl, SQL views",
           .description = R"(
Writes what the store of a run has so far. csv: records.csv, summary.csv, timings.csv and, of worlds of
classes, classes.csv. npy: cube.npy with cube.json. jsonl: records.jsonl, one record a line, with the key
that quartic replay takes. views: nothing to a file, but a table and views in run.sqlite itself, in which
every record has its cell, its arm and a column for each setting that is swept: results, averages,
failures. The order is that of the study, and the bytes are the same however the records came to be.
)",
           .arguments = {folder_argument()},
           .options =
               {{.name = "--format",
                 .letter = "-f",
                 .value = "FORMAT",
                 .help = "csv, npy, jsonl or views; csv unless told otherwise."},
                {.name = "--out",
                 .letter = "-o",
                 .value = "DIR",
                 .help =
                     "Where to write; the folder of the run unless told otherwise. While the run goes on, "
                     "name another one.",
                 .completes = Completes::folders}},
           .examples = {{"quartic export runs/figure2 --format jsonl", "a line of JSON a record"},
                        {"quartic export runs/figure2 --out so-far", "what there is while the run goes on"}}},
      .run = export_records};
}

}  // namespace quartic
