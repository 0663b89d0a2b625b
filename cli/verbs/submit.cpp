#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/cluster/batch_scripts.hpp"
#include "cli/cluster/slurm.hpp"
#include "cli/help/description.hpp"
#include "cli/terminal/child.hpp"
#include "cli/terminal/text.hpp"
#include "cli/terminal/text_file.hpp"
#include "cli/verbs/output_folder.hpp"
#include "cli/verbs/verbs.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

namespace fs = std::filesystem;

/// Cells times replicates: more shards than these would find nothing to do.
Index work_of(const Study& study) {
  Index replicates = study.replicates;
  for (const ArmSpec& arm : study.cells.front().arms) replicates = std::max(replicates, arm.replicates);
  return std::ssize(study.cells) * replicates;
}

void require_work_for_all(const Study& study, Index tasks) {
  require(!study.adaptive,
          "adaptive replicates cannot be divided among tasks (each decision needs all records so far). Give "
          "replicates as a number, or run the study on one machine with quartic run.");
  const Index work = work_of(study);
  require(tasks <= work, "--tasks " + std::to_string(tasks) + " is more than there is to share (" +
                             with_thousands(work) +
                             " replicates of cells, each of which one task computes). Ask for fewer.");
}

BatchJob job_of(const Study& study, const SubmitOptions& options) {
  const std::string folder = options.out.empty() ? unused_folder(study.name) : options.out;
  require(folder.find_first_of("\r\n") == std::string::npos,
          "--out holds a line break (a line of a script cannot). Choose another folder.");
  return {.study = study.name,
          .program = own_path(),
          .folder = fs::absolute(folder).lexically_normal().string(),
          .shards = options.tasks,
          .options = sbatch_words(options.sbatch)};
}

std::vector<ShardRange> ranges_of(const BatchJob& job, const SlurmLimits& limits) {
  require(limits.array_size >= 2,
          "this cluster takes no job arrays (MaxArraySize is " + std::to_string(limits.array_size) +
              "). Run the shards as single jobs: quartic run --shard 1/" + std::to_string(job.shards) + ".");
  require(job.shards < limits.jobs,
          "--tasks " + std::to_string(job.shards) + " is more jobs than this cluster holds (MaxJobCount is " +
              std::to_string(limits.jobs) + "). Ask for at most " + std::to_string(limits.jobs - 1) +
              "; a task takes any number of cells.");
  return shard_ranges(job.shards, limits.array_size - 1);
}

/// The words after `sbatch` that start one array.
std::vector<std::string> array_words(const BatchJob& job, const ShardRange& range) {
  return {"--array=1-" + std::to_string(range.count()), job.folder + "/array.sbatch",
          std::to_string(range.first - 1)};
}

/// After the end of every task, good or bad: "afterok" would wait for ever for a task that never ends well.
std::vector<std::string> merge_words(const BatchJob& job, const std::vector<std::string>& arrays) {
  return {"--dependency=afterany:" + joined(arrays, ":"), job.folder + "/merge.sbatch"};
}

std::string command_line(const std::vector<std::string>& words) {
  std::string line = "sbatch";
  for (const std::string& word : words) line += " " + shell_word(word);
  return line;
}

void print_scripts(const BatchJob& job, const std::vector<ShardRange>& ranges, const Console& console) {
  std::vector<std::string> arrays;
  for (std::size_t k = 0; k < ranges.size(); ++k)
    arrays.push_back(ranges.size() == 1 ? "JOB" : "JOB" + std::to_string(k + 1));
  console.out << "### " << job.folder << "/array.sbatch\n" << array_script(job) << "\n";
  for (const ShardRange& range : ranges) console.out << "# " << command_line(array_words(job, range)) << "\n";
  console.out << "\n### " << job.folder << "/merge.sbatch\n"
              << merge_script(job) << "\n# " << command_line(merge_words(job, arrays)) << "\n";
}

void write_files(const BatchJob& job, const Study& study) {
  require_replaceable(job.folder, study.text);
  std::error_code error;
  fs::create_directories(job.folder + "/logs", error);
  require(!error, "the folder " + job.folder + " cannot be made (" + error.message() +
                      "). Choose another with --out, which every node sees.");
  write_text_file(job.folder + "/study.toml", study.text);
  write_text_file(job.folder + "/array.sbatch", array_script(job));
  write_text_file(job.folder + "/merge.sbatch", merge_script(job));
}

/// Submits one job more; where that fails, says what already stands in the queue.
std::string submitted(std::vector<std::string> words, const std::vector<std::string>& before) {
  try {
    return sbatch(std::move(words));
  } catch (const InvalidInput& error) {
    if (before.empty()) throw;
    throw InvalidInput(std::string(error.what()) + " Already submitted: " + joined(before) + "; scancel " +
                       joined(before, " ") + " takes that back.");
  }
}

std::string closing_text(const BatchJob& job, const std::vector<std::string>& arrays,
                         const std::string& merge, const Console& console) {
  const std::string jobs = joined(arrays, ",") + "," + merge;
  return fmt::format("Submitted {} {} of {}: job {}, and after {} the merge: job {}.\n",
                     with_thousands(job.shards), job.shards == 1 ? "task" : "tasks", job.study,
                     joined(arrays, ", "), job.shards == 1 ? "it" : "them", merge) +
         definition_list(
             {{"watch", "squeue --jobs " + jobs + ", and of one shard quartic status " +
                            shell_word(job.folder + "/shard-1")},
              {"collect", shell_word(job.folder + "/results") + " holds the results when job " + merge +
                              " has ended; what the tasks said is in " + shell_word(job.folder + "/logs")},
              {"go on", "the same command with --out " + shell_word(job.folder) +
                            " submits anew, and computes only what is missing"},
              {"stop", "scancel " + joined(arrays, " ") + " " + merge}},
             console.width);
}

}  // namespace

int submit_study(const SubmitOptions& options, const Console& console) {
  const Study study = load_study(options.study);
  require_work_for_all(study, options.tasks);
  const BatchJob job = job_of(study, options);
  if (options.dry_run) {
    print_scripts(job, ranges_of(job, SlurmLimits{}), console);
    return exit_status::done;
  }
  const std::vector<ShardRange> ranges = ranges_of(job, slurm_limits());
  write_files(job, study);
  std::vector<std::string> arrays;
  for (const ShardRange& range : ranges) arrays.push_back(submitted(array_words(job, range), arrays));
  const std::string merge = submitted(merge_words(job, arrays), arrays);
  console.out << closing_text(job, arrays, merge, console);
  return exit_status::done;
}

}  // namespace quartic
