#include "cli/help/description.hpp"
#include "cli/verbs/folder_run.hpp"
#include "cli/verbs/output_folder.hpp"
#include "cli/verbs/table_run.hpp"
#include "cli/verbs/verbs.hpp"
#include "core/require.hpp"
#include "experiments/store/reader.hpp"

namespace quartic {

namespace {

FolderRun folder_run(const RunOptions& options) {
  return {.threads = options.threads,
          .memory_bytes = options.memory_bytes,
          .checkpoints = options.checkpoints,
          .shard = options.shard.empty() ? Shard{} : parse_shard(options.shard),
          .retry_failed = options.retry_failed,
          .plot = options.plot,
          .json = options.json,
          .quiet = options.quiet};
}

// The part of the study that its last run took.
Shard shard_of_folder(const StoreReader& store, const std::string& folder, const Console& console) {
  const std::optional<Shard> shard = store.shard();
  if (!shard)
    console.err << "quartic: warning: the store in " << folder
                << " has lost which shard of the study it holds; all of the study is computed" << std::endl;
  return shard.value_or(Shard{});
}

}  // namespace

int run_study(const RunOptions& options, const Console& console) {
  const StudySource source = read_study_source(options.study);
  if (is_table_study(source.text, source.file))
    return run_table_study(parse_table_study(source.text, source.file, source.edits), options, console);
  const LimitedStudy limited = within_limits(
      source, options.limits, {.threads = options.threads, .memory_bytes = options.memory_bytes});
  if (!limited.trimmed.empty() && !options.quiet) console.err << limited.trimmed << std::endl;
  const Study& study = limited.study;
  const FolderRun run = folder_run(options);
  const std::string name = options.out.empty() ? unused_folder(study.name) : options.out;
  RunFolder folder(name);
  repair_and_tell(name, run, console);
  require_same_study(name, study, options.extend ? OtherStudy::extend : OtherStudy::offer_to_extend);
  return run_in_folder(folder, study, run, console);
}

int resume_run(const std::string& folder_name, const RunOptions& options, const Console& console) {
  require(StoreReader::exists(folder_name), "the folder " + folder_name +
                                                " holds no store (there is no run.sqlite in it). Name the "
                                                "folder of a run.");
  FolderRun run = folder_run(options);
  RunFolder folder(folder_name);
  repair_and_tell(folder_name, run, console);
  std::optional<StoreReader> store(folder_name);
  const Study study = store->study();
  run.shard = shard_of_folder(*store, folder_name, console);
  store.reset();  // before another connection writes
  return run_in_folder(folder, study, run, console);
}

}  // namespace quartic
