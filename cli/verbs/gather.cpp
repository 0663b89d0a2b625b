#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/help/common_options.hpp"
#include "cli/pictures/gathering_picture.hpp"
#include "cli/pictures/run_json.hpp"
#include "cli/report/gathering_text.hpp"
#include "cli/verbs/output_folder.hpp"
#include "cli/verbs/verb.hpp"
#include "core/require.hpp"
#include "experiments/platform/plain_file.hpp"
#include "experiments/results/cube_file.hpp"
#include "experiments/store/export.hpp"
#include "experiments/study/absent_models.hpp"
#include "experiments/study/arm.hpp"

namespace quartic {

namespace {

/// The last part of a path: what a group called its folder.
std::string name_of_group(const std::string& folder) {
  const std::filesystem::path path = std::filesystem::path(folder) / "";
  const std::string name = path.parent_path().filename().string();
  return name.empty() ? folder : name;
}

CubeAxes axes_of(const Study& study, const std::string& folder) {
  return read_run_json<nlohmann::json>(folder, "cube.json", [&](const nlohmann::json& axes) {
    return CubeAxes{.cells = std::ssize(json_items(axes.at("cell"))),
                    .arms = axes.at("arm").get<std::vector<std::string>>(),
                    .sizes = axes.at("n").get<std::vector<Index>>(),
                    .replicates = std::ssize(json_items(axes.at("replicate"))),
                    .further = further_sizes(study)};
  });
}

/// A run with models that are not here: its records are told apart by what the models are, so that its results come from
/// its files.
StudyRun read_from_files(const std::string& folder, Study study) {
  const CubeAxes axes = axes_of(study, folder);
  std::vector<std::string> arms;
  for (const ArmSpec& arm : study.cells.front().arms) arms.push_back(arm.name);
  require(axes.cells == std::ssize(study.cells) && axes.arms == arms && axes.sizes == study.sizes,
          "cube.json and the study in " + folder +
              " disagree (they have other cells, arms or sizes). Run it again.");
  StudyRun run{.study = std::move(study), .result = {}, .adaptive = {}};
  run.result.cube = read_npy(read_plain_file(folder + "/cube.npy").value_or(""), axes);
  return run;
}

StudyRun read_group(const std::string& folder, const Catalogues& catalogues) {
  const StoreReader store(folder);
  const Catalogues all = with_absent_models(catalogues, store.study_text());
  if (all.models().size() == catalogues.models().size()) return read_run(folder, catalogues);
  return read_from_files(folder, store.study(all));
}

int gather(const Request& request, const Program& program) {
  const std::vector<std::string> folders = request.all("DIR");
  std::vector<StudyRun> runs;
  for (const std::string& folder : folders) runs.push_back(read_group(folder, program.catalogues));
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

Groups are named by their folders. Their studies may differ in nothing but the seed and what they say of their
arms, and no two may have the same seed: then their replicates would be the same, and not more of them.

An arm that is not the same in all groups, such as an expert with a list of each group's own, is shown side by
side: every group's estimates and line, with its name, and nothing of all together. So is any arm that was made
in Python, as no study says what it is.
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
