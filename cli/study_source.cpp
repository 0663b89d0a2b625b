#include "cli/study_source.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "cli/names.hpp"
#include "cli/text.hpp"
#include "core/require.hpp"

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

bool names_a_file(const std::string& source) {
  return source.ends_with(".toml") || source.find('/') != std::string::npos;
}

StudyEdits edits_of(const StudyOptions& options) {
  StudyEdits edits{options.effort, options.settings};
  if (options.seed) edits.overrides.emplace_back("seed", std::to_string(*options.seed));
  return edits;
}

}  // namespace

Study load_study(const StudyOptions& options) {
  const StudyEdits edits = edits_of(options);
  if (options.source == "-") return parse_study(everything(std::cin), "standard input", edits);
  if (names_a_file(options.source)) return parse_study(read_file(options.source), options.source, edits);
  const auto& studies = built_in_studies();
  const auto found = studies.find(options.source);
  require(found != studies.end(), "there is no experiment \"" + options.source +
                                      "\" (and study files end in .toml)." +
                                      suggestion(options.source, experiment_names()));
  return parse_study(found->second, found->first, edits);
}

}  // namespace quartic
