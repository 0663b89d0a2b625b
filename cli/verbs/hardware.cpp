#include "cli/hardware/hardware_question.hpp"
#include "cli/help/common_options.hpp"
#include "cli/verbs/verb.hpp"

namespace quartic {

namespace {

int bill_hardware(const Request& request, const Program& program) {
  const HardwareReport report = read_hardware(request, program.catalogues);
  program.console.out << (request.has("--json") ? hardware_json(report)
                                                : hardware_text(report, program.console));
  return exit_status::done;
}

OptionGroup hardware_options() {
  return {
      {.name = "--flops", .value = "NUMBER", .help = "Operations to bill, in place of those of a run."},
      {.name = "--arm",
       .value = "NAME",
       .help = "Bill one fit of this arm at the largest size in place of all fits, and take its exponent."},
      {.name = "--exponent",
       .letter = "-q",
       .value = "Q",
       .help = "Computing grows as k^q: what more operations buy in performance k. That of --arm, with its "
               "interval, unless told otherwise."},
      {.name = "--cost",
       .value = "WORD",
       .help =
           "What operations are counted for: bought (the price, spread over years of use), rented, energy "
           "or hours. The first of these that the table tells, unless told otherwise."},
      {.name = "--from",
       .value = "NAME",
       .help =
           "The generation that the others are held against; the first whose cost is known unless told otherwise."},
      {.name = "--reached", .value = "SHARE", .help = "Of the peak rate; 1 unless told otherwise."},
      {.name = "--years",
       .value = "NUMBER",
       .help = "Of use, day and night, that a price is spread over; 3 unless told otherwise."},
      {.name = "--generations",
       .letter = "-g",
       .value = "FILE",
       .help = "A table of generations of your own; quartic show generations prints the one that is used "
               "otherwise.",
       .completes = Completes::tables},
      {.name = "--json", .help = "Print JSON instead of a table."}};
}

}  // namespace

Verb hardware_verb() {
  return {.text = {.name = "hardware",
                   .summary = "what a run takes on each generation of hardware",
                   .description = R"(
Bills the same floating-point operations on one generation of hardware after another: hours, energy, CO2 and
money, at the peak rate. Beside it stands how many times the operations of the first one each does for the
same cost, c, and what that buys where computing grows as k^q: c^(1/q) times the performance. Specialised
processors are held against the general ones of their time.

The operations are those of all fits of a run, of one fit of an arm, or any number. Pre-training counts, and
so do predictions where the study says how often a rule is used.
)",
                   .arguments = {{.name = "DIR",
                                  .help = "The folder of a run.",
                                  .completes = Completes::folders,
                                  .optional = true}},
                   .options = hardware_options(),
                   .examples = {{"quartic hardware --flops 1e21 --exponent 4", "a number of operations"},
                                {"quartic hardware runs/nine --arm network",
                                 "one fit, and what its exponent makes of it"},
                                {"quartic show generations > mine.csv", "the start of a table of your own"}}},
          .run = bill_hardware};
}

}  // namespace quartic
