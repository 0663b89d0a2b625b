#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/cluster/batch_scripts.hpp"
#include "cli/cluster/slurm.hpp"
#include "cli/studies/study_source.hpp"
#include "cli/terminal/child.hpp"
#include "cli/terminal/text.hpp"
#include "cli/terminal/text_file.hpp"
#include "cli/verbs/output_folder.hpp"
#include "cli/verbs/verb.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

namespace fs = std::filesystem;

struct SubmitOptions {
  StudyOptions study;
  Index tasks = 1;
  std::string out;     ///< "": runs/<experiment>, numbered where that exists
  std::string sbatch;  ///< options for sbatch, as one text
};

SubmitOptions submit_options(const Request& request) {
  require(
      request.has("--slurm"),
      "no scheduler is named (Slurm is the one that quartic knows). Add --slurm; docs/cluster.md has recipes "
      "for others.");
  const auto tasks = request.value("--tasks");
  require(tasks.has_value(),
          "--tasks is missing (the number of tasks that share the study). Add --tasks 100, for example.");
  return {.study = read_study_options(request),
          .tasks = static_cast<Index>(parse_whole(*tasks, "--tasks", {1, 1000000})),
          .out = read_name(request, "--out"),
          .sbatch = request.value("--sbatch").value_or("")};
}

/// Cells times replicates: more shards than these would find nothing to do.
Index make_work(const Study& study) {
  Index replicates = study.replicates;
  for (const ArmSpec& arm : study.cells.front().arms) replicates = std::max(replicates, arm.replicates);
  return std::ssize(study.cells) * replicates;
}

void require_work_for_all(const Study& study, Index tasks) {
  require(!study.adaptive,
          "adaptive replicates cannot be divided among tasks (each decision needs all records so far). Give "
          "replicates as a number, or run the study on one machine with quartic run.");
  const Index work = make_work(study);
  require(tasks <= work, "--tasks " + std::to_string(tasks) + " is more than there is to share (" +
                             with_thousands(work) +
                             " replicates of cells, each of which one task computes). Ask for fewer.");
}

BatchJob make_job(const Study& study, const SubmitOptions& options) {
  const std::string folder = options.out.empty() ? unused_folder(study.name) : options.out;
  require(folder.find_first_of("\r\n") == std::string::npos,
          "--out holds a line break (a line of a script cannot). Choose another folder.");
  return {.study = study.name,
          .program = own_path(),
          .folder = fs::absolute(folder).lexically_normal().string(),
          .shards = options.tasks,
          .options = sbatch_words(options.sbatch)};
}

std::vector<ShardRange> render_ranges(const BatchJob& job, const SlurmLimits& limits) {
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

int submit(const Request& request, const Program& program) {
  const SubmitOptions options = submit_options(request);
  const Study study = parse(simulated_source(options.study, program.catalogues));
  require_work_for_all(study, options.tasks);
  const BatchJob job = make_job(study, options);
  if (request.has("--dry-run")) {
    print_scripts(job, render_ranges(job, SlurmLimits{}), program.console);
    return exit_status::done;
  }
  const std::vector<ShardRange> ranges = render_ranges(job, slurm_limits());
  write_files(job, study);
  std::vector<std::string> arrays;
  for (const ShardRange& range : ranges) arrays.push_back(submitted(array_words(job, range), arrays));
  const std::string merge = submitted(merge_words(job, arrays), arrays);
  program.console.out << closing_text(job, arrays, merge, program.console);
  return exit_status::done;
}

OptionGroup cluster_options() {
  return {
      {.name = "--slurm", .help = "Submit to Slurm."},
      {.name = "--tasks",
       .value = "NUMBER",
       .help = "Tasks that share the study. Each takes its part of the cells and replicates, by their keys."},
      {.name = "--out",
       .letter = "-o",
       .value = "DIR",
       .help = "Folder for scripts, shards, logs and results, which every node sees. Unless told otherwise: "
               "runs/ and the name of the experiment, with a number where that exists.",
       .completes = Completes::folders},
      {.name = "--sbatch",
       .value = "OPTIONS",
       .help = "More options for sbatch, as one word of your shell: --sbatch \"--partition=long "
               "--cpus-per-task=4\". Both scripts hold them."},
      {.name = "--dry-run",
       .help =
           "Print the scripts and the commands that would submit them. Nothing is written, and Slurm is not "
           "needed."}};
}

}  // namespace

Verb submit_verb() {
  return {
      .text = {.name = "submit",
               .summary = "run an experiment on a cluster: an array of jobs, and a merge after it",
               .description = R"(
Writes two scripts into the folder of results and submits them to Slurm: array.sbatch, whose tasks compute
one shard of the study each, and merge.sbatch, which makes one folder of results of the shards when every
task has ended. study.toml there is the study as it runs, with --effort and --set in force.

A task that is killed goes back into the queue, five times at most, and loses only the fits that were
running. The same command with the same --out goes on where everything stopped. More tasks than the
cluster takes in one array become several arrays.

The results have the same bits as those of one run on one machine of the same kind.
)",
               .arguments = {study_argument()},
               .options = together({study_options(), cluster_options()}),
               .examples =
                   {{"quartic submit figure2 --slurm --tasks 20 --dry-run",
                     "read the scripts, submit nothing"},
                    {"quartic submit mine.toml --slurm --tasks 100 --out runs/mine --sbatch \"--time=4:00:00 "
                     "--mem=4G\"",
                     "a hundred tasks of at most four hours"}}},
      .run = submit};
}

}  // namespace quartic
