#include <fmt/format.h>

#include <cmath>

#include "cli/description.hpp"
#include "cli/text.hpp"
#include "cli/verbs.hpp"
#include "experiments/engine.hpp"

namespace quartic {

namespace {

std::string computing(const Plan& needs) {
  if (std::isnan(needs.flops)) return "unknown (a model does not say what its fits cost)";
  return short_number(needs.flops) + " floating-point operations, each fit billed as if it ran alone";
}

std::string memory(const Plan& needs) {
  const double tasks = needs.task_bytes * needs.tasks_at_once;
  return fmt::format("about {}: {} for the results, and {} for a replicate, {} at once",
                     byte_size(tasks + needs.results_bytes), byte_size(needs.results_bytes),
                     byte_size(needs.task_bytes), needs.tasks_at_once);
}

}  // namespace

int plan_study(const PlanOptions& options, const Console& console) {
  const Study study = load_study(options.study);
  const Plan needs = plan(study, {.threads = options.threads, .memory_bytes = options.memory_bytes});
  console.out << console.paint.bold(wrapped(study.title, console.width)) << "\n"
              << definition_list({{"cells", with_thousands(needs.cells)},
                                  {"replicates", with_thousands(study.replicates)},
                                  {"fits", with_thousands(needs.fits)},
                                  {"computing", computing(needs)},
                                  {"time", "about " + duration(needs.seconds)},
                                  {"memory", memory(needs)},
                                  {"basis", needs.basis}},
                                 console.width);
  return exit_status::done;
}

}  // namespace quartic
