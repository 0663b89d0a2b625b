#include "cli/studies/study_source.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

#include "cli/help/names.hpp"
#include "cli/terminal/text.hpp"
#include "cli/terminal/text_file.hpp"
#include "core/require.hpp"
#include "experiments/study/document/limits.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/tables/table_study.hpp"

namespace quartic {

namespace {

std::string read_file(const std::string& path) {
  require(!std::filesystem::is_directory(path),
          path + " is a folder (a study is a file). Name a file that ends in .toml, or an experiment: " +
              joined(experiment_names()) + ".");
  std::ifstream in(path, std::ios::binary);
  require(in.good(), "there is no study file " + path +
                         " (it cannot be opened). Check the name and the folder you are in.");
  return everything(in, path, detail::most_study_bytes);
}

const std::string& built_in_text(const std::string& name) {
  for (const auto* texts : {&built_in_studies(), &replication_packs(), &built_in_table_studies()})
    if (const auto found = texts->find(name); found != texts->end()) return found->second;
  throw InvalidInput("there is no experiment \"" + name + "\" (and study files end in .toml)." +
                     suggestion(name, experiment_names()));
}

bool names_a_file(const std::string& source) {
  return source.ends_with(".toml") || source.find('/') != std::string::npos;
}

StudyEdits make_edits(const StudyOptions& options) {
  StudyEdits edits{options.effort, options.settings};
  if (options.seed) edits.overrides.emplace_back("seed", std::to_string(*options.seed));
  return edits;
}

}  // namespace

ArgumentText study_argument() {
  return {
      .name = "EXPERIMENT",
      .help =
          "A built-in experiment or replication (quartic list experiments, quartic list replications), a study file "
          "ending in .toml, or - to read a study from standard input.",
      .completes = Completes::experiments};
}

OptionGroup study_options() {
  return {
      {.name = "--effort",
       .letter = "-e",
       .value = "EFFORT",
       .help = "How much to spend. The built-in experiments know classroom (seconds), standard and paper (as "
               "precise as a publication).",
       .completes = Completes::efforts},
      {.name = "--set",
       .letter = "-s",
       .value = "KEY=VALUE",
       .help =
           "Change one line of the study; may be repeated. Keys are dotted, and an arm is addressed by its "
           "name: --set world.noise=2, --set replicates=50, --set arm.regularised.penalty=cv. A list makes a "
           "sweep, --set world.noise=1,2,4, and so does a range from:to:scale:points, --set "
           "world.noise=0.1:10:log:7.",
       .completes = Completes::settings,
       .repeats = true},
      {.name = "--seed",
       .value = "NUMBER",
       .help = "Seed of all random numbers. The same seed gives the same results, bit for bit."},
      {.name = "--seed-from",
       .value = "WORD",
       .help = "A seed made from a word (its 32-bit FNV-1a hash), so that a class can use its own name."},
  };
}

StudyOptions read_study_options(const Request& request) {
  return {.source = *request.value("EXPERIMENT"),
          .effort = request.value("--effort").value_or(""),
          .settings = list_settings(request),
          .seed = read_seed(request)};
}

StudySource read_study_source(const StudyOptions& options, const Catalogues& catalogues) {
  const StudyEdits edits = make_edits(options);
  if (options.source == "-")
    return {everything(std::cin, "standard input", detail::most_study_bytes), "standard input", edits,
            catalogues};
  if (names_a_file(options.source)) return {read_file(options.source), options.source, edits, catalogues};
  return {built_in_text(options.source), options.source, edits, catalogues};
}

StudySource simulated_source(const StudyOptions& options, const Catalogues& catalogues) {
  StudySource source = read_study_source(options, catalogues);
  require(
      !is_table_study(source.text, source.file),
      source.file +
          " is a study of a table (nothing is simulated, and it takes seconds). Run it with quartic run.");
  return source;
}

Study parse(const StudySource& source, const StudyEdits& edits) {
  return parse_study(source.text, source.file, edits, source.catalogues);
}

Study parse(const StudySource& source) {
  return parse(source, source.edits);
}

}  // namespace quartic
