#include "cli/help/description.hpp"

#include <algorithm>

#include "cli/help/description_parts.hpp"

namespace quartic {

namespace {

const OptionText help_option{.name = "--help", .letter = "-h", .help = "Explain this command and stop."};

const ArgumentText study_argument{.name = "EXPERIMENT",
                                  .help =
                                      "A built-in experiment (quartic list experiments), a study file ending "
                                      "in .toml, or - to read a study from "
                                      "standard input.",
                                  .completes = Completes::experiments};

/// The options that say which study is meant, shared by run and plan.
std::vector<OptionText> study_options() {
  return {
      {.name = "--effort",
       .letter = "-e",
       .value = "EFFORT",
       .help = "How much to spend. The built-in experiments know classroom (seconds), standard and paper (as "
               "precise as a "
               "publication).",
       .completes = Completes::efforts},
      {.name = "--set",
       .letter = "-s",
       .value = "KEY=VALUE",
       .help = "Change one line of the study; may be repeated. Keys are dotted, and an arm is addressed by "
               "its name: --set "
               "world.noise=2, --set replicates=50, --set arm.regularised.penalty=cv. A list makes a sweep, "
               "--set world.noise=1,2,4, and so does a range from:to:scale:points, --set "
               "world.noise=0.1:10:log:7.",
       .completes = Completes::settings,
       .repeats = true},
      {.name = "--seed",
       .value = "NUMBER",
       .help = "Seed of all random numbers. The same seed gives the same results, bit for bit."},
      {.name = "--seed-from",
       .value = "WORD",
       .help = "A seed made from a word (its 32-bit FNV-1a hash), so that a class can use its own name."},
  };
}

/// What a run may take, shared by run and plan.
std::vector<OptionText> limit_options() {
  return {
      {.name = "--budget",
       .value = "FLOPS",
       .help = "Floating-point operations that the study may take, such as 1e15. One that would take more is "
               "refused with the figures of its plan."},
      {.name = "--hours", .value = "HOURS", .help = "The same for its time on this machine, as planned."},
      {.name = "--trim",
       .help = "Lower the replicates until the study keeps to --budget and --hours, and say so, in place of "
               "refusing it."}};
}

VerbText list_verb() {
  return {
      .name = "list",
      .summary = "what there is: experiments, worlds, models, laws, theory",
      .description =
          "Lists what the program knows. Without a topic: an overview. With a topic: every entry, with its "
          "options, what they mean and what they are unless a study sets them.",
      .arguments = {{.name = "TOPIC",
                     .help = "worlds, models, experiments, laws or theory.",
                     .completes = Completes::topics,
                     .optional = true}},
      .options = {},
      .examples = {{"quartic list", "an overview"}, {"quartic list models", "every model and its options"}}};
}

VerbText show_verb() {
  return {
      .name = "show",
      .summary = "print an experiment as a study file, or describe one world, model, law or curve",
      .description =
          "Prints the study file of a built-in experiment, ready to be saved, edited and run. The name of a "
          "world, a model, a law or a curve of theory is described with its options.",
      .arguments = {{.name = "NAME",
                     .help = "An experiment, a world, a model, a law or a curve.",
                     .completes = Completes::names}},
      .options = {},
      .examples = {{"quartic show figure2", "the study file of an experiment"},
                   {"quartic show figure2 > mine.toml", "the start of an experiment of your own"},
                   {"quartic show lasso", "the options of a model"}}};
}

/// How a run goes together with other runs of its study.
std::vector<OptionText> continuation_options() {
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

VerbText run_verb() {
  VerbText verb{
      .name = "run",
      .summary = "run an experiment: a table of errors, findings with verdicts, files to keep",
      .description =
          "Runs a study: draws its worlds, trains its arms at every size and replicate, and judges its "
          "claims. At the end it "
          "prints the error of every arm at every size beside the theory, where curves cross, and a verdict "
          "on every claim.\n"
          "\n"
          "The folder of results holds summary.csv (averages), records.csv (every fit), findings.json (the "
          "verdicts), "
          "cube.npy (everything, for NumPy), timings.csv and manifest.json (what ran, where, and a digest of "
          "the results).\n"
          "\n"
          "Every fit is kept in run.sqlite, in that folder, within a tenth of a second of the end of its "
          "replicate. "
          "Whatever ends the run, the same command, or quartic resume, goes on from there, to the same "
          "bits.\n"
          "\n"
          "Ctrl-C finishes the replicates that are running and keeps what is complete; a second Ctrl-C drops "
          "those that are running, and a third quits at once. SIGTERM and SIGHUP do the same.",
      .arguments = {study_argument},
      .options = study_options(),
      .examples = {
          {"quartic run figure2 --effort classroom", "a first look, in seconds"},
          {"quartic run figure2 --set world.noise=2 --out runs/noisy", "the same with more noise"},
          {"quartic run mine.toml --plot", "a study of your own, with pictures"},
          {"quartic show figure2 | quartic run - --effort classroom --json", "findings for a script"}}};
  verb.options.insert(
      verb.options.end(),
      {threads_option,
       memory_option,
       limit_options()[0],
       limit_options()[1],
       limit_options()[2],
       {.name = "--out",
        .letter = "-o",
        .value = "DIR",
        .help = "Folder for the results: new, empty, or of an earlier run of the same study. Unless told "
                "otherwise: runs/ and the name of the "
                "experiment, with a "
                "number where that exists.",
        .completes = Completes::folders},
       {.name = "--checkpoints",
        .value = "DIR",
        .help =
            "Folder in which long fits of networks keep their state, about once a second. The same "
            "command after a "
            "kill goes on from there, to the same bits; the files of finished fits are removed. A rate that "
            "is being tried is not kept, those tried before are.",
        .completes = Completes::folders},
       {.name = "--plot", .letter = "-p", .help = "Draw the pictures at the end, as quartic plot does."},
       {.name = "--json", .help = "Print the findings as JSON, and nothing else, on standard output."},
       {.name = "--quiet",
        .letter = "-q",
        .help = "Print no progress and no report; errors are still printed."}});
  const std::vector<OptionText> more = continuation_options();
  verb.options.insert(verb.options.end(), more.begin(), more.end());
  return verb;
}

VerbText plan_verb() {
  VerbText verb{
      .name = "plan",
      .summary = "what a run would cost, before you start it",
      .description =
          "Says how many cells and fits a run would make, how much computing, time, memory and disk it "
          "would take, and which cell is the largest. It tries a small part of the run for a few seconds, of "
          "a large sweep a few cells, and multiplies; nothing is written. Where a fit of that part fails, "
          "the "
          "plan says so and its exit status is 1.\n"
          "\n"
          "With --power it says instead how many replicates each claim about an exponent takes: to be "
          "supported nine times in ten where it is true, and rejected nine times in ten where the exponent "
          "is "
          "the one given.",
      .arguments = {study_argument},
      .options = study_options(),
      .examples = {
          {"quartic plan figure2 --effort paper", "is there time before lunch?"},
          {"quartic plan mine.toml --hours 2 --trim", "how many replicates fit into two hours?"},
          {"quartic plan compute_exponent --power 9 --spread 0.3", "how many replicates tell 4 from 9?"}}};
  verb.options.insert(
      verb.options.end(),
      {threads_option,
       memory_option,
       limit_options()[0],
       limit_options()[1],
       limit_options()[2],
       {.name = "--power",
        .value = "Q",
        .help = "Plan replicates instead: to tell each claim about an exponent from this one."},
       {.name = "--spread",
        .value = "SPREAD",
        .help =
            "Standard deviation of the logarithms of errors over replicates; 0.5 unless told otherwise."}});
  return verb;
}

VerbText submit_verb() {
  VerbText verb{
      .name = "submit",
      .summary = "run an experiment on a cluster: an array of jobs, and a merge after it",
      .description =
          "Writes two scripts into the folder of results and submits them to Slurm: array.sbatch, whose "
          "tasks "
          "compute one shard of the study each, and merge.sbatch, which makes one folder of results of the "
          "shards when every task has ended. study.toml there is the study as it runs, with --effort and "
          "--set "
          "in force.\n"
          "\n"
          "A task that is killed goes back into the queue, five times at most, and loses only the fits that "
          "were running. The same command with the same --out goes on where everything stopped. More tasks "
          "than the cluster takes in one array become several arrays.\n"
          "\n"
          "The results have the same bits as those of one run on one machine of the same kind.",
      .arguments = {study_argument},
      .options = study_options(),
      .examples = {
          {"quartic submit figure2 --slurm --tasks 20 --dry-run", "read the scripts, submit nothing"},
          {"quartic submit mine.toml --slurm --tasks 100 --out runs/mine --sbatch \"--time=4:00:00 "
           "--mem=4G\"",
           "a hundred tasks of at most four hours"}}};
  verb.options.insert(
      verb.options.end(),
      {{.name = "--slurm", .help = "Submit to Slurm."},
       {.name = "--tasks",
        .value = "NUMBER",
        .help =
            "Tasks that share the study. Each takes its part of the cells and replicates, by their keys."},
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
        .help = "Print the scripts and the commands that would submit them. Nothing is written, and Slurm is "
                "not needed."}});
  return verb;
}

VerbText plot_verb() {
  return {
      .name = "plot",
      .summary = "draw the pictures of a run",
      .description =
          "Reads summary.csv in the folder of a run and writes two pictures there, as .svg and .png: "
          "error_by_data (error against the number of observations) and error_by_computing (error against "
          "floating-point operations). Both axes are logarithmic; bands are 95 % intervals of the mean over "
          "replicates; theory is dashed.\n"
          "\n"
          "The gnuplot scripts (.gp) and their numbers (.dat) stay beside the pictures: edit a script, run "
          "gnuplot on it, and the picture is yours. quartic plot writes them anew.",
      .arguments = {{.name = "DIR",
                     .help = "The folder of results that quartic run named.",
                     .completes = Completes::folders}},
      .options = {},
      .examples = {{"quartic plot runs/figure2", "pictures of the run in runs/figure2"}}};
}

VerbText theory_verb() {
  return {
      .name = "theory",
      .summary = "a formula of theory as a table over n",
      .description =
          "Evaluates one of the closed forms of theory at several sizes. Its options are set like those of a "
          "study. quartic list theory names the curves, their options and the papers they come from.",
      .arguments = {{.name = "CURVE", .help = "A curve of theory.", .completes = Completes::curves}},
      .options =
          {{.name = "--set",
            .letter = "-s",
            .value = "KEY=VALUE",
            .help =
                "One option of the curve, such as noise=2; may be repeated. The sizes are n: --set n=100 or "
                "--set n=10,100,1000.",
            .repeats = true},
           {.name = "--json", .help = "Print JSON instead of a table."},
           {.name = "--csv", .help = "Print comma-separated values instead of a table."}},
      .examples = {{"quartic theory oracle", "what an expert who knows everything can reach"},
                   {"quartic theory lasso --set noise=2 --set n=200,400,800", "the lasso, with more noise"}}};
}

VerbText schema_verb() {
  return {.name = "schema",
          .summary = "print the JSON schema of study files, for editors",
          .description =
              "Prints the JSON schema of study files. An editor that is given it completes keys and marks "
              "mistakes "
              "while you type.",
          .arguments = {},
          .options = {},
          .examples = {{"quartic schema > study.schema.json", "keep the schema beside your studies"}}};
}

VerbText completion_verb() {
  return {.name = "completion",
          .summary = "print the completion script of a shell",
          .description =
              "Prints a script that teaches the shell to complete commands, options, experiments and keys.",
          .arguments = {{.name = "SHELL", .help = "bash."}},
          .options = {},
          .examples = {{"source <(quartic completion bash)", "complete with Tab in this shell"}}};
}

VerbText help_verb() {
  return {.name = "help",
          .summary = "explain a command",
          .description = "Explains a command; without one, lists them all.",
          .arguments = {{.name = "COMMAND",
                         .help = "One of the commands.",
                         .completes = Completes::verbs,
                         .optional = true}},
          .options = {},
          .examples = {{"quartic help run", "the same as quartic run --help"}}};
}

VerbText man_verb() {
  return {.name = "man",
          .summary = "print the manual page",
          .description = "Prints the manual page quartic(1) as roff source.",
          .arguments = {},
          .options = {},
          .examples = {{"quartic man | man -l -", "read the manual"}},
          .hidden = true};
}

std::vector<VerbText> described_verbs() {
  std::vector<VerbText> all = {list_verb(),       show_verb(), run_verb(),    plan_verb(),
                               submit_verb(),     plot_verb(), theory_verb(), schema_verb(),
                               completion_verb(), help_verb(), man_verb()};
  const std::vector<VerbText> of_laws = law_verbs(), of_stores = store_verbs();
  all.insert(all.begin() + 7, of_laws.begin(), of_laws.end());
  all.insert(all.begin() + 3, of_stores.begin(), of_stores.end());
  for (VerbText& verb : all) verb.options.push_back(help_option);
  return all;
}

}  // namespace

const std::vector<VerbText>& verbs() {
  static const std::vector<VerbText> all = described_verbs();
  return all;
}

const VerbText* find_verb(std::string_view name) {
  const auto found =
      std::find_if(verbs().begin(), verbs().end(), [&](const VerbText& v) { return v.name == name; });
  return found == verbs().end() ? nullptr : &*found;
}

std::vector<std::string> verb_names() {
  std::vector<std::string> names;
  for (const VerbText& verb : verbs())
    if (!verb.hidden) names.push_back(verb.name);
  return names;
}

std::string synopsis(const VerbText& verb) {
  std::string out = "quartic " + verb.name;
  for (const ArgumentText& argument : verb.arguments)
    out += argument.optional ? " [" + argument.name + "]"
                             : " " + argument.name + (argument.repeats ? "..." : "");
  return out + (verb.options.size() > 1 ? " [options]" : "");
}

std::string usage(const OptionText& option) {
  std::string out = option.letter.empty() ? "" : option.letter + ", ";
  out += option.name;
  return option.value.empty() ? out : out + " " + option.value;
}

std::string_view program_description() {
  return "quartic measures what flexibility costs. It draws synthetic worlds in which a few of very many "
         "candidate variables "
         "matter, trains models on them, counts every floating-point operation, and estimates how much more "
         "data and how much "
         "more computing each model needs to become k times better.";
}

const std::vector<ExitText>& exit_texts() {
  static const std::vector<ExitText> texts = {
      {exit_status::done, "done"},
      {exit_status::failed_fits, "done, but some fits failed (they are counted and marked in records.csv)"},
      {exit_status::bad_input,
       "bad input or an unusable folder: the message says what is wrong and what to do"},
      {exit_status::unexpected,
       "the machine failed the program (a full disk, a folder that is gone); finished work was kept"},
      {exit_status::interrupted,
       "interrupted, or 143 and 129 where SIGTERM or SIGHUP did it; finished work was kept"}};
  return texts;
}

}  // namespace quartic
