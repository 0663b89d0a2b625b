#include "cli/verbs/table_run.hpp"

#include <chrono>

#include "cli/help/description.hpp"
#include "cli/pictures/table_picture.hpp"
#include "cli/report/table_report.hpp"
#include "cli/terminal/text.hpp"
#include "cli/terminal/text_file.hpp"
#include "cli/verbs/output_folder.hpp"
#include "core/require.hpp"
#include "experiments/platform/clock.hpp"
#include "experiments/tables/built_in.hpp"
#include "experiments/tables/table_folder.hpp"

namespace quartic {

namespace {

CsvTable open_table(const TableStudy& study) {
  const std::string& name = study.table.name;
  const auto built_in = built_in_tables().find(name);
  if (built_in != built_in_tables().end()) return parse_csv(built_in->second, name);
  require(name.ends_with(".csv"),
          "there is no table \"" + name +
              "\" (and files of tables end in .csv). Name imagenet, or a file, under [table].");
  return parse_csv(read_text_file(name), name);
}

}  // namespace

int run_table_study(const TableStudy& study, const std::string& out, const FolderRun& options,
                    const Console& console) {
  const auto start = std::chrono::steady_clock::now();
  HeldFolder held(out.empty() ? unused_folder(study.name) : out);
  const std::string& folder = held.name();
  require_replaceable(folder, study.text);
  const TableResult result =
      analyse(study, open_table(study), read_machines(built_in_tables().at("conversions"), "conversions"));
  store_table_run(held, study, result, seconds_since(start));
  std::vector<std::string> pictures;
  if (options.plot) pictures = draw_table_picture(folder);
  if (options.json)
    console.out << findings_json(study, result);
  else if (!options.quiet)
    console.out << table_report({study, result, folder, pictures}, console);
  return exit_status::done;
}

}  // namespace quartic
