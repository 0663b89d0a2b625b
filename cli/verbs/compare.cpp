#include "cli/help/common_options.hpp"
#include "cli/report/comparison_text.hpp"
#include "cli/verbs/verb.hpp"
#include "experiments/store/export.hpp"

namespace quartic {

namespace {

int compare(const Request& request, const Program& program) {
  const std::string first = *request.value("A"), second = *request.value("B");
  const StudyRun a = read_run(first, program.catalogues), b = read_run(second, program.catalogues);
  const RunComparison comparison = compare_runs({a.study, a.result.cube}, {b.study, b.result.cube});
  program.console.out << (request.has("--json") ? comparison_json(comparison)
                                                : comparison_text({first, a.study}, {second, b.study},
                                                                  comparison, program.console));
  return exit_status::done;
}

ArgumentText run_argument(const std::string& name, const std::string& help) {
  return {.name = name, .help = help, .completes = Completes::folders};
}

}  // namespace

Verb compare_verb() {
  return {.text = {.name = "compare",
                   .summary = "two runs side by side: differences of their errors, and their claims",
                   .description = R"(
Compares the fits that two runs have in common: the same cells, arms, sizes and replicates. For every arm and
size it prints both mean errors and their difference with a 95 % interval over replicates; runs of one seed
share their random numbers, so that most of the scatter cancels. Claims of the same words stand side by side.

Cells are the same where their settings are; two runs without a sweep are compared whatever their worlds are.
)",
                   .arguments = {run_argument("A", "The folder of a run."),
                                 run_argument("B", "The folder of another.")},
                   .options = {{.name = "--json", .help = "Print JSON instead of text."}},
                   .examples = {{"quartic compare runs/figure2 runs/noisy", "what the noise changes"},
                                {"quartic compare runs/anna runs/ben --json", "two seeds, for a script"}}},
          .run = compare};
}

}  // namespace quartic
