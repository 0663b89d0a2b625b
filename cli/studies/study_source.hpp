#pragma once
/// From what a user typed - the name of an experiment, a file, or - for standard input - to a validated
/// study.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/help/common_options.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/study.hpp"

namespace quartic {

struct StudyOptions {
  std::string source;  ///< "figure2", "mine.toml" or "-"
  std::string effort;
  std::vector<std::pair<std::string, std::string>> settings;  ///< of --set, in order
  std::optional<std::uint64_t> seed;  ///< of --seed or --seed-from; wins over settings
};

/// EXPERIMENT, and the options that say how it is changed; and both as they were given.
ArgumentText study_argument();
OptionGroup study_options();
StudyOptions read_study_options(const Request& request);

/// The text of a study, what to change in it, and the kinds that it may name.
struct StudySource {
  std::string text;
  std::string file;  ///< for messages
  StudyEdits edits;
  Catalogues catalogues;
};

/// Throws InvalidInput where there is no such experiment or file.
StudySource read_study_source(const StudyOptions& options, const Catalogues& catalogues);
/// The source of a study that is simulated. Throws InvalidInput where there is none, or it is one of a table.
StudySource simulated_source(const StudyOptions& options, const Catalogues& catalogues);
/// The study, with `edits` in place of its own. Throws InvalidInput where it is not valid.
Study parse(const StudySource& source, const StudyEdits& edits);
Study parse(const StudySource& source);

}  // namespace quartic
