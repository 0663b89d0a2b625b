#include "cli/protocol/protocol.hpp"
#include "cli/studies/study_source.hpp"
#include "cli/verbs/verb.hpp"

namespace quartic {

namespace {

int preregister(const Request& request, const Program& program) {
  const PowerOptions power = read_power(request);
  const StudySource source = simulated_source(read_study_options(request), program.catalogues);
  program.console.out << protocol(parse(source), power);
  return exit_status::done;
}

}  // namespace

Verb prereg_verb() {
  return {.text = {.name = "prereg",
                   .summary = "a study as a protocol, to be registered before it is run",
                   .description = R"(
Writes what a study will do as a document in Markdown, in the order in which simulation studies are reported
(ADEMP): aims, data-generating mechanisms, estimands, methods, performance measures; then the number of
replicates and why, how the study is run, and the study file itself with its digest. Nothing is fitted.

The same study and version give the same bytes, so that who has the protocol can tell whether the study was
changed afterwards.
)",
                   .arguments = {study_argument()},
                   .options =
                       together({study_options(),
                                 power_options("The exponent that each claim about one is to be told from; "
                                               "twice its margin above it unless told otherwise.")}),
                   .examples = {{"quartic prereg figure2 --effort paper > protocol.md", "before the run"},
                                {"quartic prereg mine.toml --spread 0.3",
                                 "errors scatter by 0.3 in logarithms, as a pilot showed"}}},
          .run = preregister};
}

}  // namespace quartic
