#include "cli/films/pictured_world.hpp"
#include "cli/help/common_options.hpp"
#include "cli/terminal/text_file.hpp"
#include "cli/verbs/verb.hpp"

namespace quartic {

namespace {

constexpr unsigned long long most_films = 400;

FilmOrder read_order(const Request& request) {
  FilmOrder order{.world = *request.value("WORLD"), .settings = list_settings(request)};
  order.seed = read_seed(request).value_or(order.seed);
  if (const auto count = request.value("--count"))
    order.count = static_cast<Index>(parse_whole(*count, "--count", {1, most_films}));
  order.settings.emplace(order.settings.begin(), "side", request.value("--side").value_or("128"));
  return order;
}

int draw(const Request& request, const Program& program) {
  const FilmOrder order = read_order(request);
  const std::string named = read_name(request, "--out");
  const std::string file = named.empty() ? order.world + ".png" : named;
  write_text_file(file, png_bytes(contact_sheet(draw_patients(order, program.catalogues))));
  program.console.out << file << "\n";
  return exit_status::done;
}

}  // namespace

Verb draw_verb() {
  return {
      .text =
          {.name = "draw",
           .summary = "draw what a world of pictures shows: a sheet of patients",
           .description = R"(
Writes one PNG file with the pictures of the first rows of a world of pictures, such as xray_image, each with
its number, what the label says, sick or healthy, and P(sick), the chance of it given the findings.

Everything follows from the seed: the same command writes the same bytes anywhere. --side is the world's
option of that name; films of fewer than 96 pixels are shown enlarged.
)",
           .arguments = {{.name = "WORLD", .help = "A world of pictures.", .completes = Completes::names}},
           .options = {{.name = "--out",
                        .letter = "-o",
                        .value = "FILE",
                        .help = "The file to write; WORLD.png unless told otherwise."},
                       {.name = "--count",
                        .letter = "-n",
                        .value = "NUMBER",
                        .help = "How many patients, at most 400; 12 unless told otherwise."},
                       {.name = "--side",
                        .value = "PIXELS",
                        .help = "Pixels along an edge of a picture; 128 unless told otherwise."},
                       {.name = "--seed",
                        .value = "NUMBER",
                        .help = "Another seed, other patients; 1 unless told otherwise."},
                       {.name = "--seed-from",
                        .value = "WORD",
                        .help = "A seed made of a word, such as a name."},
                       {.name = "--set",
                        .letter = "-s",
                        .value = "KEY=VALUE",
                        .help = "One option of the world, such as prevalence=0.5; may be repeated.",
                        .repeats = true}},
           .examples = {{"quartic draw xray_image", "twelve patients, in xray_image.png"},
                        {"quartic draw xray_image --count 6 --side 256 --out large.png", "six large films"},
                        {"quartic draw xray_image --side 32 --set prevalence=0.5",
                         "what a model of 32 x 32 pixels sees, half of them sick"}}},
      .run = draw};
}

}  // namespace quartic
