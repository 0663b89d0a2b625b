#include "experiments/tables/keys.hpp"

#include "experiments/tables/table_study.hpp"

namespace quartic::detail {

namespace {

using Shape = KeyShape;

constexpr const char* required = "required";

std::vector<Key> header_keys() {
  return {
      {.name = "title",
       .shape = Shape::text,
       .by_default = "name of the file",
       .help = "one line, for people"},
      {.name = "question",
       .shape = Shape::text,
       .by_default = "none",
       .help = "what the study asks, for people"},
      {.name = "source",
       .shape = Shape::text,
       .by_default = "none",
       .help = "where it comes from, for people"},
      {.name = "schema_version",
       .shape = Shape::own,
       .by_default = "1",
       .help = "the version of this grammar",
       .type = "1"},
      {.name = "seed",
       .shape = Shape::whole,
       .by_default = std::to_string(TableStudy{}.seed),
       .help = "all random numbers follow from it",
       .least = 0},
      {.name = "resamples",
       .shape = Shape::whole,
       .by_default = std::to_string(TableStudy{}.resamples),
       .help = "of the systems, for intervals",
       .least = 1},
      {.name = "confidence",
       .shape = Shape::number,
       .by_default = shortest(TableStudy{}.confidence),
       .help = "of intervals",
       .above = 0,
       .below = 1},
  };
}

/// What is asked of the table.
std::vector<Key> question_keys() {
  return {
      {.name = "floors",
       .shape = Shape::numbers,
       .by_default = "`[0]`",
       .help = "errors that no computing removes, ascending: each is tried",
       .least = 0},
      {.name = "targets",
       .shape = Shape::numbers,
       .by_default = "none",
       .help = "errors to project to",
       .above = 0},
      {.name = "hardware",
       .shape = Shape::text,
       .by_default = "the first",
       .help = "of the table of conversions: what it would take is told for it"},
      {.name = "compare",
       .shape = Shape::texts,
       .by_default = "none",
       .help =
           "two systems by their labels: how much of the growth between them came from faster processors"},
      {.name = "table",
       .shape = Shape::table,
       .by_default = required,
       .help = "where the numbers stand",
       .inside = &table_source_keys()},
      {.name = "claim",
       .shape = Shape::tables,
       .by_default = "none",
       .help = "about the exponent of computing",
       .inside = &table_claim_keys()},
      {.name = "effort",
       .shape = Shape::own,
       .by_default = "none",
       .help = "named sets of changes",
       .type = "table of tables"},
  };
}

}  // namespace

const KeyTable& table_source_keys() {
  static const KeyTable table = {{
      {.name = "name",
       .shape = Shape::text,
       .by_default = required,
       .help = "a table that comes with quartic (`\"imagenet\"`), or a path that ends in .csv"},
      {.name = "label", .shape = Shape::text, .by_default = "none", .help = "the column of names"},
      {.name = "error", .shape = Shape::text, .by_default = "`\"error\"`", .help = "the column of errors"},
      {.name = "compute",
       .shape = Shape::text,
       .by_default = "`\"compute\"`",
       .help = "the column of computing"},
      {.name = "unit",
       .shape = Shape::number,
       .by_default = "1",
       .help = "operations in one unit of that column",
       .above = 0},
  }};
  return table;
}

const KeyTable& table_claim_keys() {
  static const KeyTable table = [] {
    std::vector<std::string> lines = {"any"};
    for (const Regression line : regressions) lines.emplace_back(to_string(line));
    return KeyTable{
        {{.name = "says", .shape = Shape::text, .by_default = "its number", .help = "the claim in words"},
         {.name = "regression",
          .shape = Shape::word,
          .by_default = "`\"any\"`",
          .help = "the line whose exponent it is about; any: whichever of forward and reverse is right",
          .words = lines},
         {.name = "floor",
          .shape = Shape::number_or_text,
          .by_default = "`\"any\"`",
          .help = "an error that stays; any: whichever of `floors` is right",
          .words = {"any"}},
         {.name = "expect",
          .shape = Shape::number,
          .by_default = "one of three",
          .help = "the claimed exponent of computing"},
         {.name = "at_least", .shape = Shape::number, .by_default = "one of three", .help = "a lower bound"},
         {.name = "at_most", .shape = Shape::number, .by_default = "one of three", .help = "an upper bound"},
         {.name = "margin",
          .shape = Shape::number,
          .by_default = shortest(Expectation{}.margin),
          .help = "what still counts as agreement",
          .least = 0}},
        {"expect", "at_least", "at_most"}};
  }();
  return table;
}

const KeyTable& table_study_keys() {
  static const KeyTable table = [] {
    KeyTable study{header_keys()};
    for (const Key& key : question_keys()) study.keys.push_back(key);
    return study;
  }();
  return table;
}

}  // namespace quartic::detail
