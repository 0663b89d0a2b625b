// What the program says of the verbs that fit laws to tables and use them.
#include "cli/help/description_parts.hpp"

namespace quartic {

namespace {

std::vector<OptionText> fit_options() {
  return {
      {.name = "--error", .value = "COLUMN", .help = "The column of errors."},
      {.name = "--accuracy", .help = "That column holds accuracies; the error is 1 less these."},
      {.name = "--data", .value = "COLUMN", .help = "The column of sizes of the data."},
      {.name = "--compute", .value = "COLUMN", .help = "The column of computing."},
      {.name = "--from", .value = "SIZE", .help = "Leave out rows of smaller size."},
      {.name = "--to", .value = "SIZE", .help = "Leave out rows of larger size."},
      {.name = "--group", .value = "COLUMN", .help = "The column of methods; each has exponents of its own."},
      {.name = "--replicate", .value = "COLUMN", .help = "The column that numbers independent repetitions."},
      {.name = "--even",
       .help = "Sizes count alike, however many replicates each has: for designs that run more of them where "
               "it seems to pay. Always in force for the records of a run with adaptive replicates."},
      {.name = "--law",
       .letter = "-l",
       .value = "FORM",
       .help = "power, floor, offset, floor_offset, logarithm, broken, floor_broken, or automatic: "
               "chosen by "
               "the data (by AICc in a plain table). automatic for replicates, power for plain tables, "
               "unless told otherwise."},
      {.name = "--floor",
       .value = "FLOOR",
       .help = "An error that no size gets below: none, free (estimated) or a number."},
      {.name = "--performance",
       .value = "MEASURE",
       .help = "inverse: k = 1/error. inverse-root: k = 1/root of the error, for squared errors. "
               "inverse-root for replicates, inverse for plain tables, unless told otherwise."},
      {.name = "--expect",
       .value = "Q",
       .help = "Hold this exponent against the table: of computing, or of data where there is no "
               "computing."},
      {.name = "--margin",
       .value = "MARGIN",
       .help = "What still counts as agreement; 0.3 unless told otherwise."},
      {.name = "--confidence", .value = "SHARE", .help = "Of the intervals; 0.95 unless told otherwise."},
      {.name = "--json", .help = "Print JSON instead of a table."}};
}

VerbText fit_verb() {
  return {
      .name = "fit",
      .summary = "the exponents of any table of errors, with intervals",
      .description =
          "Reads how data and computing grow with performance off a table: of a run of quartic (its folder, "
          "or "
          "its records.csv), or of anybody's experiments. Commas, semicolons or tabs; percent signs, quotes "
          "and missing values are understood.\n"
          "\n"
          "With a column of replicates every size has an average, the law is chosen by the data unless --law "
          "names one, and intervals are over replicates. Without, every row stands for itself: the forward "
          "line with a bootstrap interval over rows, and beside it the reverse line, which takes the noise "
          "to "
          "be in the computing; the truth lies between them.\n"
          "\n"
          "Columns that are not named are looked for under their usual names: error, n, flops, arm, "
          "replicate "
          "and the like.",
      .arguments = {{.name = "TABLE",
                     .help = "A .csv file, or the folder of a run.",
                     .completes = Completes::tables}},
      .options = fit_options(),
      .examples = {
          {"quartic fit runs/figure2", "every arm of a run"},
          {"quartic show imagenet > imagenet.csv", "a table of published systems"},
          {"quartic fit imagenet.csv --error top1_error --compute gflop --expect 4 --margin 0.5",
           "its lines, and a claim held against them"},
          {"quartic fit mine.csv --accuracy --law automatic --json", "a table of accuracies, for a script"}}};
}

VerbText calibrate_verb() {
  return {
      .name = "calibrate",
      .summary = "how often intervals hold the truth, and verdicts are right",
      .description =
          "Draws thousands of synthetic studies whose law is known, reads each as any study is read, and "
          "counts: "
          "how often the 95 % interval holds the truth, how wide it is, how far estimates are off, and how "
          "often "
          "true and false claims are supported, rejected or not identified.",
      .arguments = {},
      .options =
          {{.name = "--effort",
            .letter = "-e",
            .value = "EFFORT",
            .help =
                "classroom (seconds), standard (minutes) or paper (2,000 studies a design); classroom unless "
                "told otherwise.",
            .completes = Completes::efforts},
           {.name = "--seed", .value = "SEED", .help = "Of all random numbers; 1 unless told otherwise."},
           {.name = "--threads",
            .value = "COUNT",
            .help = "Threads; all cores unless told otherwise. Results do not "
                    "depend on it."},
           {.name = "--json", .help = "Print JSON instead of tables."}},
      .examples = {{"quartic calibrate", "a first look"},
                   {"quartic calibrate --effort standard --json > calibration.json", "for a script"}}};
}

VerbText project_verb() {
  return {
      .name = "project",
      .summary = "what a lower error would cost: computing, energy, CO2, money",
      .description =
          "Fits a line to published errors and computing, and solves it for an error: how many operations "
          "that would take, how much energy, CO2 and money. The answer comes with the 95 % interval of the "
          "line (Fieller's; it is enormous, and that is the message), with the answer of the reverse "
          "regression, which takes the noise to be in the computing, and with a warning where it lies more "
          "than two decades beyond the table.\n"
          "\n"
          "Without FILE.csv the table is that of the 13 published ImageNet systems (quartic show imagenet).",
      .arguments = {{.name = "FILE.csv",
                     .help = "A table with a column of errors and one of computing.",
                     .completes = Completes::tables,
                     .optional = true}},
      .options =
          {{.name = "--target",
            .letter = "-t",
            .value = "ERROR",
            .help = "An error to reach, such as 5% or 0.05; may be repeated. 5 % and 1 % unless told "
                    "otherwise.",
            .repeats = true},
           {.name = "--law",
            .letter = "-l",
            .value = "FORM",
            .help =
                "power: log10 1/error = a + b log10 C. exponential: 1/error = a + b log10 C. power unless "
                "told otherwise.",
            .completes = Completes::projection_laws},
           {.name = "--error",
            .value = "COLUMN",
            .help = "The column of errors; \"error\" unless told otherwise."},
           {.name = "--compute",
            .value = "COLUMN",
            .help = "The column of computing; \"compute\" unless told otherwise."},
           {.name = "--unit",
            .value = "NUMBER",
            .help =
                "Operations in one unit of that column: 1e9 where it counts GFLOP. 1 unless told otherwise."},
           {.name = "--conversions",
            .letter = "-c",
            .value = "FILE",
            .help = "A table of hardware of your own, with peak rates, power and prices; quartic show "
                    "conversions prints the one that is used otherwise.",
            .completes = Completes::tables},
           {.name = "--hardware",
            .value = "NAME",
            .help = "The row of that table to convert by; the first unless told otherwise."},
           {.name = "--json", .help = "Print JSON instead of a table."}},
      .examples = {
          {"quartic project --target 5% --target 1%", "the published trend, continued"},
          {"quartic project --law exponential --json", "the other form, for a script"},
          {"quartic project mine.csv --error top1 --compute gflop --unit 1e9", "a table of your own"},
          {"quartic show conversions > my-hardware.csv", "the start of conversions of your own"}}};
}

}  // namespace

std::vector<VerbText> law_verbs() {
  return {fit_verb(), calibrate_verb(), project_verb()};
}

}  // namespace quartic
