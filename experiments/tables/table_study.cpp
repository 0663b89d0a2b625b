#include "experiments/tables/table_study.hpp"

#include <algorithm>
#include <filesystem>

#include "experiments/study/document/edits.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/read/table_reader.hpp"
#include "experiments/study/words.hpp"
#include "experiments/tables/columns.hpp"
#include "experiments/tables/keys.hpp"

namespace quartic {

namespace {

using detail::Node;
using detail::Problems;
using detail::TableReader;

template <class Value, class ReadItem>
void read_list(const TableReader& reader, std::string_view name, std::vector<Value>& into,
               ReadItem read_item) {
  const Node* value = reader.field(name);
  if (!value) return;
  if (!value->list())
    return reader.complain(
        name, "it is " + kind_of_value(*value) + " (a list is needed here). Write it in [brackets].");
  into.clear();
  for (const Node& item : *value->list())
    if (const auto read = read_item(item, reader.key(name), reader.problems)) into.push_back(*read);
}

void require_positive(const TableReader& reader, std::string_view name, double value) {
  if (!(value > 0)) reader.complain(name, "it is not positive (it scales what is). Give a positive number.");
}

TableSource read_source(const TableReader& reader) {
  TableSource source;
  reject_unknown(*reader.node.table(), reader.path, detail::table_source_keys(), reader.problems);
  if (!reader.field("name"))
    reader.complain("name",
                    "the key is missing (a study of a table has one). Write name = \"imagenet\", or the "
                    "name of a file that ends in .csv.");
  source.name = reader.text("name");
  source.label = reader.text("label");
  source.error = reader.text("error", source.error);
  source.compute = reader.text("compute", source.compute);
  source.unit = reader.number("unit", unit_in_name(source.compute));
  require_positive(reader, "unit", source.unit);
  return source;
}

void read_regression(const TableReader& reader, TableClaim& claim) {
  const std::string name = reader.text("regression", "any");
  std::vector<std::string> names = {"any"};
  for (const Regression kind : regressions) {
    names.emplace_back(to_string(kind));
    if (name == to_string(kind)) claim.regression = kind;
  }
  reader.require_known("regression", "line", "lines", name, names);
}

void read_floor(const TableReader& reader, TableClaim& claim) {
  const Node* value = reader.field("floor");
  if (!value || (value->text() && *value->text() == "any")) return;
  claim.floor = reader.number("floor", 0);
}

void read_expectation(const TableReader& reader, Expectation& expectation) {
  int given = 0;
  for (const auto& [kind, name] : test_words) {
    if (!reader.field(name)) continue;
    ++given;
    expectation.kind = kind;
    expectation.value = reader.number(name, expectation.value);
  }
  if (given != 1)
    reader.problems.add(reader.node.where, reader.path,
                        "not one value is claimed (a claim has exactly one of expect, at_least, at_most). "
                        "Write for example at_least = 4.");
  expectation.margin = reader.number("margin", expectation.margin);
  if (expectation.margin < 0)
    reader.complain("margin", "the margin is negative (it widens what counts as agreement). Give 0 or more.");
}

TableClaim read_claim(const TableReader& reader) {
  reject_unknown(*reader.node.table(), reader.path, detail::table_claim_keys(), reader.problems);
  TableClaim claim;
  claim.says = reader.text("says", reader.path);
  read_regression(reader, claim);
  read_floor(reader, claim);
  read_expectation(reader, claim.expectation);
  return claim;
}

std::vector<TableClaim> read_table_claims(const TableReader& top) {
  std::vector<TableClaim> claims;
  const Node* list = top.field("claim");
  if (!list) return claims;
  const bool tables = list->list() && std::all_of(list->list()->begin(), list->list()->end(),
                                                  [](const Node& item) { return item.table() != nullptr; });
  if (!tables)
    top.complain("claim", "it is no list of tables (a study has a list of claims). Write [[claim]].");
  else
    for (const Node& item : *list->list())
      claims.push_back(read_claim({item, "claim " + std::to_string(claims.size() + 1), top.problems}));
  return claims;
}

void check_numbers(const TableReader& top, const TableStudy& study) {
  const auto& floors = study.floors;
  if (floors.empty() || floors.front() < 0 || !std::is_sorted(floors.begin(), floors.end()))
    top.complain("floors",
                 "they are not ascending from 0 or more (a floor is an error that stays). Write floors "
                 "= [0, 0.02, 0.04].");
  for (const double target : study.targets)
    if (!(target > 0))
      top.complain("targets", "one is not positive (they are errors). Write targets = [0.05].");
  if (!study.compare.empty() && study.compare.size() != 2)
    top.complain("compare",
                 "it does not name two systems (one is compared with another). Write compare = "
                 "[\"AlexNet\", \"NASNet-A\"].");
  if (!(study.confidence > 0 && study.confidence < 1))
    top.complain("confidence",
                 "it is not a probability (of the interval to hold the truth). Give one such as "
                 "0.95.");
}

TableStudy read_study(const Node& document, Problems& problems) {
  const TableReader top{document, "", problems};
  reject_unknown(*document.table(), "study", detail::table_study_keys(), problems);
  TableStudy study;
  read_header(top, study);
  study.resamples = top.count("resamples", study.resamples);
  study.confidence = top.number("confidence", study.confidence);
  read_list(top, "floors", study.floors, detail::read_number);
  read_list(top, "targets", study.targets, detail::read_number);
  read_list(top, "compare", study.compare, detail::read_text);
  study.hardware = top.text("hardware");
  const Node* table = top.field("table");
  if (table && table->table())
    study.table = read_source({*table, "table", problems});
  else
    top.complain("table", "it is missing or no table (a study of a table has one). Write [table].");
  if (const Node* efforts = top.field("effort"); efforts && !efforts->table())
    top.complain("effort",
                 "it is no table (each effort in it changes keys of the study). Write [effort.classroom].");
  study.claims = read_table_claims(top);
  check_numbers(top, study);
  return study;
}

/// The document without its efforts, keys in the order of the file.
std::string canonical_text(const Node& document) {
  std::string values, tables;
  for (const detail::Field& field : *document.table()) {
    const std::string key = detail::to_toml_key(field.key);
    const auto lines = [](const Node& node) {
      std::string text;
      for (const detail::Field& inner : *node.table())
        text += detail::to_toml_key(inner.key) + " = " + to_toml(inner.value) + "\n";
      return text;
    };
    if (field.key == "effort") continue;
    if (field.key == "table") {
      tables += "\n[table]\n" + lines(field.value);
    } else if (field.key == "claim") {
      for (const Node& claim : *field.value.list()) tables += "\n[[claim]]\n" + lines(claim);
    } else {
      values += key + " = " + to_toml(field.value) + "\n";
    }
  }
  return values + tables;
}

TableStudy make_table_study(const Node& document) {
  Problems problems;
  TableStudy study = read_study(document, problems);
  problems.throw_if_any();
  study.text = canonical_text(document);
  return study;
}

}  // namespace

bool is_table_study(std::string_view text, std::string_view file) {
  const Node document = detail::read_document(text, file);
  return find(*document.table(), "table") && !find(*document.table(), "world");
}

TableStudy parse_table_study(std::string_view text, std::string_view file, const StudyEdits& edits) {
  const Node document = detail::read_document(text, file);
  Node edited = document;
  if (!edits.effort.empty()) detail::apply_effort(edited, edits.effort, file);
  for (const auto& [key, value] : edits.overrides) detail::apply_override(edited, key, value);
  TableStudy study = make_table_study(edited);
  for (const std::string& name : detail::effort_names(document)) {
    Node variant = document;
    detail::apply_effort(variant, name, file);
    static_cast<void>(make_table_study(variant));
  }
  const std::string stem = std::filesystem::path(file).stem().string();
  study.name = stem.empty() || stem == "-" || stem.find(' ') != std::string::npos ? "study" : stem;
  study.effort = edits.effort;
  if (study.title.empty()) study.title = study.name;
  return study;
}

}  // namespace quartic
