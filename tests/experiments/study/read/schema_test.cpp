#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "experiments/study/document/document.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/study.hpp"

namespace quartic {
namespace {

using Json = nlohmann::json;

Json to_json(const detail::Node& node) {
  if (const auto* list = node.list()) {
    Json json = Json::array();
    for (const detail::Node& item : *list) json.push_back(to_json(item));
    return json;
  }
  if (const auto* table = node.table()) {
    Json json = Json::object();
    for (const detail::Field& field : *table) json[field.key] = to_json(field.value);
    return json;
  }
  if (node.text()) return *node.text();
  if (const auto* flag = std::get_if<bool>(&node.value)) return *flag;
  if (const auto* integer = std::get_if<std::int64_t>(&node.value)) return *integer;
  return std::get<double>(node.value);
}

bool has_type(const Json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  ADD_FAILURE() << "the schema uses type " << type;
  return false;
}

bool valid(const Json& value, const Json& schema);

bool valid_object(const Json& value, const Json& schema) {
  for (const Json& key : schema.value("required", Json::array()))
    if (!value.contains(key.get<std::string>())) return false;
  const Json properties = schema.value("properties", Json::object());
  for (const auto& [key, item] : value.items()) {
    if (properties.contains(key)) {
      if (!valid(item, properties[key])) return false;
    } else if (schema.contains("additionalProperties")) {
      const Json& rest = schema["additionalProperties"];
      if (rest.is_boolean() ? !rest.get<bool>() : !valid(item, rest)) return false;
    }
  }
  return true;
}

bool valid_type(const Json& value, const Json& type) {
  if (type.is_string()) return has_type(value, type);
  return std::any_of(type.begin(), type.end(), [&](const Json& one) { return has_type(value, one); });
}

std::size_t matches(const Json& value, const Json& schemas) {
  return static_cast<std::size_t>(
      std::count_if(schemas.begin(), schemas.end(), [&](const Json& one) { return valid(value, one); }));
}

/// The keywords that the schema uses, and no others.
bool valid(const Json& value, const Json& schema) {
  for (const auto& [keyword, argument] : schema.items()) {
    bool good = true;
    if (keyword == "type")
      good = valid_type(value, argument);
    else if (keyword == "const")
      good = value == argument;
    else if (keyword == "enum")
      good = std::find(argument.begin(), argument.end(), value) != argument.end();
    else if (keyword == "anyOf")
      good = matches(value, argument) > 0;
    else if (keyword == "oneOf")
      good = matches(value, argument) == 1;
    else if (keyword == "minimum")
      good = !value.is_number() || value.get<double>() >= argument.get<double>();
    else if (keyword == "exclusiveMinimum")
      good = !value.is_number() || value.get<double>() > argument.get<double>();
    else if (keyword == "exclusiveMaximum")
      good = !value.is_number() || value.get<double>() < argument.get<double>();
    else if (keyword == "minItems")
      good = !value.is_array() || value.size() >= argument.get<std::size_t>();
    else if (keyword == "items")
      good = !value.is_array() ||
             std::all_of(value.begin(), value.end(),
                         [&rule = argument](const Json& item) { return valid(item, rule); });
    if (!good) return false;
  }
  return !value.is_object() || valid_object(value, schema);
}

Json study(const std::string& name) {
  return to_json(detail::read_document(built_in_studies().at(name), name));
}

TEST(StudySchema, AcceptsTheBuiltInExperiments) {
  const Json schema = Json::parse(study_schema());
  for (const auto& [name, text] : built_in_studies()) EXPECT_TRUE(valid(study(name), schema)) << name;
}

TEST(StudySchema, AcceptsTheStudyAsItRan) {
  const Json schema = Json::parse(study_schema());
  const Study ran = parse_study(built_in_studies().at("figure2"), "figure2",
                                {"classroom", {{"world.candidates", "[500, \"2*n\"]"}}});
  EXPECT_TRUE(valid(to_json(detail::read_document(ran.text, "ran")), schema));
}

TEST(StudySchema, AcceptsASweepOverKindsOfWorld) {
  const Json schema = Json::parse(study_schema());
  Json kinds = study("figure2");
  kinds["world"]["kind"] = {"sparse_linear", "smooth"};
  EXPECT_TRUE(valid(kinds, schema));
  kinds["world"]["kind"] = {"sparse_linear", "smoth"};
  EXPECT_FALSE(valid(kinds, schema));
}

TEST(StudySchema, RefusesWhatTheParserRefuses) {
  const Json schema = Json::parse(study_schema());
  const std::vector<std::pair<std::string, Json>> changes = {
      {"/sizes", Json::array()},   {"/replicates", 0},
      {"/replicates", "many"},     {"/titel", "x"},
      {"/world/kind", "none"},     {"/world/candidate", 5},
      {"/world/candidates", true}, {"/arm", Json::array()},
      {"/arm/0/modle", "lasso"},   {"/arm/0/model", "laso"},
      {"/arm/0/expert", 10},       {"/claim/0/law", "exponent"},
      {"/claim/0/at_most", 1},     {"/claim/0/margin", -1},
      {"/storage", "single"},      {"/effort/classroom/replicate", 1},
      {"/schema_version", 2},      {"/claim/0/confidence", 1.0}};
  for (const auto& [pointer, value] : changes) {
    Json broken = study("figure2");
    broken[Json::json_pointer(pointer)] = value;
    EXPECT_FALSE(valid(broken, schema)) << pointer << " = " << value;
  }
}

}  // namespace
}  // namespace quartic
