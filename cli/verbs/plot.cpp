#include "cli/pictures/pictures.hpp"
#include "cli/pictures/table_picture.hpp"
#include "cli/verbs/common_options.hpp"
#include "cli/verbs/verb.hpp"

namespace quartic {

namespace {

int plot(const Request& request, const Program& program) {
  const std::string folder = *request.value("DIR");
  const auto draw = holds_table_run(folder) ? draw_table_picture : draw_pictures;
  for (const std::string& picture : draw(folder)) program.console.out << picture << "\n";
  return exit_status::done;
}

}  // namespace

Verb plot_verb() {
  return {.text = {.name = "plot",
                   .summary = "draw the pictures of a run",
                   .description = R"(
Reads summary.csv in the folder of a run and writes two pictures there, as .svg and .png: error_by_data
(error against the number of observations) and error_by_computing (error against floating-point
operations). Both axes are logarithmic; bands are 95 % intervals of the mean over replicates; theory is
dashed.

The gnuplot scripts (.gp) and their numbers (.dat) stay beside the pictures: edit a script, run gnuplot on
it, and the picture is yours. quartic plot writes them anew.
)",
                   .arguments = {{.name = "DIR",
                                  .help = "The folder of results that quartic run named.",
                                  .completes = Completes::folders}},
                   .examples = {{"quartic plot runs/figure2", "pictures of the run in runs/figure2"}}},
          .run = plot};
}

}  // namespace quartic
