#include "experiments/study/schema.hpp"
#include "cli/verbs/verb.hpp"
#include "experiments/tables/keys.hpp"

namespace quartic {

namespace {

int schema(const Request&, const Program& program) {
  program.console.out << study_schema(program.catalogues, {&detail::table_study_keys()}) << "\n";
  return exit_status::done;
}

}  // namespace

Verb schema_verb() {
  return {
      .text = {.name = "schema",
               .summary = "print the JSON schema of study files, for editors",
               .description = R"(
Prints the JSON schema of study files. An editor that is given it completes keys and marks mistakes while
you type.
)",
               .examples = {{"quartic schema > study.schema.json", "keep the schema beside your studies"}}},
      .run = schema};
}

}  // namespace quartic
