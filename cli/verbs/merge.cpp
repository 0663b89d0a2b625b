#include <filesystem>
#include <tuple>

#include "cli/help/common_options.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/folder_run.hpp"
#include "cli/verbs/verb.hpp"
#include "core/require.hpp"
#include "experiments/store/export.hpp"
#include "experiments/store/reader.hpp"

namespace quartic {

namespace {

/// What is to be merged: folders that have a store, and the one study of them.
struct Sources {
  std::vector<std::string> folders;
  std::optional<Study> study;
  bool names_it = false;  ///< the store that the study is from knows its name
};

// A task of an array may have been killed before it had a store: the others are merged all the same.
bool is_usable(const std::string& folder, const Console& console) {
  require(std::filesystem::is_directory(folder),
          "there is no folder " + folder + " (nothing can be merged from it). Name the folders of runs.");
  try {
    const StoreReader opens(folder);
    return true;
  } catch (const Refusal& error) {
    console.err << "quartic: warning: " << folder << " is left out: " << error.what() << std::endl;
  }
  return false;
}

// The least name of those that were not lost, so that the order of the folders decides nothing.
void add_source(Sources& sources, const std::string& folder, const Catalogues& catalogues) {
  const StoreReader store(folder);
  sources.folders.push_back(folder);
  if (store.study_text().empty()) return;  // lost; its records know what they belong to
  Study study = store.study(catalogues);
  require(!sources.study || study.text == sources.study->text,
          folder + " holds another study than " + sources.folders.front() +
              " (their study.toml differ). Merge folders of one study.");
  const bool names_it = store.shard().has_value();
  if (sources.study && std::tuple(!names_it, study.name, study.effort) >=
                           std::tuple(!sources.names_it, sources.study->name, sources.study->effort))
    return;
  sources.names_it = names_it;
  sources.study = std::move(study);
}

Sources usable_sources(const std::vector<std::string>& folders, const Program& program) {
  Sources sources;
  for (const std::string& folder : folders)
    if (is_usable(folder, program.console)) add_source(sources, folder, program.catalogues);
  require(sources.study.has_value(),
          "none of these folders holds a store that can be read (see above). Name folders of runs.");
  return sources;
}

void tell_what_is_missing(const std::string& out, const Study& study, const Console& console) {
  StoreReader store(out);
  const StoreCounts counts = stored_counts(store, study);
  if (counts.done < counts.total)
    console.err << "quartic: " << with_thousands(counts.total - counts.done) << " of "
                << with_thousands(counts.total) << " fits are missing still; quartic resume " << out
                << " computes them" << std::endl;
}

int merge(const Request& request, const Program& program) {
  const Console& console = program.console;
  const FolderRun run = read_folder_run(request);
  const std::string out = *request.value("OUT");
  const Sources sources = usable_sources(request.all("DIR"), program);
  const Study& study = *sources.study;
  HeldFolder held(out);
  require_same_study(out, study, OtherStudy::refuse);
  KeptRun kept(held, study);
  RecordStore& store = kept.store;
  for (const std::string& from : sources.folders) {
    const TakenOver taken = store.take_over(from);
    if (taken.damaged)
      console.err << "quartic: warning: the store in " << from << " is damaged; "
                  << with_thousands(taken.records) << " sound records of it could be read" << std::endl;
    else if (!run.quiet && !run.json)
      console.err << from << ": " << with_thousands(taken.records) << " records" << std::endl;
  }
  store.finish();
  if (store.unsound() > 0)
    console.err << "quartic: " << with_thousands(store.unsound())
                << " records were left out (their checksums fail)" << std::endl;
  tell_what_is_missing(out, study, console);
  return collect_in_folder(kept, run, console);
}

}  // namespace

Verb merge_verb() {
  return {.text = {.name = "merge",
                   .summary = "put the folders of shards together",
                   .description = R"(
Copies the records of several folders of one study into another folder and writes the results, to the bit
those of one run of the whole study; the order of the folders does not matter. Records with a wrong
checksum, and those of a damaged store that cannot be read, are left out. Where some are missing still, it
says so with exit status 130, and quartic resume computes them.
)",
                   .arguments = {{.name = "OUT",
                                  .help = "The folder for all: new, empty, or of the same study.",
                                  .completes = Completes::folders},
                                 {.name = "DIR",
                                  .help = "The folders to put together.",
                                  .completes = Completes::folders,
                                  .repeats = true}},
                   .options = report_options(),
                   .examples = {{"quartic merge runs/all runs/shard-1 runs/shard-2",
                                 "two shards become one run"}}},
          .run = merge};
}

}  // namespace quartic
