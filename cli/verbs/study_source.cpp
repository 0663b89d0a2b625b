#include "cli/verbs/study_source.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "cli/help/names.hpp"
#include "cli/terminal/text.hpp"
#include "core/require.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/tables/table_study.hpp"

namespace quartic {

namespace {

std::string everything(std::istream& in) {
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string read_file(const std::string& path) {
  require(!std::filesystem::is_directory(path),
          path + " is a folder (a study is a file). Name a file that ends in .toml, or an experiment: " +
              joined(experiment_names()) + ".");
  std::ifstream in(path, std::ios::binary);
  require(in.good(), "there is no study file " + path +
                         " (it cannot be opened). Check the name and the folder you are in.");
  return everything(in);
}

const std::string& built_in_text(const std::string& name) {
  for (const auto* texts : {&built_in_studies(), &built_in_table_studies()})
    if (const auto found = texts->find(name); found != texts->end()) return found->second;
  throw InvalidInput("there is no experiment \"" + name + "\" (and study files end in .toml)." +
                     suggestion(name, experiment_names()));
}

bool names_a_file(const std::string& source) {
  return source.ends_with(".toml") || source.find('/') != std::string::npos;
}

StudyEdits edits_of(const StudyOptions& options) {
  StudyEdits edits{options.effort, options.settings};
  if (options.seed) edits.overrides.emplace_back("seed", std::to_string(*options.seed));
  return edits;
}

}  // namespace

StudySource read_study_source(const StudyOptions& options) {
  const StudyEdits edits = edits_of(options);
  if (options.source == "-") return {everything(std::cin), "standard input", edits};
  if (names_a_file(options.source)) return {read_file(options.source), options.source, edits};
  return {built_in_text(options.source), options.source, edits};
}

StudySource simulated_source(const StudyOptions& options) {
  StudySource source = read_study_source(options);
  require(!is_table_study(source.text, source.file),
          source.file +
              " is a study of a table (nothing is simulated, and it takes seconds). Run it with "
              "quartic run.");
  return source;
}

Study load_study(const StudyOptions& options) {
  const StudySource source = simulated_source(options);
  return parse_study(source.text, source.file, source.edits);
}

}  // namespace quartic
