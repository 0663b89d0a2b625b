#include <algorithm>
#include <map>

#include "cli/help/common_options.hpp"
#include "cli/terminal/interrupt.hpp"
#include "cli/terminal/progress.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/verb.hpp"
#include "core/require.hpp"
#include "experiments/platform/build_info.hpp"
#include "experiments/platform/machine.hpp"
#include "experiments/store/recompute.hpp"

namespace quartic {

namespace {

constexpr std::size_t differences_shown = 20;

std::string machine_text(const std::string& version, const std::string& revision, const std::string& compiler,
                         const std::string& cpu) {
  return "quartic " + version + " (" + revision + ", " + compiler + ") on " + cpu;
}

std::string render_machine(const StoredRun& run) {
  return machine_text(run.version, run.git_revision, run.compiler, run.cpu + ", " + run.instruction_set);
}

std::string text_of_this_program() {
  return machine_text(std::string(version()), std::string(git_revision()), std::string(compiler()),
                      cpu_model() + ", " + std::string(instruction_set()));
}

std::string render_record(const RecomputedRecord& pair, const std::vector<std::string>& columns) {
  const Record& record = pair.stored.record;
  return "  " + to_string(RecordName{pair.stored.key, record.n, record.replicate}) + "  " + record.arm +
         ", cell " + std::to_string(record.cell) + ": " + joined(columns) + "\n";
}

std::string differences_text(const std::vector<RecomputedRecord>& pairs, std::size_t& count) {
  std::string text;
  for (const RecomputedRecord& pair : pairs) {
    const std::vector<std::string> columns = pair.differences();
    if (columns.empty()) continue;
    if (++count <= differences_shown) text += render_record(pair, columns);
  }
  if (count > differences_shown)
    text += "  and " + with_thousands(static_cast<Index>(count - differences_shown)) + " more\n";
  return text;
}

// The programs that wrote the records that differ.
std::string writers_text(const std::vector<RecomputedRecord>& pairs, const std::vector<StoredRun>& runs) {
  std::map<Index, Index> by_run;
  for (const RecomputedRecord& pair : pairs)
    if (!pair.differences().empty()) ++by_run[pair.stored.run];
  std::string text;
  for (const auto& [id, records] : by_run) {
    const auto run = std::find_if(runs.begin(), runs.end(),
                                  [wanted = id](const StoredRun& one) { return one.id == wanted; });
    text += "written by " + (run == runs.end() ? std::string("an unknown run") : render_machine(*run)) +
            ": " + with_thousands(records) + " of them\n";
  }
  return text + "computed by " + text_of_this_program() + "\n";
}

/// Of the tasks that are to be verified.
double read_share(const Request& request) {
  const double share = read_positive(request, "--sample").value_or(0.01);
  require(share <= 1, "--sample is more than everything (it is a share of the tasks). Write 1% or 100%.");
  return share;
}

std::vector<RecomputedRecord> computed_again(const StoreReader& store, const Study& study,
                                             const TaskSample& sample, const EngineOptions& engine) {
  return recompute(store, study, engine, [&](const FoundRecord& found) { return sample(found); });
}

void tell_of_unsound(Index unsound, const std::string& folder, const Console& console) {
  if (unsound > 0)
    console.out << with_thousands(unsound)
                << " more were changed since they were written (their checksums fail); "
                << "quartic resume " << folder << " computes them again\n";
}

int verify(const Request& request, const Program& program) {
  const Console& console = program.console;
  const double share = read_share(request);
  const std::string folder = *request.value("DIR");
  const StoreReader store(folder);
  const Study study = store.study(program.catalogues);
  const TaskSample sample(store, study, share);
  require(sample.tasks() > 0,
          "the store in " + folder + " has no records yet (nothing can be verified). Run the study first.");
  const InterruptGuard guard;
  const std::vector<RecomputedRecord> pairs = computed_again(store, study, sample,
                                                             {.threads = read_threads(request),
                                                              .memory_bytes = read_memory(request),
                                                              .stop = &guard.stop(),
                                                              .abandon = &guard.abandon()});
  std::size_t count = 0;
  const std::string differences = differences_text(pairs, count);
  console.out << with_thousands(std::ssize(pairs)) << " records of " << with_thousands(sample.tasks())
              << " tasks computed again: "
              << (count == 0 ? std::string("all have the same bits")
                             : with_thousands(static_cast<Index>(count)) + " differ")
              << "\n";
  if (count > 0) console.out << differences << writers_text(pairs, store.runs());
  const Index unsound = store.unsound(study);
  tell_of_unsound(unsound, folder, console);
  if (guard.signal() > 0) return exit_status::signalled + guard.signal();
  return count == 0 && unsound == 0 ? exit_status::done : exit_status::differs;
}

}  // namespace

Verb verify_verb() {
  return {
      .text =
          {.name = "verify",
           .summary = "compute some of the records again and compare the bits",
           .description = R"(
Runs a random sample of the tasks of a finished run again, the same sample each time, and compares every
bit with what is stored. Differences are listed with the program and the processor that wrote the record,
and with those that compute now: fits have the same bits for one build on one kind of processor. Exit
status 1 where something differs.
)",
           .arguments = {folder_argument()},
           .options = together(
               {{{.name = "--sample",
                  .value = "SHARE",
                  .help =
                      "Of the tasks (replicates of cells), such as 1% or 0.2; 1% unless told otherwise, and "
                      "at least one task."}},
                machine_options()}),
           .examples = {{"quartic verify runs/figure2 --sample 5%", "one task in twenty"}}},
      .run = verify};
}

}  // namespace quartic
