#include "cli/help/description_parts.hpp"

namespace quartic {

namespace {

ArgumentText folder_argument(std::string help) {
  return {.name = "DIR", .help = std::move(help), .completes = Completes::folders};
}

const OptionText plot{.name = "--plot", .letter = "-p", .help = "Draw the pictures at the end."};
const OptionText json{.name = "--json",
                      .help = "Print the findings as JSON, and nothing else, on standard output."};
const OptionText quiet{
    .name = "--quiet", .letter = "-q", .help = "Print no progress and no report; errors are still printed."};

VerbText resume_verb() {
  return {
      .name = "resume",
      .summary = "go on with a run that was killed, interrupted, or out of disk",
      .description =
          "Runs what is missing of the study in a folder, and writes its results: to the bit what one run "
          "without an interruption would have left. Goes on with the shard that the folder's last run had. "
          "A store that was damaged is repaired first: what is sound is kept, the rest is computed again, "
          "and the damaged file stays as run.sqlite.damaged.",
      .arguments = {folder_argument("The folder of the run.")},
      .options = {threads_option,
                  memory_option,
                  {.name = "--retry-failed", .help = "Run again the fits that failed."},
                  {.name = "--checkpoints",
                   .value = "DIR",
                   .help = "Folder in which long fits of networks keep their state, as of quartic run.",
                   .completes = Completes::folders},
                  plot,
                  json,
                  quiet},
      .examples = {{"quartic resume runs/figure2", "go on after a power cut"}}};
}

VerbText status_verb() {
  return {
      .name = "status",
      .summary = "how far a run is: done, failed, left, rate, time left",
      .description =
          "Reads the store of a run, also while the run goes on, and says how many fits are done, how many "
          "of them failed, how many are left, how fast it goes and how long it will take; of adaptive "
          "replicates those that their rule has asked for so far. The first failed fits are named, ready for "
          "quartic replay.",
      .arguments = {folder_argument("The folder of the run.")},
      .options = {{.name = "--watch",
                   .letter = "-w",
                   .help = "Show it anew every second until the run ends."},
                  {.name = "--json", .help = "Print JSON instead of text."}},
      .examples = {{"quartic status runs/figure2", "how far it is"},
                   {"quartic status runs/figure2 --watch", "the same, live"}}};
}

VerbText export_verb() {
  return {
      .name = "export",
      .summary = "the records of a run in another form: csv, npy, jsonl, SQL views",
      .description =
          "Writes what the store of a run has so far. csv: records.csv, summary.csv and timings.csv. npy: "
          "cube.npy with cube.json. jsonl: records.jsonl, one record a line, with the key that quartic "
          "replay "
          "takes. views: nothing to a file, but a table and views in run.sqlite itself, in which every "
          "record "
          "has its cell, its arm and a column for each setting that is swept: results, averages, failures. "
          "The order is that of the study, and the bytes are the same however the records came to be.",
      .arguments = {folder_argument("The folder of the run.")},
      .options = {{.name = "--format",
                   .letter = "-f",
                   .value = "FORMAT",
                   .help = "csv, npy, jsonl or views; csv unless told otherwise."},
                  {.name = "--out",
                   .letter = "-o",
                   .value = "DIR",
                   .help =
                       "Where to write; the folder of the run unless told otherwise. While the run goes on, "
                       "name another one.",
                   .completes = Completes::folders}},
      .examples = {{"quartic export runs/figure2 --format jsonl", "a line of JSON a record"},
                   {"quartic export runs/figure2 --out so-far", "what there is while the run goes on"}}};
}

VerbText merge_verb() {
  return {
      .name = "merge",
      .summary = "put the folders of shards together",
      .description =
          "Copies the records of several folders of one study into another folder and writes the results, to "
          "the bit those of one run of the whole study; the order of the folders does not matter. Records "
          "with "
          "a wrong checksum are left out. Where some are missing still, it says so with exit status 130, and "
          "quartic resume computes them.",
      .arguments = {{.name = "OUT",
                     .help = "The folder for all: new, empty, or of the same study.",
                     .completes = Completes::folders},
                    {.name = "DIR",
                     .help = "The folders to put together.",
                     .completes = Completes::folders,
                     .repeats = true}},
      .options = {plot, json, quiet},
      .examples = {{"quartic merge runs/all runs/shard-1 runs/shard-2", "two shards become one run"}}};
}

VerbText verify_verb() {
  return {
      .name = "verify",
      .summary = "compute some of the records again and compare the bits",
      .description =
          "Runs a random sample of the tasks of a finished run again, the same sample each time, and "
          "compares "
          "every bit with what is stored. Differences are listed with the program and the processor that "
          "wrote "
          "the record, and with those that compute now: fits have the same bits for one build on one kind of "
          "processor. Exit status 1 where something differs.",
      .arguments = {folder_argument("The folder of the run.")},
      .options = {{.name = "--sample",
                   .value = "SHARE",
                   .help =
                       "Of the tasks (replicates of cells), such as 1% or 0.2; 1% unless told otherwise, and "
                       "at least one task."},
                  threads_option,
                  memory_option},
      .examples = {{"quartic verify runs/figure2 --sample 5%", "one task in twenty"}}};
}

VerbText replay_verb() {
  return {
      .name = "replay",
      .summary = "run one fit again and tell all about it",
      .description =
          "Runs one fit of a run again, alone, and prints what it was (world, arm, all options), what it "
          "reported, how its training went where it kept a history, how long it took, and whether the bits "
          "are those that are stored. Exit status 1 where they are not.",
      .arguments = {folder_argument("The folder of the run.")},
      .options = {{.name = "--cell",
                   .value = "KEY/n/replicate",
                   .help =
                       "Which one: as quartic status and quartic export --format jsonl name it. The first "
                       "6 or more digits of the key will do."},
                  memory_option},
      .examples = {{"quartic replay runs/figure2 --cell 3fa94c/400/12", "an odd fit, again"}}};
}

}  // namespace

std::vector<VerbText> store_verbs() {
  return {resume_verb(), status_verb(), export_verb(), merge_verb(), verify_verb(), replay_verb()};
}

}  // namespace quartic
