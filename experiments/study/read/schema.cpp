// The JSON schema of the study file, written from the catalogues: editors complete and check studies with it.
#include <nlohmann/json.hpp>
#include <utility>

#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/study.hpp"
#include "models/catalogue.hpp"
#include "sim/catalogue.hpp"

namespace quartic {

namespace {

using Json = nlohmann::ordered_json;

Json typed(const char* type, const char* description) {
  return {{"type", type}, {"description", description}};
}
Json at_least(const char* type, double least, const char* description) {
  Json schema = typed(type, description);
  schema["minimum"] = least;
  return schema;
}
Json one_of_words(std::vector<std::string> words, const char* description) {
  return {{"enum", std::move(words)}, {"description", description}};
}

/// An object with these keys and no others.
Json object(Json properties, std::vector<std::string> required) {
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

/// Two ends, and how fine it is in between: by one of three keys.
Json range_schema(const Json& end) {
  Json range =
      object({{"from", end},
              {"to", end},
              {"points", at_least("integer", 1, "how many values, both ends among them")},
              {"per_decade", at_least("integer", 1, "values in each factor of ten, about")},
              {"step", {{"type", "number"}, {"exclusiveMinimum", 0}}},
              {"scale", one_of_words({"log", "linear"}, "how points are spaced: linear unless told")}},
             {"from", "to"});
  range["oneOf"] = {{{"required", {"points"}}}, {{"required", {"per_decade"}}}, {{"required", {"step"}}}};
  return range;
}

/// The value itself, or an axis of a sweep: a list of such values, or, of numbers, a range.
Json swept(const Json& scalar, const std::string& description, bool numeric) {
  Json forms = {scalar, {{"type", "array"}, {"items", scalar}, {"minItems", 1}}};
  if (numeric) forms.push_back(range_schema({{"type", "number"}}));
  return {{"description", description}, {"anyOf", std::move(forms)}};
}

Json json_of(const OptionValue& value) {
  return std::visit([](const auto& held) { return Json(held); }, value);
}

/// Numbers may be formulas, hence texts.
Json scalar_of(OptionKind kind) {
  switch (kind) {
    case OptionKind::flag:
      return {{"type", "boolean"}};
    case OptionKind::count:
      return {{"type", {"integer", "string"}}};
    case OptionKind::number:
    case OptionKind::number_or_word:
      return {{"type", {"number", "string"}}};
    case OptionKind::word:
      break;
  }
  return {{"type", "string"}};
}

Json schema_of(const OptionInfo& option) {
  std::string help = option.help;
  for (const OptionWord& word : option.words)
    help += "; \"" + std::string(word.word) + "\": " + std::string(word.meaning);
  const bool numeric = option.kind != OptionKind::flag && option.kind != OptionKind::word;
  Json schema = swept(scalar_of(option.kind), help, numeric);
  schema["default"] = json_of(option.default_value);
  return schema;
}

template <class Product>
Json entry_schema(const CatalogueEntry<Product>& entry, const char* kind_key, Json common) {
  const Json kind = {{"const", entry.name}, {"description", entry.summary}};
  Json properties = {{kind_key, kind}};
  std::vector<std::string> required = {kind_key};
  for (auto& [key, schema] : common.items()) properties[key] = schema;
  if (common.contains("name")) required.emplace_back("name");
  for (const OptionInfo& option : entry.options) properties[option.name] = schema_of(option);
  return object(std::move(properties), std::move(required));
}

Json expert_schema() {
  const Json count = at_least("integer", 0, "a number of candidates");
  return object({{"correct", swept(count, "how many of the relevant candidates the expert names", true)},
                 {"wrong", swept(count, "how many other candidates the expert names", true)},
                 {"forgets", swept({{"enum", {"at_random", "least_important"}}},
                                   "which relevant candidates are left out", false)}},
                {"correct"});
}

/// A sweep over kinds of world, with options that all of them know.
Json worlds_schema() {
  Json names = Json::array(), properties = Json::object();
  for (const auto& entry : world_catalogue()) {
    names.push_back(entry.name);
    for (const OptionInfo& option : entry.options) properties[option.name] = schema_of(option);
  }
  properties["kind"] = {{"type", "array"}, {"items", {{"enum", names}}}, {"minItems", 1}};
  return object(std::move(properties), {"kind"});
}

Json world_schema() {
  Json kinds = Json::array();
  for (const auto& entry : world_catalogue()) kinds.push_back(entry_schema(entry, "kind", Json::object()));
  kinds.push_back(worlds_schema());
  return {{"anyOf", kinds}};
}

Json arm_schema() {
  const Json common = {
      {"name", typed("string", "unique; a column of the results")},
      {"expert", expert_schema()},
      {"select", one_of_words({"oracle"}, "the best fit of the path by true risk (unattainable)")},
      {"replicates", at_least("integer", 1, "of this arm; the study's where absent")}};
  Json kinds = Json::array();
  for (const auto& entry : model_catalogue()) kinds.push_back(entry_schema(entry, "model", common));
  return {{"type", "array"}, {"minItems", 1}, {"items", {{"anyOf", kinds}}}};
}

Json sizes_schema() {
  const Json size = at_least("integer", 1, "a number of observations");
  const Json list = {{"type", "array"}, {"items", size}, {"minItems", 1}, {"uniqueItems", true}};
  return {{"description", "the sample sizes, ascending"}, {"anyOf", {list, range_schema(size)}}};
}

Json number_or_formula(const char* description) {
  return {{"type", {"number", "string"}}, {"description", description}};
}

Json laws_property() {
  return one_of_words(
      {"automatic", "power", "floor", "offset", "floor_offset", "logarithm", "broken", "floor_broken"},
      "the law of an exponent");
}

Json claim_schema() {
  const Json against =
      object({{"arm", typed("string", "the other arm")}, {"n", at_least("integer", 1, "its size")}}, {"arm"});
  Json claim = object(
      {{"says", typed("string", "the claim in words")},
       {"arm", typed("string", "the arm it is about")},
       {"law", one_of_words({"data_exponent", "compute_exponent", "frontier_exponent", "isoflop_exponent",
                             "collapse_exponent", "plateau", "crossing", "compute_multiple"},
                            "what is estimated")},
       {"average", one_of_words({"mean", "geometric_mean"}, "how replicates become one number a size")},
       {"from", typed("number", "smallest size used")},
       {"to", typed("number", "largest size used")},
       {"against", against},
       {"with",
        {{"type", "array"}, {"items", {{"type", "string"}}}, {"description", "arms that share a frontier"}}},
       {"expect", number_or_formula("the claimed value")},
       {"at_least", number_or_formula("a claimed lower bound")},
       {"at_most", number_or_formula("a claimed upper bound")},
       {"cells", typed("object", "the cells of a sweep that it is about: keys and values")},
       {"margin", at_least("number", 0, "what still counts as agreement")},
       {"confidence", {{"type", "number"}, {"exclusiveMinimum", 0}, {"exclusiveMaximum", 1}}},
       {"form", laws_property()},
       {"floor", number_or_formula("an error that no size gets below: a number, none or free")},
       {"interval",
        one_of_words({"jackknife", "bootstrap_t", "bca", "percentile"}, "how the interval is made")}},
      {"arm", "law"});
  claim["oneOf"] = {{{"required", {"expect"}}}, {{"required", {"at_least"}}}, {{"required", {"at_most"}}}};
  return {{"type", "array"}, {"items", std::move(claim)}};
}

Json causes_schema() {
  return object(
      {{"arm", typed("string", "the arm without any cause")},
       {"under_converged", typed("string", "the arm in its place")},
       {"systems", at_least("integer", 1, "replicates that make a field")},
       {"floor", at_least("number", 0, "added to the normalised error")},
       {"computing_noise", at_least("number", 0, "standard deviation of log computing as reported")},
       {"best_of", typed("string", "systems tried at size n")},
       {"tuning", typed("string", "runs for each one reported at size n")},
       {"few", {{"type", "array"}, {"items", {{"type", "integer"}}}, {"minItems", 2}}},
       {"expect", typed("number", "the exponent without any cause")},
       {"margin", at_least("number", 0, "what still counts as agreement")},
       {"confidence", {{"type", "number"}, {"exclusiveMinimum", 0}, {"exclusiveMaximum", 1}}}},
      {"arm", "under_converged", "best_of", "tuning", "few"});
}

/// Ties, conditions and irregular cells of a sweep.
Json sweep_properties() {
  const Json tie = {{"type", "array"}, {"items", {{"type", "string"}}}, {"minItems", 2}};
  const Json table = {{"type", "object"}};
  return {{"zip",
           {{"description", "axes that move together, by their full keys; or a list of such lists"},
            {"anyOf", {tie, {{"type", "array"}, {"items", tie}, {"minItems", 1}}}}}},
          {"where", typed("string", "a condition that every cell meets: \"candidates > 2*relevant\"")},
          {"case",
           {{"type", "array"},
            {"items", object({{"world", table}, {"arm", table}}, {})},
            {"description", "irregular cells: what each of them changes"}}}};
}

Json replicates_schema() {
  const Json count = at_least("integer", 10, "replicates");
  return {
      {"description", "independent repetitions of everything: how many, or until when"},
      {"anyOf",
       {at_least("integer", 1, "how many"), object({{"until", typed("string", "\"se(log error) < 0.02\"")},
                                                    {"between",
                                                     {{"type", "array"},
                                                      {"items", count},
                                                      {"minItems", 2},
                                                      {"maxItems", 2},
                                                      {"description", "the least and the most"}}}},
                                                   {})}}};
}

Json target_schema() {
  return object(
      {{"law", one_of_words({"data_exponent", "compute_exponent", "plateau"}, "what is to be sharp")},
       {"arm", typed("string", "whose")},
       {"half_width", {{"type", "number"}, {"exclusiveMinimum", 0}, {"description", "of its interval"}}},
       {"average", one_of_words({"mean", "geometric_mean"}, "how replicates become one number a size")},
       {"from", typed("number", "smallest size used")},
       {"to", typed("number", "largest size used")},
       {"confidence", {{"type", "number"}, {"exclusiveMinimum", 0}, {"exclusiveMaximum", 1}}},
       {"form", laws_property()},
       {"floor", number_or_formula("an error that no size gets below: a number, none or free")},
       {"interval",
        one_of_words({"jackknife", "bootstrap_t", "bca", "percentile"}, "how the interval is made")}},
      {"law", "arm", "half_width"});
}

Json header_properties() {
  return {{"title", typed("string", "one line")},
          {"question", typed("string", "what the study asks")},
          {"source", typed("string", "where it comes from")},
          {"schema_version", {{"const", 1}}},
          {"seed", at_least("integer", 0, "of all random numbers")},
          {"replicates", replicates_schema()},
          {"target", target_schema()},
          {"budget", {{"type", "number"}, {"exclusiveMinimum", 0}, {"description", "flops of all fits"}}},
          {"sizes", sizes_schema()},
          {"storage", one_of_words({"double", "float", "stream"}, "how tables are held")}};
}

/// Any of the keys of a study; arms are addressed by name, or listed anew.
Json changes_properties() {
  Json properties = header_properties();
  properties.update(sweep_properties());
  const Json table = {{"type", "object"}};
  properties["world"] = table;
  properties["arm"] = {
      {"anyOf", {{{"type", "object"}, {"additionalProperties", table}}, {{"type", "array"}}}}};
  properties["claim"] = {{"type", "array"}};
  properties["theory"] = {{"type", "array"}};
  properties["causes"] = table;
  return properties;
}

Json effort_schema() {
  return {{"type", "object"}, {"additionalProperties", object(changes_properties(), {})}};
}

/// A study that begins where another file ends: what it changes there.
Json including_schema() {
  Json properties = changes_properties();
  properties["effort"] = effort_schema();
  properties["include"] = typed("string", "the other file, relative to the folder of this one");
  return object(std::move(properties), {"include"});
}

Json whole_schema() {
  Json properties = header_properties();
  properties.update(sweep_properties());
  properties["world"] = world_schema();
  properties["arm"] = arm_schema();
  properties["claim"] = claim_schema();
  properties["theory"] = {
      {"type", "array"},
      {"items", object({{"arm", typed("string", "the arm it is drawn through")},
                        {"curve", typed("string", "normalised error as a formula in n and the facts")}},
                       {"arm", "curve"})}};
  properties["causes"] = causes_schema();
  properties["effort"] = effort_schema();
  return object(std::move(properties), {"sizes", "world", "arm"});
}

}  // namespace

std::string study_schema() {
  const Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                       {"title", "A quartic study"},
                       {"anyOf", {whole_schema(), including_schema()}}};
  return schema.dump(2) + "\n";
}

}  // namespace quartic
