#include <functional>
#include <map>

#include "cli/help/describe.hpp"
#include "cli/help/names.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/verb.hpp"
#include "core/require.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/tables/table_study.hpp"

namespace quartic {

namespace {

template <class Product>
std::string catalogue_text(const std::vector<CatalogueEntry<Product>>& catalogue, const Console& console) {
  std::string out;
  for (const auto& entry : catalogue)
    out += (out.empty() ? "" : "\n") + describe_entry({entry.name, entry.summary, entry.options}, console);
  return out;
}

std::string worlds_text(const Program& program) {
  return catalogue_text(program.catalogues.worlds(), program.console);
}
std::string models_text(const Program& program) {
  return catalogue_text(program.catalogues.models(), program.console);
}

std::vector<NamedText> titles() {
  std::vector<NamedText> entries;
  for (const auto& [name, text] : built_in_studies())
    entries.push_back({name, parse_study(text, name).title});
  for (const auto& [name, text] : built_in_table_studies())
    entries.push_back({name, parse_table_study(text, name).title});
  return entries;
}

std::string experiments_text(const Program& program) {
  const Console& console = program.console;
  std::string out;
  const auto add = [&](const auto& study) {
    out += (out.empty() ? "" : "\n") + console.paint.bold(study.name) + "\n" +
           definition_list({{"title", study.title}, {"question", study.question}, {"source", study.source}},
                           console.width);
  };
  for (const auto& [name, text] : built_in_studies()) add(parse_study(text, name));
  for (const auto& [name, text] : built_in_table_studies()) add(parse_table_study(text, name));
  return out + "\nquartic show NAME prints one as a study file; quartic run NAME runs it.\n";
}

std::string laws_text(const Program& program) {
  const Console& console = program.console;
  std::string out;
  for (const ClaimLaw& law : claim_laws) out += (out.empty() ? "" : "\n") + describe_law(law, console);
  return out;
}

std::string theory_text(const Program& program) {
  const Console& console = program.console;
  std::string out;
  for (const TheoryCurve& curve : theory_curves())
    out += (out.empty() ? "" : "\n") + describe_curve(curve, console);
  return out;
}

std::string overview(const Program& program) {
  const Console& console = program.console;
  const Paint& paint = console.paint;
  const auto section = [&](const std::string& title, const std::vector<NamedText>& entries) {
    return paint.bold(title) + "\n" + definition_list(entries, console.width) + "\n";
  };
  std::vector<NamedText> worlds, models, laws, curves;
  for (const auto& entry : program.catalogues.worlds()) worlds.push_back({entry.name, entry.summary});
  for (const auto& entry : program.catalogues.models()) models.push_back({entry.name, entry.summary});
  for (const ClaimLaw& law : claim_laws) laws.push_back({std::string(law.name), std::string(law.summary)});
  for (const TheoryCurve& curve : theory_curves()) curves.push_back({curve.name, curve.summary});
  return section("Experiments: ready to run", titles()) + section("Worlds: what is true", worlds) +
         section("Models: what learns", models) + section("Laws: what a claim may be about", laws) +
         section("Theory: formulas to compare with", curves) +
         "quartic list TOPIC says more; TOPIC is one of " + joined(topic_names()) + ".\n";
}

int list(const Request& request, const Program& program) {
  const std::string topic = request.value("TOPIC").value_or("");
  using Lister = std::function<std::string(const Program&)>;
  const std::map<std::string, Lister> listers = {{"", overview},          {"worlds", worlds_text},
                                                 {"models", models_text}, {"experiments", experiments_text},
                                                 {"laws", laws_text},     {"theory", theory_text}};
  const auto found = listers.find(topic);
  require(found != listers.end(), "there is no list of \"" + topic + "\" (the lists are " +
                                      joined(topic_names()) + ")." + suggestion(topic, topic_names()));
  program.console.out << found->second(program);
  return exit_status::done;
}

}  // namespace

Verb list_verb() {
  return {.text = {.name = "list",
                   .summary = "what there is: experiments, worlds, models, laws, theory",
                   .description = R"(
Lists what the program knows. Without a topic: an overview. With a topic: every entry, with its options,
what they mean and what they are unless a study sets them.
)",
                   .arguments = {{.name = "TOPIC",
                                  .help = "worlds, models, experiments, laws or theory.",
                                  .completes = Completes::topics,
                                  .optional = true}},
                   .examples = {{"quartic list", "an overview"},
                                {"quartic list models", "every model and its options"}}},
          .run = list};
}

}  // namespace quartic
