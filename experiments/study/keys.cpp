#include "experiments/study/keys.hpp"

#include <cmath>
#include <iterator>

#include "core/options.hpp"
#include "experiments/study/claim_laws.hpp"
#include "experiments/study/words.hpp"

namespace quartic::detail {

namespace {

using Shape = KeyShape;

constexpr const char* required = "required";

std::string quoted_list(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "`\"" : ", `\"") + word + "\"`";
  return list;
}

std::string code(const std::string& text) {
  return "`" + text + "`";
}

std::vector<std::string> law_names() {
  std::vector<std::string> names;
  for (const ClaimLaw& law : claim_laws) names.emplace_back(law.name);
  return names;
}

/// Of the laws about one arm.
std::vector<std::string> target_law_names() {
  std::vector<std::string> names;
  for (const ClaimLaw& law : claim_laws)
    if (law.arms == ArmsOfLaw::one) names.emplace_back(law.name);
  return names;
}

/// Of claims and of targets: the points of a curve that are used.
std::vector<Key> window_keys() {
  return {
      {.name = "average",
       .shape = Shape::word,
       .by_default = quoted_list({std::string(to_string(Claim{}.average))}),
       .help = "how replicates become one number a size",
       .words = list_of(average_words)},
      {.name = "from", .shape = Shape::number, .by_default = "all sizes", .help = "the smallest size used"},
      {.name = "to", .shape = Shape::number, .by_default = "all sizes", .help = "the largest size used"}};
}

/// Likewise: how a number is read off them.
std::vector<Key> reading_keys() {
  const Claim claim;
  std::vector<std::string> forms = {"automatic"};
  for (const LawForm form : law_forms) forms.emplace_back(to_string(form));
  std::vector<std::string> methods;
  for (const IntervalMethod method : interval_methods) methods.emplace_back(to_string(method));
  return {{.name = "confidence",
           .shape = Shape::number,
           .by_default = shortest(claim.confidence),
           .help = "of the interval",
           .above = 0,
           .below = 1},
          {.name = "form",
           .shape = Shape::word,
           .by_default = quoted_list({"automatic"}),
           .help = "of exponents: the law that is fitted",
           .words = forms},
          {.name = "floor",
           .shape = Shape::number_or_text,
           .by_default = "see below",
           .help = "of exponents: an error that no size gets below",
           .least = 0,
           .words = {"none", "free"}},
          {.name = "interval",
           .shape = Shape::word,
           .by_default = quoted_list({std::string(to_string(claim.interval))}),
           .help = "how replicates become an interval",
           .words = methods}};
}

/// What a claim says of its law.
std::vector<Key> claimed_keys() {
  return {{.name = "expect",
           .shape = Shape::number_or_text,
           .by_default = "one of three",
           .help = "the claimed value"},
          {.name = "at_least",
           .shape = Shape::number_or_text,
           .by_default = "one of three",
           .help = "a claimed lower bound"},
          {.name = "at_most",
           .shape = Shape::number_or_text,
           .by_default = "one of three",
           .help = "a claimed upper bound"},
          {.name = "margin",
           .shape = Shape::number,
           .by_default = shortest(Claim{}.margin),
           .help = "what still counts as agreement",
           .least = 0}};
}

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
       .by_default = std::to_string(Study{}.seed),
       .help = "all random numbers follow from it",
       .least = 0},
      {.name = "replicates",
       .shape = Shape::own,
       .by_default = std::to_string(Study{}.replicates),
       .help = "independent repetitions of everything: truth, samples, experts; a table says "
               "[until when](#adaptive-replicates) instead of how many",
       .inside = &replicates_keys(),
       .type = "whole number, 1 or more; or a table"},
      {.name = "target",
       .shape = Shape::table,
       .by_default = "none",
       .help = "an interval that is to become narrow: see [adaptive replicates](#adaptive-replicates)",
       .inside = &target_keys()},
      {.name = "budget",
       .shape = Shape::number,
       .by_default = "none",
       .help = "flops of all fits together, tuning included; the first batch is run whatever it costs",
       .above = 0},
      {.name = "sizes",
       .shape = Shape::own,
       .by_default = required,
       .help = "sample sizes, ascending and distinct",
       .inside = &range_keys(),
       .type = "list, or range"},
      {.name = "storage",
       .shape = Shape::word,
       .by_default = quoted_list({std::string(to_string(Study{}.storage))}),
       .help =
           "how tables are held; `\"float\"` halves the memory; `\"stream\"` holds no rows, for models that take "
           "them on demand (`linear_sgd` with one pass): same results, any size",
       .words = list_of(storage_words)},
  };
}

std::vector<Key> part_keys() {
  return {
      {.name = "world",
       .shape = Shape::own,
       .by_default = required,
       .help = "`kind`, and the options of that kind: see [the world](#the-world)",
       .type = "table"},
      {.name = "arm",
       .shape = Shape::own,
       .by_default = required,
       .help = "one table for each model: see [arms](#arms)",
       .inside = &arm_keys(),
       .type = "list of tables"},
      {.name = "zip",
       .shape = Shape::own,
       .by_default = "none",
       .help = "axes that move together, by their full keys: see [sweeps](#sweeps)",
       .type = "list of keys, or of such lists"},
      {.name = "where",
       .shape = Shape::text,
       .by_default = "none",
       .help = "a condition that every cell meets: see [sweeps](#sweeps)"},
      {.name = "case",
       .shape = Shape::tables,
       .by_default = "none",
       .help = "irregular cells: what each of them changes: see [sweeps](#sweeps)",
       .inside = &case_keys()},
      {.name = "claim",
       .shape = Shape::tables,
       .by_default = "none",
       .help = "what the results may support or reject: see [claims](#claims)",
       .inside = &claim_keys()},
      {.name = "theory",
       .shape = Shape::tables,
       .by_default = "none",
       .help = "curves of your own: see [theory](#theory)",
       .inside = &theory_keys()},
      {.name = "causes",
       .shape = Shape::table,
       .by_default = "none",
       .help = "how published figures come about: see [causes](#causes)",
       .inside = &causes_keys()},
      {.name = "effort",
       .shape = Shape::own,
       .by_default = "none",
       .help = "named sets of changes: see [efforts](#efforts)",
       .type = "table of tables"},
      {.name = "include",
       .shape = Shape::text,
       .by_default = "none",
       .help = "the study file that this one changes: see [below](#files-that-include-others)"},
  };
}

/// Of causes: what is switched on and off.
std::vector<Key> strength_keys() {
  const Causes causes;
  return {
      {.name = "arm", .shape = Shape::text, .by_default = required, .help = "the arm without any cause"},
      {.name = "under_converged",
       .shape = Shape::text,
       .by_default = required,
       .help = "the arm in its place: training cut short"},
      {.name = "systems",
       .shape = Shape::whole,
       .by_default = std::to_string(causes.systems),
       .help = "replicates that make a field; at least two fields are needed",
       .least = 1},
      {.name = "floor",
       .shape = Shape::number,
       .by_default = shortest(causes.floor),
       .help = "added to the error: labels that are wrong",
       .least = 0},
      {.name = "computing_noise",
       .shape = Shape::number,
       .by_default = shortest(causes.computing_noise),
       .help = "standard deviation of the logarithm of computing as reported",
       .least = 0},
      {.name = "best_of",
       .shape = Shape::text,
       .by_default = required,
       .help = "systems tried at a size, of which the best is published instead of the mean of all",
       .type = "formula in `n`"},
      {.name = "tuning",
       .shape = Shape::text,
       .by_default = required,
       .help = "runs of the search for each one reported",
       .type = "formula in `n`"},
      {.name = "few",
       .shape = Shape::wholes,
       .by_default = required,
       .help = "sizes in place of all, two or more",
       .least = 1},
  };
}

/// Of causes: what the exponent without any of them is held against.
std::vector<Key> exponent_keys() {
  const Causes causes;
  return {
      {.name = "expect",
       .shape = Shape::number,
       .by_default = shortest(causes.expect),
       .help = "the exponent without any cause, held against the data",
       .least = 0},
      {.name = "margin",
       .shape = Shape::number,
       .by_default = shortest(causes.margin),
       .help = "what still counts as agreement",
       .least = 0},
      {.name = "confidence",
       .shape = Shape::number,
       .by_default = shortest(causes.confidence),
       .help = "of the intervals",
       .above = 0,
       .below = 1},
  };
}

void append(std::vector<Key>& keys, std::vector<Key> more) {
  keys.insert(keys.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::string number_type(const Key& key) {
  std::string type = key.shape == Shape::whole ? "whole number" : "number";
  if (key.above == 0 && key.below == 1) return type + " between 0 and 1";
  if (std::isfinite(key.least)) type += ", " + shortest(key.least) + " or more";
  if (std::isfinite(key.above)) type += " above " + shortest(key.above);
  return type;
}

std::string type_of(const Key& key) {
  switch (key.shape) {
    case Shape::text:
      return "text";
    case Shape::word:
      return quoted_list(key.words);
    case Shape::whole:
    case Shape::number:
      return number_type(key);
    case Shape::number_or_text:
      return number_type(key) + (key.words.empty() ? ", or a formula" : ", or " + quoted_list(key.words));
    case Shape::texts:
      return "list of texts";
    case Shape::wholes:
      return "list of whole numbers";
    case Shape::numbers:
      return "list of numbers";
    case Shape::table:
      return "table";
    case Shape::tables:
      return "list of tables";
    case Shape::own:
      break;
  }
  return key.type;
}

}  // namespace

std::vector<std::string> KeyTable::names() const {
  std::vector<std::string> all;
  for (const Key& key : keys) all.push_back(key.name);
  return all;
}

std::vector<std::string> KeyTable::needed() const {
  std::vector<std::string> all;
  for (const Key& key : keys)
    if (key.by_default == required) all.push_back(key.name);
  return all;
}

std::string markdown_of(const KeyTable& table) {
  std::string text = "| key | type | default | meaning |\n|---|---|---|---|\n";
  for (const Key& key : table.keys)
    text += "| " + code(key.name) + " | " + (key.type.empty() ? type_of(key) : key.type) + " | " +
            key.by_default + " | " + key.help + " |\n";
  return text;
}

const KeyTable& study_keys() {
  static const KeyTable table = [] {
    KeyTable study{header_keys()};
    append(study.keys, part_keys());
    return study;
  }();
  return table;
}

const KeyTable& arm_keys() {
  static const KeyTable table = {{
      {.name = "name",
       .shape = Shape::text,
       .by_default = required,
       .help = "unique; no dots, commas, quotes, slashes, brackets"},
      {.name = "model",
       .shape = Shape::own,
       .by_default = required,
       .help = "a model of the catalogue; its options stand beside it",
       .type = "text"},
      {.name = "expert",
       .shape = Shape::table,
       .by_default = "none",
       .help = "the model sees only the columns that an expert names; without it, all candidates",
       .inside = &expert_keys()},
      {.name = "select",
       .shape = Shape::word,
       .by_default = "none",
       .help =
           "of a model with a path of penalties, the fit with the smallest true risk: marked `unattainable`",
       .words = {"oracle"}},
      {.name = "replicates",
       .shape = Shape::whole,
       .by_default = "as the study",
       .help = "of this arm: more for a cheap arm whose mean must be sharp",
       .least = 1},
  }};
  return table;
}

const KeyTable& expert_keys() {
  static const KeyTable table = {{
      {.name = "correct",
       .shape = Shape::whole,
       .by_default = required,
       .help = "how many of the relevant candidates the expert names",
       .least = 0,
       .swept = true},
      {.name = "wrong",
       .shape = Shape::whole,
       .by_default = std::to_string(Expert{}.wrong),
       .help = "how many other candidates the expert names",
       .least = 0,
       .swept = true},
      {.name = "forgets",
       .shape = Shape::word,
       .by_default = quoted_list({std::string(word_for(forgets_words, Expert{}.forgets))}),
       .help = "which relevant candidates are left out",
       .words = list_of(forgets_words),
       .swept = true},
  }};
  return table;
}

const KeyTable& range_keys() {
  static const KeyTable table = {
      {{.name = "from", .shape = Shape::number, .by_default = required, .help = "the lower end"},
       {.name = "to", .shape = Shape::number, .by_default = required, .help = "the upper end"},
       {.name = "points",
        .shape = Shape::whole,
        .by_default = "none",
        .help =
            "so many values, both ends among them; evenly spaced, with `scale = \"log\"` in the logarithm",
        .least = 1},
       {.name = "per_decade",
        .shape = Shape::whole,
        .by_default = "none",
        .help =
            "about so many values in every factor of ten, both ends among them, evenly spaced in the logarithm",
        .least = 1},
       {.name = "step",
        .shape = Shape::number,
        .by_default = "none",
        .help = "`from`, `from + step` ... up to `to` at most",
        .above = 0},
       {.name = "scale",
        .shape = Shape::word,
        .by_default = quoted_list({"linear"}),
        .help = "how `points` are spaced",
        .words = {"linear", "log"}}},
      {"points", "per_decade", "step"}};
  return table;
}

const KeyTable& replicates_keys() {
  static const KeyTable table = {{
      {.name = "until",
       .shape = Shape::text,
       .by_default = "none",
       .help = "the rule for every point; needed where there is no target",
       .type = "`\"se(log error) < NUMBER\"`"},
      {.name = "between",
       .shape = Shape::wholes,
       .by_default = "`[" + std::to_string(AdaptiveReplicates{}.least) + ", " +
                     std::to_string(AdaptiveReplicates{}.most) + "]`",
       .help = "replicates of every arm that has no number of its own",
       .least = 10,
       .type = "`[least, most]`, least at least 10"},
  }};
  return table;
}

const KeyTable& target_keys() {
  static const KeyTable table = [] {
    KeyTable target = {{
        {.name = "law",
         .shape = Shape::word,
         .by_default = required,
         .help = "what is to be known",
         .words = target_law_names()},
        {.name = "arm", .shape = Shape::text, .by_default = required, .help = "of which arm"},
        {.name = "half_width",
         .shape = Shape::number,
         .by_default = required,
         .help = "half of the interval that is wanted",
         .above = 0},
    }};
    append(target.keys, window_keys());
    append(target.keys, reading_keys());
    return target;
  }();
  return table;
}

const KeyTable& against_keys() {
  static const KeyTable table = {{
      {.name = "arm", .shape = Shape::text, .by_default = required, .help = "the other arm"},
      {.name = "n", .shape = Shape::whole, .by_default = "its whole curve", .help = "its size", .least = 1},
  }};
  return table;
}

const KeyTable& claim_keys() {
  static const KeyTable table = [] {
    KeyTable claim = {
        {{.name = "says", .shape = Shape::text, .by_default = "arm and law", .help = "the claim in words"},
         {.name = "arm", .shape = Shape::text, .by_default = required, .help = "the arm it is about"},
         {.name = "law",
          .shape = Shape::word,
          .by_default = required,
          .help = "what is estimated, see below",
          .words = law_names(),
          .type = "a law"}},
        {"expect", "at_least", "at_most"}};
    append(claim.keys, window_keys());
    append(claim.keys, {{.name = "against",
                         .shape = Shape::table,
                         .by_default = "none",
                         .help = "the other arm, for laws that compare two",
                         .inside = &against_keys(),
                         .type = "`{ arm, n }`"}});
    append(claim.keys, claimed_keys());
    append(claim.keys, reading_keys());
    append(claim.keys, {{.name = "with",
                         .shape = Shape::texts,
                         .by_default = "none",
                         .help = "the arms beside `arm`, for laws that join several",
                         .type = "list of arms"},
                        {.name = "cells",
                         .shape = Shape::table,
                         .by_default = "all cells",
                         .help = "of a sweep: the cells it is about"}});
    return claim;
  }();
  return table;
}

const KeyTable& theory_keys() {
  static const KeyTable table = {{
      {.name = "arm", .shape = Shape::text, .by_default = required, .help = "the arm it is drawn through"},
      {.name = "curve",
       .shape = Shape::text,
       .by_default = required,
       .help = "normalised error as a formula in n and the facts",
       .type = "formula"},
  }};
  return table;
}

const KeyTable& causes_keys() {
  static const KeyTable table = [] {
    KeyTable causes{strength_keys()};
    append(causes.keys, exponent_keys());
    return causes;
  }();
  return table;
}

const KeyTable& case_keys() {
  static const KeyTable table = {{
      {.name = "world",
       .shape = Shape::table,
       .by_default = "unchanged",
       .help = "options that differ there"},
      {.name = "arm",
       .shape = Shape::table,
       .by_default = "unchanged",
       .help = "options that differ there, by the name of the arm"},
  }};
  return table;
}

}  // namespace quartic::detail
