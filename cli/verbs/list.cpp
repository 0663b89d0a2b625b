#include <initializer_list>
#include <map>

#include "cli/help/describe.hpp"
#include "cli/help/names.hpp"
#include "cli/terminal/text.hpp"
#include "cli/verbs/verb.hpp"
#include "core/require.hpp"
#include "experiments/study/document/document.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/tables/table_study.hpp"

namespace quartic {

namespace {

template <class Entries>
std::string describe_all(const Entries& entries, const Console& console) {
  std::string out;
  for (const auto& entry : entries) out += (out.empty() ? "" : "\n") + describe(entry, console);
  return out;
}

template <class Entries>
std::vector<NamedText> summaries(const Entries& entries) {
  std::vector<NamedText> list;
  for (const auto& entry : entries) list.push_back({std::string(entry.name), std::string(entry.summary)});
  return list;
}

/// What a study says of itself.
struct StudyWords {
  std::string name, title, question, source;
};

using Texts = std::map<std::string, std::string, std::less<>>;

/// Those of all studies there. They are not checked: that would draw worlds.
std::vector<StudyWords> words_of(std::initializer_list<const Texts*> maps) {
  std::vector<StudyWords> all;
  for (const Texts* studies : maps)
    for (const auto& [name, text] : *studies) {
      const detail::Node document = detail::read_document(text, name);
      const auto word = [&](std::string_view key) {
        const detail::Node* value = detail::find(*document.table(), key);
        return value && value->text() ? *value->text() : "";
      };
      all.push_back({name, word("title"), word("question"), word("source")});
    }
  return all;
}

std::vector<StudyWords> experiments() {
  return words_of({&built_in_studies(), &built_in_table_studies()});
}
std::vector<StudyWords> replications() {
  return words_of({&replication_packs()});
}

std::vector<NamedText> titles(const std::vector<StudyWords>& studies) {
  std::vector<NamedText> entries;
  for (const StudyWords& study : studies) entries.push_back({study.name, study.title});
  return entries;
}

std::string describe_studies(const std::vector<StudyWords>& studies, const Console& console) {
  std::string out;
  for (const StudyWords& study : studies)
    out += (out.empty() ? "" : "\n") + console.paint.bold(study.name) + "\n" +
           definition_list({{"title", study.title}, {"question", study.question}, {"source", study.source}},
                           console.width);
  return out + "\nquartic show NAME prints one as a study file; quartic run NAME runs it.\n";
}

std::string overview(const Program& program) {
  const Console& console = program.console;
  const auto section = [&](const std::string& title, const std::vector<NamedText>& entries) {
    return console.paint.bold(title) + "\n" + definition_list(entries, console.width) + "\n";
  };
  return section("Experiments: ready to run", titles(experiments())) +
         section("Replications: published results, run again", titles(replications())) +
         section("Worlds: what is true", summaries(program.catalogues.worlds())) +
         section("Models: what learns", summaries(program.catalogues.models())) +
         section("Laws: what a claim may be about", summaries(claim_laws)) +
         section("Theory: formulas to compare with", summaries(theory_curves())) +
         "quartic list TOPIC says more; TOPIC is one of " + joined(topic_names()) + ".\n";
}

std::string topic_text(const std::string& topic, const Program& program) {
  const Console& console = program.console;
  if (topic.empty()) return overview(program);
  if (topic == "worlds") return describe_all(program.catalogues.worlds(), console);
  if (topic == "models") return describe_all(program.catalogues.models(), console);
  if (topic == "experiments") return describe_studies(experiments(), console);
  if (topic == "replications") return describe_studies(replications(), console);
  if (topic == "laws") return describe_all(claim_laws, console);
  if (topic == "theory") return describe_all(theory_curves(), console);
  throw InvalidInput("there is no list of \"" + topic + "\" (the lists are " + joined(topic_names()) + ")." +
                     suggestion(topic, topic_names()));
}

int list(const Request& request, const Program& program) {
  program.console.out << topic_text(request.value("TOPIC").value_or(""), program);
  return exit_status::done;
}

}  // namespace

Verb list_verb() {
  return {.text = {.name = "list",
                   .summary = "what there is: experiments, replications, worlds, models, laws, theory",
                   .description = R"(
Lists what the program knows. Without a topic: an overview. With a topic: every entry, with its options,
what they mean and what they are unless a study sets them.
)",
                   .arguments = {{.name = "TOPIC",
                                  .help = "worlds, models, experiments, replications, laws or theory.",
                                  .completes = Completes::topics,
                                  .optional = true}},
                   .examples = {{"quartic list", "an overview"},
                                {"quartic list models", "every model and its options"}}},
          .run = list};
}

}  // namespace quartic
