#include <filesystem>

#include "cli/help/common_options.hpp"
#include "cli/pictures/gathering_picture.hpp"
#include "cli/report/gathering_text.hpp"
#include "cli/verbs/output_folder.hpp"
#include "cli/verbs/verb.hpp"
#include "experiments/store/export.hpp"

namespace quartic {

namespace {

/// The last part of a path: what a group called its folder.
std::string name_of_group(const std::string& folder) {
  const std::filesystem::path path = std::filesystem::path(folder) / "";
  const std::string name = path.parent_path().filename().string();
  return name.empty() ? folder : name;
}

int gather(const Request& request, const Program& program) {
  const std::vector<std::string> folders = request.all("DIR");
  std::vector<StudyRun> runs;
  for (const std::string& folder : folders) runs.push_back(read_run(folder, program.catalogues));
  std::vector<GroupRun> groups;
  for (std::size_t k = 0; k < runs.size(); ++k)
    groups.push_back({name_of_group(folders[k]), runs[k].study, runs[k].result.cube});
  const Gathering gathering = gather_runs(groups);
  program.console.out << gathering_text(groups, gathering, program.console);
  for (const std::string& picture : run_gnuplot(made_folder(read_name(request, "--out"), "--out"),
                                                gathering_pictures(groups, gathering), "the same command"))
    program.console.out << "  " << picture << "\n";
  return exit_status::done;
}

}  // namespace

Verb gather_verb() {
  return {.text = {.name = "gather",
                   .summary = "a class's runs of one study: each group's findings, and all together",
                   .description = R"(
Takes the runs of one study by several groups, each with a seed of its own (quartic run --seed-from NAME), and
shows how far chance alone leads: for every claim what each group found, and what the replicates of all of
them find together. Draws one picture, gathered.svg and .png: the error of every arm by data, each group's
line thin, the mean of all thick, with its interval.

Groups are named by their folders. Their studies may differ in nothing but the seed, and no two may have the
same one: then their replicates would be the same, and not more of them.
)",
                   .arguments = {{.name = "DIR",
                                  .help = "The folders of the groups' runs, two or more.",
                                  .completes = Completes::folders,
                                  .repeats = true}},
                   .options = {{.name = "--out",
                                .letter = "-o",
                                .value = "DIR",
                                .help = "Folder for the picture; the one you are in unless told otherwise.",
                                .completes = Completes::folders}},
                   .examples = {{"quartic gather runs/anna runs/ben runs/chen", "what three groups found"},
                                {"quartic gather runs/* --out gathered", "gathered/gathered.png"}}},
          .run = gather};
}

}  // namespace quartic
