#pragma once
/// Documents held against a JSON schema: the keywords that the schema of studies uses, and no others.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "experiments/study/document/document.hpp"

namespace quartic::testing {

using Json = nlohmann::json;

inline Json to_json(const detail::Node& node) {
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

inline bool has_type(const Json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  ADD_FAILURE() << "the schema uses type " << type;
  return false;
}

inline bool valid(const Json& value, const Json& schema);

inline bool valid_object(const Json& value, const Json& schema) {
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

inline bool valid_type(const Json& value, const Json& type) {
  if (type.is_string()) return has_type(value, type);
  return std::any_of(type.begin(), type.end(), [&](const Json& one) { return has_type(value, one); });
}

inline std::size_t matches(const Json& value, const Json& schemas) {
  return static_cast<std::size_t>(
      std::count_if(schemas.begin(), schemas.end(), [&](const Json& one) { return valid(value, one); }));
}

inline bool valid(const Json& value, const Json& schema) {
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
    else if (keyword == "maximum")
      good = !value.is_number() || value.get<double>() <= argument.get<double>();
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

}  // namespace quartic::testing
