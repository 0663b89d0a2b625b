#include "experiments/tables/keys.hpp"

#include "core/options.hpp"
#include "experiments/study/words.hpp"
#include "experiments/tables/table_study.hpp"

namespace quartic::detail {

namespace {

using Kind = KeyKind;
using Shape = KeyShape;

constexpr const char* required = "required";

/// What is asked of the table.
std::vector<Key> question_keys() {
  const TableStudy study;
  return {{"resamples", Kind::whole(one_or_more), std::to_string(study.resamples),
           "of the systems, for intervals"},
          {"confidence", Kind::number(probability), shortest(study.confidence), "of intervals"},
          {"floors", Kind{Shape::numbers, not_negative}, "`[0]`",
           "errors that no computing removes, ascending: each is tried"},
          {"targets", Kind{Shape::numbers, positive}, "none", "errors to project to"},
          {"hardware", Kind::text(), "the first",
           "of the table of conversions: what it would take is told for it"},
          {"compare", Kind{Shape::texts}, "none",
           "two systems by their labels: how much of the growth between them came from faster processors"},
          {"table", Kind::table(&table_source_keys()), required, "where the numbers stand"},
          {"claim", Kind::tables(table_claim_keys()), "none", "about the exponent of computing"},
          {"effort", Kind::own("table of tables"), "none", "named sets of changes"}};
}

}  // namespace

const KeyTable& table_source_keys() {
  static const KeyTable table = {
      {{"name", Kind::text(), required,
        "a table that comes with quartic (`\"imagenet\"`), or a path that ends in .csv"},
       {"label", Kind::text(), "none", "the column of names"},
       {"error", Kind::text(), "`\"error\"`", "the column of errors"},
       {"compute", Kind::text(), "`\"compute\"`", "the column of computing"},
       {"unit", Kind::number(positive), "what its name says, as `gflop`, else 1",
        "operations in one unit of that column"}}};
  return table;
}

const KeyTable& table_claim_keys() {
  std::vector<std::string> lines = {"any"};
  for (const Regression line : regressions) lines.emplace_back(to_string(line));
  static const KeyTable table = {
      {{"says", Kind::text(), "its number", "the claim in words"},
       {"regression", Kind::word(lines), "`\"any\"`",
        "the line whose exponent it is about; any: whichever of forward and reverse is right"},
       {"floor", Kind{.shape = Shape::number_or_text, .words = {"any"}}, "`\"any\"`",
        "an error that stays; any: whichever of `floors` is right"},
       {"expect", Kind::number(), "one of three", "the claimed exponent of computing"},
       {"at_least", Kind::number(), "one of three", "a lower bound"},
       {"at_most", Kind::number(), "one of three", "an upper bound"},
       {"margin", Kind::number(not_negative), shortest(Expectation{}.margin),
        "what still counts as agreement"}},
      spell_all(test_words)};
  return table;
}

const KeyTable& table_study_keys() {
  static const KeyTable table = {joined_keys({header_keys(TableStudy{}.seed), question_keys()})};
  return table;
}

}  // namespace quartic::detail
