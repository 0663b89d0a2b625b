#include "experiments/study/keys.hpp"

#include <cmath>
#include <utility>

#include "core/options.hpp"
#include "experiments/study/claim_laws.hpp"
#include "experiments/study/expert_keys.hpp"
#include "experiments/study/words.hpp"

namespace quartic::detail {

namespace {

using Kind = KeyKind;
using Shape = KeyShape;

constexpr const char* required = "required";

std::string quoted_list(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "`\"" : ", `\"") + word + "\"`";
  return list;
}

std::string quoted(std::string_view word) {
  return quoted_list({std::string(word)});
}

std::vector<std::string> law_names(bool (*wanted)(const ClaimLaw&)) {
  std::vector<std::string> names;
  for (const ClaimLaw& law : claim_laws)
    if (wanted(law)) names.emplace_back(law.name);
  return names;
}

/// Of claims and of targets: the points of a curve that are used.
std::vector<Key> window_keys() {
  return {{"average", Kind::word(spell_all(average_words)), quoted(to_string(Claim{}.average)),
           "how replicates become one number a size"},
          {"from", Kind::number(), "all sizes", "the smallest size used"},
          {"to", Kind::number(), "all sizes", "the largest size used"},
          {"near", Kind::number(above(1, "")), "all sizes",
           "of crossings: only sizes within this factor of it are used, and two on either side"}};
}

/// Likewise: how a number is read off them.
std::vector<Key> reading_keys() {
  const Claim claim;
  std::vector<std::string> forms = spell_all(law_forms);
  forms.insert(forms.begin(), "automatic");
  return {{"confidence", Kind::number(probability), shortest(claim.confidence), "of the interval"},
          {"form", Kind::word(forms), quoted("automatic"), "of exponents: the law that is fitted"},
          {"floor", Kind{.shape = Shape::number_or_text, .bounds = not_negative, .words = {"none", "free"}},
           "see below", "of exponents: an error that no size gets below"},
          {"interval", Kind::word(spell_all(interval_words)), quoted(to_string(claim.interval)),
           "how replicates become an interval"}};
}

std::vector<Key> amount_keys() {
  return {
      {"replicates", Kind::own("whole number, 1 or more; or a table", &replicates_keys()),
       std::to_string(Study{}.replicates),
       "independent repetitions of everything: truth, samples, experts; a table says "
       "[until when](#adaptive-replicates) instead of how many"},
      {"target", Kind::own("table, or list of tables", &target_keys()), "none",
       "an interval that is to become narrow, or some: see [adaptive replicates](#adaptive-replicates)"},
      {"budget", Kind::number(positive), "none",
       "flops of all fits together, tuning included; the first batch is run whatever it costs"},
      {"sizes", Kind::own("list, or range", &range_keys()), required, "sample sizes, ascending and distinct"},
      {"observations", Kind::text(), quoted(std::string_view(Study{}.observations)),
       "what an observation is in this world: the word on the axes of pictures and in findings, such as `\"patients\"`"},
      {"truth_seed", Kind::whole(not_negative), "none",
       "one truth for all replicates, the one that `quartic draw` draws by this seed: they then differ in their samples "
       "alone, and an expert may list `columns`; without it every replicate draws a truth of its own"},
      {"uses", Kind::number(not_negative), shortest(Study{}.usage.uses),
       "predictions that a fitted rule makes in its life: what they cost is part of its [total cost](#total-cost)"},
      {"pretraining_shared_by", Kind::whole(one_or_more), std::to_string(Study{}.usage.pretraining_shared_by),
       "tasks that begin with what was spent on source tasks, of which the total cost then bears an equal part"},
      {"storage", Kind::word(spell_all(storage_words)), quoted(to_string(Study{}.storage)),
       "how tables are held; `\"float\"` halves the memory; `\"stream\"` holds no rows, for models "
       "that take them on demand (`linear_sgd` with one pass): same results, any size"},
      {"performance", Kind::word(spell_all(performance_words)),
       "of numbers `\"root\"`, of classes `\"error\"`",
       "what k is, of which exponents are powers: one over the root of the normalised error, or one over the error "
       "itself: see [concepts](concepts.md#performance-and-exponents)"}};
}

std::vector<Key> part_keys() {
  return {{"world", Kind::own("table"), required,
           "`kind`, and the options of that kind: see [the world](#the-world)"},
          {"arm", Kind::own("list of tables", &arm_keys()), required,
           "one table for each model: see [arms](#arms)"},
          {"zip", Kind::own("list of keys, or of such lists"), "none",
           "axes that move together, by their full keys: see [sweeps](#sweeps)"},
          {"where", Kind::text(), "none", "a condition that every cell meets: see [sweeps](#sweeps)"},
          {"case", Kind::tables(case_keys()), "none",
           "irregular cells: what each of them changes: see [sweeps](#sweeps)"},
          {"claim", Kind::tables(claim_keys()), "none",
           "what the results may support or reject: see [claims](#claims)"},
          {"theory", Kind::tables(theory_keys()), "none", "curves of your own: see [theory](#theory)"},
          {"causes", Kind::table(&causes_keys()), "none",
           "how published figures come about: see [causes](#causes)"},
          {"remedies", Kind::table(&remedies_keys()), "none",
           "what arms do to the exponent and the constant of another: see [remedies](#remedies)"},
          {"effort", Kind::own("table of tables"), "none", "named sets of changes: see [efforts](#efforts)"},
          {"include", Kind::text(), "none",
           "the study that this one changes, file or built-in: see [below](#studies-that-include-others)"}};
}

std::string number_type(const KeyKind& kind) {
  const std::string type = kind.shape == Shape::whole ? "whole number" : "number";
  const Bounds& bounds = kind.bounds;
  if (std::isfinite(bounds.most)) return type + " between 0 and 1";
  if (!std::isfinite(bounds.least)) return type;
  const std::string least = shortest(bounds.least);
  return type + (bounds.least_is_open ? " above " + least : ", " + least + " or more");
}

std::string describe_type(const KeyKind& kind) {
  switch (kind.shape) {
    case Shape::text:
      return "text";
    case Shape::word:
      return quoted_list(kind.words);
    case Shape::whole:
    case Shape::number:
      return number_type(kind);
    case Shape::number_or_text:
      return number_type(kind) + (kind.words.empty() ? ", or a formula" : ", or " + quoted_list(kind.words));
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
  return kind.type;
}

}  // namespace

KeyKind KeyKind::text(std::string type) {
  return {.shape = Shape::text, .type = std::move(type)};
}
KeyKind KeyKind::word(std::vector<std::string> words, std::string type) {
  return {.shape = Shape::word, .words = std::move(words), .type = std::move(type)};
}
KeyKind KeyKind::whole(const Bounds& bounds) {
  return {.shape = Shape::whole, .bounds = bounds};
}
KeyKind KeyKind::number(const Bounds& bounds) {
  return {.shape = Shape::number, .bounds = bounds};
}
KeyKind KeyKind::table(const KeyTable* inside, std::string type) {
  return {.shape = Shape::table, .inside = inside, .type = std::move(type)};
}
KeyKind KeyKind::tables(const KeyTable& inside) {
  return {.shape = Shape::tables, .inside = &inside};
}
KeyKind KeyKind::own(std::string type, const KeyTable* inside) {
  return {.shape = Shape::own, .inside = inside, .type = std::move(type)};
}

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

std::string render_markdown(const KeyTable& table) {
  std::string text = "| key | type | default | meaning |\n|---|---|---|---|\n";
  for (const Key& key : table.keys)
    text += "| `" + key.name + "` | " + (key.kind.type.empty() ? describe_type(key.kind) : key.kind.type) +
            " | " + key.by_default + " | " + key.help + " |\n";
  return text;
}

std::vector<Key> header_keys(std::uint64_t seed) {
  return {{"title", Kind::text(), "name of the file", "one line, for people"},
          {"question", Kind::text(), "none", "what the study asks, for people"},
          {"source", Kind::text(), "none", "where it comes from, for people"},
          {"schema_version", Kind::own("1"), "1", "the version of this grammar"},
          {"seed", Kind::whole(not_negative), std::to_string(seed), "all random numbers follow from it"}};
}

std::vector<Key> joined_keys(std::initializer_list<std::vector<Key>> parts) {
  std::vector<Key> keys;
  for (const std::vector<Key>& part : parts) keys.insert(keys.end(), part.begin(), part.end());
  return keys;
}

const KeyTable& study_keys() {
  static const KeyTable table = {joined_keys({header_keys(Study{}.seed), amount_keys(), part_keys()})};
  return table;
}

const KeyTable& arm_keys() {
  static const KeyTable table = {
      {{"name", Kind::text(), required, "unique; no dots, commas, quotes, slashes, brackets"},
       {"model", Kind::own("text"), required, "a model of the catalogue; its options stand beside it"},
       {"expert", Kind::table(&expert_keys()), "none",
        "the model sees only the columns that an expert names; without it, all candidates"},
       {"select", Kind::word({"oracle"}), "none",
        "of a model with a path of penalties, the fit with the smallest true risk: marked `unattainable`"},
       {"replicates", Kind::whole(one_or_more), "as the study",
        "of this arm: more for a cheap arm whose mean must be sharp"}}};
  return table;
}

const KeyTable& expert_keys() {
  static const KeyTable table = [] {
    KeyTable all{{}, {"correct", "recall", "columns"}};
    for (const ExpertKey& key : expert_table()) all.keys.push_back(key.key);
    return all;
  }();
  return table;
}

const KeyTable& range_keys() {
  static const KeyTable table = {
      {{"from", Kind::number(), required, "the lower end"},
       {"to", Kind::number(), required, "the upper end"},
       {"points", Kind::whole(one_or_more), "none",
        "so many values, both ends among them; evenly spaced, with `scale = \"log\"` in the logarithm"},
       {"per_decade", Kind::whole(one_or_more), "none",
        "about so many values in every factor of ten, both ends among them, evenly spaced in the logarithm"},
       {"step", Kind::number(positive), "none", "`from`, `from + step` ... up to `to` at most"},
       {"scale", Kind::word({"linear", "log"}), quoted("linear"), "how `points` are spaced"}},
      {"points", "per_decade", "step"}};
  return table;
}

const KeyTable& replicates_keys() {
  const AdaptiveReplicates adaptive;
  static const KeyTable table = {
      {{"until", Kind::text("`\"se(log error) < NUMBER\"`"), "none",
        "the rule for every point; needed where there is no target"},
       {"between",
        Kind{
            .shape = Shape::wholes, .bounds = at_least(10, ""), .type = "`[least, most]`, least at least 10"},
        "`[" + std::to_string(adaptive.least) + ", " + std::to_string(adaptive.most) + "]`",
        "replicates of every arm that has no number of its own"}}};
  return table;
}

const KeyTable& target_keys() {
  const auto of_targets = [](const ClaimLaw& law) {
    return law.arms == ArmsOfLaw::one || is_of_crossing(law.kind);
  };
  static const KeyTable table = {joined_keys(
      {{{"law", Kind::word(law_names(of_targets)), required, "what is to be known"},
        {"arm", Kind::text(), required, "of which arm"},
        {"against", Kind::table(&against_keys(), "`{ arm }`"), "none", "of crossings: the other arm"},
        {"half_width", Kind::number(positive), required,
         "half of the interval that is wanted; of crossings and multiples a share of the estimate"},
        {"sizes", Kind::own("list, or range", &range_keys()), "none",
         "further sizes, given to this arm where they narrow the interval most per flop; of crossings "
         "(required): to both arms, about the crossing"}},
       window_keys(),
       reading_keys(),
       {{"cells", Kind::table(), "all cells", "of a sweep: the cells it is about"}}})};
  return table;
}

const KeyTable& against_keys() {
  static const KeyTable table = {{{"arm", Kind::text(), required, "the other arm"},
                                  {"n", Kind::whole(one_or_more), "its whole curve", "its size"}}};
  return table;
}

const KeyTable& claim_keys() {
  const auto any = [](const ClaimLaw&) { return true; };
  static const KeyTable table = {
      joined_keys(
          {{{"says", Kind::text(), "arm and law", "the claim in words"},
            {"arm", Kind::text(), required, "the arm it is about"},
            {"law", Kind::word(law_names(any), "a law"), required, "what is estimated, see below"}},
           window_keys(),
           {{"against", Kind::table(&against_keys(), "`{ arm, n }`"), "none",
             "the other arm, for laws that compare two"},
            {"over", Kind::word(spell_all(expense_words)), quoted(to_string(Claim{}.over)),
             "of laws of computing: operations of fitting and tuning, of one prediction (`\"running\"`), or the [total "
             "cost](#total-cost); of ratios also data"},
            {"of", Kind::word(spell_all(ratio_words)), quoted(word_for(ratio_words, Claim{}.of)),
             "of ratios: exponents, or what it costs to reach an error"},
            {"at_error", Kind::number(positive), "none", "of ratios of costs: that normalised error"},
            {"expect", Kind{Shape::number_or_text}, "one of three", "the claimed value"},
            {"at_least", Kind{Shape::number_or_text}, "one of three", "a claimed lower bound"},
            {"at_most", Kind{Shape::number_or_text}, "one of three", "a claimed upper bound"},
            {"margin", Kind::number(not_negative), "0.3 for exponents, else a tenth of the value",
             "what still counts as agreement"}},
           reading_keys(),
           {{"with", Kind{.shape = Shape::texts, .type = "list of arms"}, "none",
             "the arms beside `arm`, for laws that join several"},
            {"cells", Kind::table(), "all cells", "of a sweep: the cells it is about"}}}),
      spell_all(test_words)};
  return table;
}

const KeyTable& theory_keys() {
  static const KeyTable table = {
      {{"arm", Kind::text(), required, "the arm it is drawn through"},
       {"curve", Kind::text("formula"), required,
        "normalised error as a formula in n and the facts, or the name of a closed form"}}};
  return table;
}

const KeyTable& remedies_keys() {
  const Remedies remedies;
  static const KeyTable table = {
      {{"against", Kind::text(), required, "the arm without any remedy"},
       {"arms", Kind{.shape = Shape::texts, .type = "list of arms"}, "all others", "the remedies"},
       {"at_error", Kind::number(positive), required, "the normalised error at which costs are compared"},
       {"saving", Kind::number(above(1, "")), shortest(remedies.saving),
        "the factor by which training must become cheaper, if it is not to count as muted"},
       {"uses", Kind{Shape::numbers, positive}, "`[1, 1e6, 1e12]`",
        "predictions, for each of which there is a total"},
       {"margin", Kind::number(not_negative), shortest(remedies.margin),
        "of exponents that count as the same, a share"},
       {"confidence", Kind::number(probability), shortest(remedies.confidence), "of the intervals"}}};
  return table;
}

const KeyTable& causes_keys() {
  const Causes causes;
  static const KeyTable table = {
      {{"arm", Kind::text(), required, "the arm without any cause"},
       {"under_converged", Kind::text(), required, "the arm in its place: training cut short"},
       {"systems", Kind::whole(one_or_more), std::to_string(causes.systems),
        "replicates that make a field; at least two fields are needed"},
       {"floor", Kind::number(not_negative), shortest(causes.floor),
        "added to the error: labels that are wrong"},
       {"computing_noise", Kind::number(not_negative), shortest(causes.computing_noise),
        "standard deviation of the logarithm of computing as reported"},
       {"best_of", Kind::text("formula in `n`"), required,
        "systems tried at a size, of which the best is published instead of the mean of all"},
       {"tuning", Kind::text("formula in `n`"), required, "runs of the search for each one reported"},
       {"few", Kind{Shape::wholes, one_or_more}, required, "sizes in place of all, two or more"},
       {"expect", Kind::number(not_negative), shortest(causes.expect),
        "the exponent without any cause, held against the data"},
       {"margin", Kind::number(not_negative), shortest(causes.margin), "what still counts as agreement"},
       {"confidence", Kind::number(probability), shortest(causes.confidence), "of the intervals"}}};
  return table;
}

const KeyTable& case_keys() {
  static const KeyTable table = {
      {{"world", Kind::table(), "unchanged", "options that differ there"},
       {"arm", Kind::table(), "unchanged", "options that differ there, by the name of the arm"}}};
  return table;
}

}  // namespace quartic::detail
