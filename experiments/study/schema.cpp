#include "experiments/study/schema.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

namespace quartic {

namespace {

using Json = nlohmann::ordered_json;
using detail::Key;
using detail::KeyKind;
using detail::KeyShape;
using detail::KeyTable;

/// Without the links of a page: "see [claims](#claims)" says "see claims".
std::string plain(std::string text) {
  for (std::size_t end = text.find("]("); end != std::string::npos; end = text.find("](")) {
    text.erase(end, text.find(')', end) + 1 - end);
    text.erase(text.rfind('[', end), 1);
  }
  return text;
}

Json described(Json schema, const std::string& help) {
  schema["description"] = plain(help);
  return schema;
}

Json make_list(Json item) {
  return {{"type", "array"}, {"items", std::move(item)}};
}

Json list_of_some(Json item) {
  Json list = make_list(std::move(item));
  list["minItems"] = 1;
  return list;
}

/// An object with these keys and no others.
Json object(Json properties, std::vector<std::string> required) {
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

/// JSON has no number that is infinite; where a text is allowed beside it, no bounds concern the text.
void add_bounds(Json& scalar, const Bounds& bounds) {
  if (bounds.least > -infinity) scalar[bounds.least_is_open ? "exclusiveMinimum" : "minimum"] = bounds.least;
  if (bounds.most < infinity) scalar[bounds.most_is_open ? "exclusiveMaximum" : "maximum"] = bounds.most;
}

Json make_number(const char* type, const KeyKind& kind) {
  Json schema = {{"type", type}};
  add_bounds(schema, kind.bounds);
  return schema;
}

Json number_or_text(const KeyKind& kind) {
  const Json text = kind.words.empty() ? Json{{"type", "string"}} : Json{{"enum", kind.words}};
  return {{"anyOf", {make_number("number", kind), text}}};
}

Json make_object(const KeyTable& table);

Json make_value(const KeyKind& kind) {
  const Json any_table = {{"type", "object"}};
  switch (kind.shape) {
    case KeyShape::text:
      return {{"type", "string"}};
    case KeyShape::word:
      return {{"enum", kind.words}};
    case KeyShape::whole:
      return make_number("integer", kind);
    case KeyShape::number:
      return make_number("number", kind);
    case KeyShape::number_or_text:
      return number_or_text(kind);
    case KeyShape::texts:
      return make_list({{"type", "string"}});
    case KeyShape::wholes:
      return make_list(make_number("integer", kind));
    case KeyShape::numbers:
      return make_list(make_number("number", kind));
    case KeyShape::table:
      return kind.inside ? make_object(*kind.inside) : any_table;
    case KeyShape::tables:
      return make_list(kind.inside ? make_object(*kind.inside) : any_table);
    case KeyShape::own:
      break;
  }
  return Json::object();
}

Json range_schema() {
  return make_object(detail::range_keys());
}

/// The value itself, or an axis of a sweep: a list of such values.
Json swept(const Json& scalar) {
  return {{"anyOf", {scalar, list_of_some(scalar)}}};
}

/// The same, or a range of numbers.
Json swept_number(const Json& scalar) {
  Json schema = swept(scalar);
  schema["anyOf"].push_back(range_schema());
  return schema;
}

Json make_schema(const Key& key) {
  const Json value = make_value(key.kind);
  if (!key.swept) return described(value, key.help);
  const bool numeric = key.kind.shape == KeyShape::whole || key.kind.shape == KeyShape::number;
  return described(numeric ? swept_number(value) : swept(value), key.help);
}

Json make_object(const KeyTable& table) {
  Json properties = Json::object();
  for (const Key& key : table.keys) properties[key.name] = make_schema(key);
  Json schema = object(std::move(properties), table.needed());
  for (const std::string& one : table.one_of) schema["oneOf"].push_back({{"required", {one}}});
  return schema;
}

/// Numbers may be formulas, hence texts.
Json make_scalar(OptionKind kind) {
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

Json make_schema(const OptionInfo& option) {
  std::string help = option.help;
  if (!option.only_with.option.empty()) help += "; only with " + to_string(option.only_with);
  for (const OptionWord& word : option.words)
    help += "; \"" + std::string(word.word) + "\": " + std::string(word.meaning);
  const bool numeric = option.kind != OptionKind::flag && option.kind != OptionKind::word;
  Json scalar = make_scalar(option.kind);
  add_bounds(scalar, option.bounds);
  Json schema = described(numeric ? swept_number(scalar) : swept(scalar), help);
  schema["default"] = std::visit([](const auto& held) { return Json(held); }, option.default_value);
  return schema;
}

/// One kind, named under `kind_key`, with its options and the keys that all kinds have.
template <class Product>
Json entry_schema(const CatalogueEntry<Product>& entry, const std::string& kind_key, const KeyTable& common) {
  Json schema = make_object(common);
  schema["properties"][kind_key] = {{"const", entry.name}, {"description", entry.summary}};
  for (const OptionInfo& option : entry.options) schema["properties"][option.name] = make_schema(option);
  if (common.keys.empty()) schema["required"] = {kind_key};
  return schema;
}

/// A sweep over kinds of world, with options that all of them know: each as one of them has it.
Json worlds_schema(const Catalogues& catalogues) {
  Json names = Json::array(), alternatives = Json::object(), properties = Json::object();
  for (const auto& entry : catalogues.worlds()) {
    names.push_back(entry.name);
    for (const OptionInfo& option : entry.options) {
      Json& known = alternatives[option.name];
      const Json schema = make_schema(option);
      if (std::find(known.begin(), known.end(), schema) == known.end()) known.push_back(schema);
    }
  }
  for (const auto& [name, known] : alternatives.items())
    properties[name] = known.size() == 1 ? known.front() : Json{{"anyOf", known}};
  properties["kind"] = list_of_some({{"enum", names}});
  return object(std::move(properties), {"kind"});
}

Json world_schema(const Catalogues& catalogues) {
  Json kinds = Json::array();
  for (const auto& entry : catalogues.worlds()) kinds.push_back(entry_schema(entry, "kind", {}));
  kinds.push_back(worlds_schema(catalogues));
  return {{"anyOf", kinds}};
}

Json arms_schema(const Catalogues& catalogues) {
  Json kinds = Json::array();
  for (const auto& entry : catalogues.models())
    kinds.push_back(entry_schema(entry, "model", detail::arm_keys()));
  return list_of_some({{"anyOf", kinds}});
}

Json sizes_schema() {
  Json list = list_of_some({{"type", "integer"}, {"minimum", 1}});
  list["uniqueItems"] = true;
  return {{"anyOf", {list, range_schema()}}};
}

Json replicates_schema() {
  return {{"anyOf", {{{"type", "integer"}, {"minimum", 1}}, make_object(detail::replicates_keys())}}};
}

/// One, or some.
Json target_schema() {
  const Json one = make_object(detail::target_keys());
  return {{"anyOf", {one, list_of_some(one)}}};
}

Json zip_schema() {
  Json tie = make_list({{"type", "string"}});
  tie["minItems"] = 2;
  return {{"anyOf", {tie, list_of_some(tie)}}};
}

/// Arms by name, or listed anew.
Json changed_arms() {
  return {
      {"anyOf", {{{"type", "object"}, {"additionalProperties", {{"type", "object"}}}}, {{"type", "array"}}}}};
}

/// The schema of a key of a study, whole or as an effort changes it: tables are merged there key by key.
class StudySchema {
 public:
  StudySchema(const KeyTable& keys, const Catalogues& catalogues) : keys_(keys), catalogues_(catalogues) {}

  /// The forms that such a file may have.
  void add_to(Json& forms) const {
    Json whole = object(properties({"include"}, &StudySchema::whole_value), keys_.needed());
    forms.push_back(std::move(whole));
    if (knows("include")) forms.push_back(object(properties({}, &StudySchema::changed_value), {"include"}));
  }

 private:
  using Value = Json (StudySchema::*)(const Key&) const;

  bool knows(const std::string& name) const {
    const std::vector<std::string> names = keys_.names();
    return std::find(names.begin(), names.end(), name) != names.end();
  }
  Json properties(const std::vector<std::string>& without, Value value) const {
    Json all = Json::object();
    for (const Key& key : keys_.keys)
      if (std::find(without.begin(), without.end(), key.name) == without.end())
        all[key.name] = described((this->*value)(key), key.help);
    return all;
  }
  Json whole_value(const Key& key) const {
    if (key.kind.shape != KeyShape::own) return make_value(key.kind);
    const std::map<std::string, std::function<Json()>> forms = {
        {"schema_version",
         [] {
           return Json{{"const", 1}};
         }},
        {"replicates", replicates_schema},
        {"target", target_schema},
        {"sizes", sizes_schema},
        {"zip", zip_schema},
        {"world", [&] { return world_schema(catalogues_); }},
        {"arm", [&] { return arms_schema(catalogues_); }},
        {"effort", [&] { return efforts(); }}};
    return forms.at(key.name)();
  }
  Json changed_value(const Key& key) const {
    if (key.name == "world" || key.kind.shape == KeyShape::table) return {{"type", "object"}};
    if (key.name == "target") return {{"type", {"object", "array"}}};
    if (key.kind.shape == KeyShape::tables) return {{"type", "array"}};
    return key.name == "arm" ? changed_arms() : whole_value(key);
  }
  Json efforts() const {
    return {
        {"type", "object"},
        {"additionalProperties", object(properties({"effort", "include"}, &StudySchema::changed_value), {})}};
  }

  const KeyTable& keys_;
  const Catalogues& catalogues_;
};

}  // namespace

std::string study_schema(const Catalogues& catalogues, const std::vector<const KeyTable*>& others) {
  Json forms = Json::array();
  StudySchema(detail::study_keys(), catalogues).add_to(forms);
  for (const KeyTable* keys : others) StudySchema(*keys, catalogues).add_to(forms);
  const Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                       {"title", "A quartic study"},
                       {"anyOf", std::move(forms)}};
  return schema.dump(2) + "\n";
}

}  // namespace quartic
