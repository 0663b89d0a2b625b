#include "experiments/store/export.hpp"
#include "cli/help/description.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/verbs.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

ExportFormat format_named(const std::string& name) {
  std::vector<std::string> names;
  for (const ExportFormat format :
       {ExportFormat::csv, ExportFormat::npy, ExportFormat::jsonl, ExportFormat::views}) {
    if (name == to_string(format)) return format;
    names.emplace_back(to_string(format));
  }
  throw InvalidInput("--format was given \"" + name + "\" (there is no such format)." +
                     suggestion(name, names));
}

}  // namespace

int export_records(const ExportOptions& options, const Console& console) {
  const ExportFormat format = format_named(options.format);
  std::optional<StoreReader> store(options.folder);
  const Study study = store->study();
  const Index unsound = store->unsound(study);
  store.reset();  // before another connection may write
  if (unsound > 0)
    console.err << "quartic: warning: " << with_thousands(unsound)
                << " records are left out (their checksums fail); quartic resume " << options.folder
                << " computes them again" << std::endl;
  const std::string out = options.out.empty() ? options.folder : options.out;
  const std::vector<std::string> names = export_store(options.folder, study, format, out);
  if (format == ExportFormat::views)
    console.out << "in " << options.folder << "/run.sqlite: " << joined(names) << "\n";
  else
    for (const std::string& name : names) console.out << out << "/" << name << "\n";
  return exit_status::done;
}

}  // namespace quartic
