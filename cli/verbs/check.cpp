#include "cli/studies/study_source.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/verb.hpp"
#include "experiments/study/arm.hpp"
#include "experiments/tables/table_study.hpp"

namespace quartic {

namespace {

std::string counted(Index count, const std::string& noun) {
  return with_thousands(count) + " " + noun + (count == 1 ? "" : "s");
}

/// "in 6 cells (world.noise, world.candidates)", "" without a sweep.
std::string cells_text(const CellGrid& cells) {
  const std::vector<CellAxis> axes = cells.axes();
  if (axes.empty()) return "";
  std::vector<std::string> keys;
  for (const CellAxis& axis : axes) keys.push_back(axis.key);
  return " in " + counted(static_cast<Index>(cells.size()), "cell") + " (" + joined(keys) + ")";
}

/// How many replicates an adaptive study runs nobody knows before.
std::string amount_text(const Study& study) {
  if (study.adaptive)
    return with_thousands(study.adaptive->least) + " to " + with_thousands(study.adaptive->most) +
           " replicates, as many as it takes";
  Index replicates = 0;
  for (const ArmSpec& arm : study.cells.front().arms) replicates += count_replicates(study, arm);
  const Index fits =
      replicates * static_cast<Index>(study.sizes.size()) * static_cast<Index>(study.cells.size());
  return counted(study.replicates, "replicate") + ": " + counted(fits, "fit");
}

/// " and up to 2 further ones".
std::string further_text(const Study& study) {
  const std::ptrdiff_t further = std::ssize(study.sizes) - std::ssize(given_sizes(study));
  if (further == 0) return "";
  return " and up to " + with_thousands(further) + (further == 1 ? " further one" : " further ones");
}

std::string study_text(const Study& study) {
  return "a valid study of " + counted(std::ssize(study.cells.front().arms), "arm") + " at " +
         counted(std::ssize(given_sizes(study)), "size") + further_text(study) + cells_text(study.cells) +
         ", " + amount_text(study) + ", " + counted(std::ssize(study.claims), "claim") + ".";
}

std::string table_text(const TableStudy& study) {
  return "a valid study of the table " + study.table.name + ", " +
         counted(std::ssize(study.claims), "claim") + ".";
}

int check(const Request& request, const Program& program) {
  const StudySource source = read_study_source(read_study_options(request), program.catalogues);
  const std::string text = is_table_study(source.text, source.file)
                               ? table_text(parse_table_study(source.text, source.file, source.edits))
                               : study_text(parse(source));
  program.console.out << source.file << ": " << text << "\n";
  return exit_status::done;
}

}  // namespace

Verb check_verb() {
  return {.text = {.name = "check",
                   .summary = "whether a study file is valid, and what it is, in a moment",
                   .description = R"(
Reads a study and checks all of it that can be known before it runs: keys, types, ranges and formulas, that
every expert, model and option goes with its world in every cell (of very many cells in a sample), claims,
and every effort of the file. Nothing is fitted and nothing is written.

Prints one line for a valid study. Else it says what is wrong, where, and what to do, with exit status 2.
)",
                   .arguments = {study_argument()},
                   .options = study_options(),
                   .examples = {{"quartic check mine.toml", "before it is run, or in a script"},
                                {"quartic show figure2 | quartic check -", "what is written for you"}}},
          .run = check};
}

}  // namespace quartic
