#include "cli/report/report.hpp"

#include <nlohmann/json.hpp>

#include "cli/help/common_options.hpp"
#include "cli/pictures/pictures.hpp"
#include "cli/pictures/run_json.hpp"
#include "cli/pictures/table_picture.hpp"
#include "cli/report/run_page.hpp"
#include "cli/terminal/text_file.hpp"
#include "cli/verbs/verb.hpp"
#include "experiments/findings/judged.hpp"
#include "experiments/store/export.hpp"

namespace quartic {

namespace {

using Json = nlohmann::json;

PageOrigin read_origin(const std::string& folder) {
  return read_run_json<Json>(folder, "manifest.json", [](const Json& manifest) {
    const Json &program = manifest.at("program"), &machine = manifest.at("machine");
    return PageOrigin{.version = program.at("version").get<std::string>(),
                      .revision = program.at("git_revision").get<std::string>(),
                      .compiler = program.at("compiler").get<std::string>(),
                      .cpu = machine.at("cpu").get<std::string>(),
                      .finished = manifest.at("finished").get<std::string>(),
                      .digest = manifest.at("digest").at("sha256").get<std::string>()};
  });
}

std::string picture_in_words(const std::string& path) {
  if (path.ends_with("error_by_data.svg")) return "Error against the number of observations.";
  if (path.ends_with("error_by_computing.svg")) return "Error against floating-point operations.";
  if (path.ends_with("causes.svg")) return "What each cause adds to the exponent.";
  if (path.ends_with("remedies.svg")) return "What each remedy does to the cost of training and of running.";
  return "Error along what the sweep varies.";
}

/// A page without pictures is better than none: where they fail, a warning says why.
std::vector<PagePicture> draw_or_warn(const std::string& folder, const Program& program) {
  std::vector<PagePicture> pictures;
  try {
    for (const std::string& path : draw_pictures(folder, program.catalogues))
      if (path.ends_with(".svg")) pictures.push_back({read_text_file(path), picture_in_words(path)});
  } catch (const InvalidInput& problem) {
    program.console.err << "quartic: warning: " << problem.what() << std::endl;
  }
  return pictures;
}

int write_report(const Request& request, const Program& program) {
  const std::string folder = *request.value("DIR"), named = read_name(request, "--out");
  const std::string file = named.empty() ? folder + "/report.html" : named;
  require(!holds_table_run(folder),
          "the folder " + folder +
              " is the run of a table (a page is made of replicates, and a table has "
              "none). quartic run prints its report, quartic plot draws it.");
  const StudyRun run = read_run(folder, program.catalogues);
  const Judged judged =
      judge(run.study, run.result.cube, run.adaptive ? adaptive_json(run.study, *run.adaptive) : "");
  const ReportInput input{.study = run.study,
                          .result = run.result,
                          .findings = judged.findings,
                          .folder = folder,
                          .causes = judged.causes ? &*judged.causes : nullptr,
                          .remedies = judged.remedies ? &*judged.remedies : nullptr,
                          .adaptive = run.adaptive ? &*run.adaptive : nullptr};
  write_text_file(file, run_page(input, draw_or_warn(folder, program), read_origin(folder)));
  program.console.out << file << "\n";
  return exit_status::done;
}

}  // namespace

Verb report_verb() {
  return {
      .text = {.name = "report",
               .summary = "one page of a run that can be mailed",
               .description = R"(
Writes one HTML file: the question, the pictures, the findings in words, the tables with their Monte Carlo
standard errors, and how to reproduce it all, under the headings that a report of a simulation study should
have (aims, data-generating mechanisms, estimands, methods, performance measures: Morris, White & Crowther
2019). It holds everything, runs no script and asks for nothing from elsewhere.

The pictures are drawn anew, as quartic plot does; without gnuplot the page has none.
)",
               .arguments = {folder_argument()},
               .options = {{.name = "--out",
                            .letter = "-o",
                            .value = "FILE",
                            .help = "Where to write it; report.html in the folder unless told otherwise."}},
               .examples = {{"quartic report runs/figure2", "runs/figure2/report.html"},
                            {"quartic report runs/figure2 --out figure2.html", "the page elsewhere"}}},
      .run = write_report};
}

}  // namespace quartic
