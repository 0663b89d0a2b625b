#include "cli/studies/study_limits.hpp"
#include "cli/studies/study_source.hpp"
#include "cli/verbs/folder_run.hpp"
#include "cli/verbs/output_folder.hpp"
#include "cli/verbs/table_run.hpp"
#include "cli/verbs/verb.hpp"

namespace quartic {

namespace {

int run_study(const Request& request, const Program& program) {
  const Console& console = program.console;
  const FolderRun run = read_folder_run(request);
  const std::string out = read_name(request, "--out");
  const LimitOptions limits = read_limits(request);
  const StudySource source = read_study_source(read_study_options(request), program.catalogues);
  if (is_table_study(source.text, source.file))
    return run_table_study(parse_table_study(source.text, source.file, source.edits), out, run, console);
  const LimitedStudy limited =
      within_limits(source, limits, {.threads = run.threads, .memory_bytes = run.memory_bytes});
  if (!limited.trimmed.empty() && !run.quiet) console.err << limited.trimmed << std::endl;
  const Study& study = limited.study;
  HeldFolder held(out.empty() ? unused_folder(study.name) : out);
  require_same_study(held.name(), study,
                     request.has("--extend") ? OtherStudy::extend : OtherStudy::offer_to_extend);
  return run_in_folder(held, study, run, console);
}

OptionGroup folder_options() {
  return {
      {.name = "--out",
       .letter = "-o",
       .value = "DIR",
       .help = "Folder for the results: new, empty, or of an earlier run of the same study. Unless told "
               "otherwise: runs/ and the name of the experiment, with a number where that exists.",
       .completes = Completes::folders},
      {.name = "--checkpoints",
       .value = "DIR",
       .help =
           "Folder in which long fits of networks keep their state, about once a second. The same command "
           "after a kill goes on from there, to the same bits; the files of finished fits are removed. A "
           "rate that is being tried is not kept, those tried before are.",
       .completes = Completes::folders}};
}

/// How a run goes together with other runs of its study.
OptionGroup continuation_options() {
  return {
      {.name = "--extend",
       .help = "Let the folder hold another study: fits that both have are kept, those that are missing are "
               "computed, and the results are those of this study."},
      {.name = "--retry-failed", .help = "Run again the fits that failed."},
      {.name = "--shard",
       .value = "i/N",
       .help =
           "Run the i-th of N parts of the study, counted from 1, each in a folder of its own on a machine "
           "of its own; quartic merge puts the folders together. What belongs to a part depends on the "
           "worlds and the seed alone."}};
}

}  // namespace

Verb run_verb() {
  return {.text = {.name = "run",
                   .summary = "run an experiment: a table of errors, findings with verdicts, files to keep",
                   .description = R"(
Runs a study: draws its worlds, trains its arms at every size and replicate, and judges its claims. At the
end it prints the error of every arm at every size beside the theory, where curves cross, and a verdict on
every claim.

The folder of results holds summary.csv (averages), records.csv (every fit), findings.json (the verdicts),
cube.npy (everything, for NumPy), timings.csv and manifest.json (what ran, where, and a digest of the
results); of worlds of classes also classes.csv (AUC, log loss and Brier score of every fit).

Every fit is kept in run.sqlite, in that folder, within a tenth of a second of the end of its replicate, and
where that takes longer than ten seconds within half a second of its own end. Whatever ends the run, the same
command, or quartic resume, goes on from there, to the same bits.

Ctrl-C finishes the replicates that are running, of those that have taken ten seconds only the fits that
run, and says about how long these take. A second Ctrl-C drops them, and a third quits at once. What is
complete is kept. SIGTERM and SIGHUP do the same.
)",
                   .arguments = {study_argument()},
                   .options = together({study_options(), machine_options(), limit_options(), folder_options(),
                                        report_options("Draw the pictures at the end, as quartic plot does."),
                                        continuation_options()}),
                   .examples = {{"quartic run figure2 --effort classroom", "a first look, in seconds"},
                                {"quartic run figure2 --set world.noise=2 --out runs/noisy",
                                 "the same with more noise"},
                                {"quartic run mine.toml --plot", "a study of your own, with pictures"},
                                {"quartic show figure2 | quartic run - --effort classroom --json",
                                 "findings for a script"}}},
          .run = run_study};
}

}  // namespace quartic
