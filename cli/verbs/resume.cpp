#include "cli/help/common_options.hpp"
#include "cli/verbs/folder_run.hpp"
#include "cli/verbs/verb.hpp"
#include "core/require.hpp"
#include "experiments/store/reader.hpp"

namespace quartic {

namespace {

// The part of the study that its last run took.
Shard shard_of_folder(const StoreReader& store, const std::string& folder, const Console& console) {
  const std::optional<Shard> shard = store.shard();
  if (!shard)
    console.err << "quartic: warning: the store in " << folder
                << " has lost which shard of the study it holds; all of the study is computed" << std::endl;
  return shard.value_or(Shard{});
}

int resume(const Request& request, const Program& program) {
  const Console& console = program.console;
  const std::string name = *request.value("DIR");
  require(StoreReader::exists(name),
          "the folder " + name + " holds no store (there is no run.sqlite in it). Name the folder of a run.");
  FolderRun run = read_folder_run(request);
  HeldFolder held(name);  // from here on nobody changes what the store says
  std::optional<StoreReader> store(name);
  const Study study = store->study(program.catalogues);
  run.shard = shard_of_folder(*store, name, console);
  store.reset();  // before another connection writes
  return run_in_folder(held, study, run, console);
}

}  // namespace

Verb resume_verb() {
  return {
      .text = {.name = "resume",
               .summary = "go on with a run that was killed, interrupted, or out of disk",
               .description = R"(
Runs what is missing of the study in a folder, and writes its results: to the bit what one run without an
interruption would have left. Goes on with the shard that the folder's last run had. A damaged store is
refused and left as it is: quartic merge copies what can still be read of it to another folder.
)",
               .arguments = {folder_argument()},
               .options = together(
                   {machine_options(),
                    {{.name = "--retry-failed", .help = "Run again the fits that failed."},
                     {.name = "--checkpoints",
                      .value = "DIR",
                      .help = "Folder in which long fits of networks keep their state, as of quartic run.",
                      .completes = Completes::folders}},
                    report_options()}),
               .examples = {{"quartic resume runs/figure2", "go on after a power cut"}}},
      .run = resume};
}

}  // namespace quartic
