#include "cli/description.hpp"
#include "cli/folder_run.hpp"
#include "cli/text.hpp"
#include "cli/verbs.hpp"
#include "core/require.hpp"
#include "experiments/store_export.hpp"

namespace quartic {

namespace {

// One study, that of them all.
Study common_study(const std::vector<std::string>& folders) {
  const std::string text = StoreReader(folders.front()).study_text();
  for (const std::string& folder : folders)
    require(StoreReader(folder).study_text() == text,
            folder + " holds another study than " + folders.front() +
                " (their study.toml differ). Merge folders of one study.");
  return StoreReader(folders.front()).study();
}

void tell_what_is_missing(const std::string& out, const Study& study, const Console& console) {
  StoreReader store(out);
  const StoreCounts counts = stored_counts(store, study);
  if (counts.done < counts.total)
    console.err << "quartic: " << with_thousands(counts.total - counts.done) << " of "
                << with_thousands(counts.total) << " fits are missing still; quartic resume " << out
                << " computes them" << std::endl;
}

}  // namespace

int merge_runs(const MergeOptions& options, const Console& console) {
  const Study study = common_study(options.folders);
  RunFolder folder(options.out);
  repair_and_tell(options.out, options.quiet, console);
  require_same_study(options.out, study, false);
  RecordStore store(options.out, study);
  for (const std::string& from : options.folders) {
    const Index taken = store.take_over(from);
    if (!options.quiet && !options.json)
      console.err << from << ": " << with_thousands(taken) << " records" << std::endl;
  }
  store.finish();
  if (store.unsound() > 0)
    console.err << "quartic: " << with_thousands(store.unsound())
                << " records were left out (their checksums fail)" << std::endl;
  tell_what_is_missing(options.out, study, console);
  return collect_in_folder(folder, study, store,
                           {.plot = options.plot, .json = options.json, .quiet = options.quiet}, console);
}

}  // namespace quartic
