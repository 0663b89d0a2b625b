#include "cli/help/common_options.hpp"
#include "cli/pictures/pictures.hpp"
#include "cli/pictures/table_picture.hpp"
#include "cli/verbs/verb.hpp"

namespace quartic {

namespace {

PictureChoice read_choice(const Request& request) {
  PictureChoice choice{.x = request.all("--x"), .y = request.value("--y").value_or("error")};
  for (const std::string& text : request.all("--cells")) {
    const std::size_t sign = text.find('=');
    require(sign != std::string::npos && sign > 0,
            "--cells was given \"" + text + "\" (no value is set there). Write KEY=VALUE, such as noise=2.");
    choice.cells.emplace_back(text.substr(0, sign), text.substr(sign + 1));
  }
  return choice;
}

int plot(const Request& request, const Program& program) {
  const std::string folder = *request.value("DIR");
  const PictureChoice choice = read_choice(request);
  const bool table = holds_table_run(folder);
  require(!table || (choice.plain() && choice.y == "error"),
          "the folder " + folder +
              " is the run of a table (which sweeps nothing: --x, --y and --cells have nothing to choose "
              "from). Leave them out.");
  for (const std::string& picture :
       table ? draw_table_picture(folder) : draw_pictures(folder, program.catalogues, choice))
    program.console.out << picture << "\n";
  return exit_status::done;
}

}  // namespace

Verb plot_verb() {
  return {.text = {.name = "plot",
                   .summary = "draw the pictures of a run",
                   .description = R"(
Reads the folder of a run and writes two pictures there, as .svg and .png: error_by_data (error against the
number of observations) and error_by_computing (error against floating-point operations); where the study
says how often rules are used, error_by_total too, with pre-training and all predictions. Both axes are
logarithmic; bands are 95 % intervals of the mean over replicates; theory is dashed in the colour of its
arm. Beside each line stands k^q with its interval: that of the finding which tells it, else that of all
sizes; or the plateau. Rings are crossings. Of a sweep, the first six cells are drawn, all on the same axes;
--cells chooses others.

--x draws along what a sweep varies, and so does plot by itself where the study has one size:
error_by_setting, with the error at the largest size. Two keys give error_over_settings, a map with contours.
With --y an exponent stands in place of the error, over the sizes of the first claim that is about it, else
over all; or a crossing that the study claims: the observations from which on an arm has the smaller error, or
its price (compute_multiple). --y best_arm draws who wins where, over the observations and one key.

The gnuplot scripts (.gp) and their numbers (.dat) stay beside the pictures: edit a script, run gnuplot on
it, and the picture is yours. quartic plot writes them anew.
)",
                   .arguments = {{.name = "DIR",
                                  .help = "The folder of results that quartic run named.",
                                  .completes = Completes::folders}},
                   .options =
                       {{.name = "--x",
                         .value = "KEY",
                         .help = "A swept key, whole (world.noise) or its end (noise). May be repeated once.",
                         .repeats = true},
                        {.name = "--y",
                         .value = "QUANTITY",
                         .help = "What is drawn along --x: error, best_arm, data_exponent, compute_exponent, "
                                 "crossing or compute_multiple."},
                        {.name = "--cells",
                         .value = "KEY=VALUE",
                         .help = "Draw only cells with this setting. Another value of the same key adds "
                                 "cells, another key leaves fewer.",
                         .repeats = true}},
                   .examples = {{"quartic plot runs/figure2", "pictures of the run in runs/figure2"},
                                {"quartic plot runs/nine --x roughness --y compute_exponent",
                                 "the exponent of computing against the roughness of the world"}}},
          .run = plot};
}

}  // namespace quartic
