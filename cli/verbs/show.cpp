#include "cli/help/describe.hpp"
#include "cli/help/names.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/verb.hpp"
#include "core/require.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/tables/built_in.hpp"
#include "experiments/tables/table_study.hpp"

namespace quartic {

namespace {

/// The texts for one name: a model and a curve may share theirs. "" where there is nothing of that name.
std::string text_for(const std::string& name, const Program& program) {
  for (const auto* texts :
       {&built_in_studies(), &replication_packs(), &built_in_table_studies(), &built_in_tables()})
    if (const auto found = texts->find(name); found != texts->end()) return found->second;
  std::string out;
  const auto add = [&](const std::string& kind, const auto& entries) {
    for (const auto& entry : entries)
      if (entry.name == name)
        out += (out.empty() ? "" : "\n") + kind + " " + describe(entry, program.console);
  };
  add("world", program.catalogues.worlds());
  add("model", program.catalogues.models());
  add("law", claim_laws);
  add("curve", theory_curves());
  return out;
}

int show(const Request& request, const Program& program) {
  const std::string name = *request.value("NAME");
  const std::string text = text_for(name, program);
  require(!text.empty(), "there is nothing named \"" + name + "\" (quartic list says what there is)." +
                             suggestion(name, showable_names(program.catalogues)));
  program.console.out << text;
  return exit_status::done;
}

}  // namespace

Verb show_verb() {
  return {
      .text = {.name = "show",
               .summary = "print an experiment as a study file, or describe one world, model, law or curve",
               .description = R"(
Prints the study file of a built-in experiment or replication, ready to be saved, edited and run. The name of a world, a
model, a law or a curve of theory is described with its options.
)",
               .arguments = {{.name = "NAME",
                              .help = "An experiment, a world, a model, a law or a curve.",
                              .completes = Completes::names}},
               .examples = {{"quartic show figure2", "the study file of an experiment"},
                            {"quartic show figure2 > mine.toml", "the start of an experiment of your own"},
                            {"quartic show lasso", "the options of a model"}}},
      .run = show};
}

}  // namespace quartic
