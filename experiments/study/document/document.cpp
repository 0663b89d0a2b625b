#include "experiments/study/document/document.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/options.hpp"
#include "core/require.hpp"
#include "core/visible_text.hpp"
#include "core/words.hpp"

namespace quartic::detail {

namespace {

std::string toml_string(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out += std::string("\\") + c;
    else if (c == '\n')
      out += "\\n";
    else if (code < 0x20 || code == 0x7f)
      out += std::string("\\u00") + hex[code >> 4] + hex[code & 15];
    else
      out += c;
  }
  return out + "\"";
}

std::string number_text(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number > 0 ? "inf" : "-inf";
  const std::string text = shortest(number);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string list_text(const Node::List& list) {
  std::string text;
  for (const Node& item : list) text += (text.empty() ? "" : ", ") + to_toml(item);
  return "[" + text + "]";
}

std::string table_text(const Node::Table& table) {
  std::string text;
  for (const Field& field : table)
    text += (text.empty() ? " " : ", ") + to_toml_key(field.key) + " = " + to_toml(field.value);
  return "{" + text + (text.empty() ? "}" : " }");
}

}  // namespace

const Node* find(const Node::Table& table, std::string_view key) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const Field& field) { return field.key == key; });
  return found == table.end() ? nullptr : &found->value;
}

Node* find(Node::Table& table, std::string_view key) {
  return const_cast<Node*>(find(static_cast<const Node::Table&>(table), key));
}

std::string kind_of_value(const Node& node) {
  constexpr std::array<std::string_view, 6> names = {"true or false", "a whole number", "a number",
                                                     "a text",        "a list",         "a table"};
  return std::string(names[node.value.index()]);
}

std::string to_toml_key(std::string_view key) {
  const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
  return bare ? std::string(key) : toml_string(key);
}

std::string to_toml(const Node& node) {
  if (const auto* flag = std::get_if<bool>(&node.value)) return *flag ? "true" : "false";
  if (const auto* integer = std::get_if<std::int64_t>(&node.value)) return std::to_string(*integer);
  if (const auto* number = std::get_if<double>(&node.value)) return number_text(*number);
  if (const auto* text = node.text()) return toml_string(*text);
  if (const auto* list = node.list()) return list_text(*list);
  return table_text(*node.table());
}

void Problems::add(std::string_view where, std::string_view key, std::string_view message) {
  std::string line = std::string(where) + ": ";
  if (!key.empty()) line += std::string(key) + ": ";
  lines_.push_back(visible_text(line + std::string(message)));  // what() ends at a zero byte
}

void Problems::throw_if_any() const {
  constexpr std::size_t most = 5;
  if (lines_.empty()) return;
  std::string text;
  for (std::size_t k = 0; k < std::min(most, lines_.size()); ++k) text += (k ? "\n" : "") + lines_[k];
  if (lines_.size() > most) text += "\n... and " + std::to_string(lines_.size() - most) + " more.";
  throw InvalidInput(text);
}

std::string choose_among(std::string_view misspelt, std::string_view noun,
                         const std::vector<std::string>& names) {
  return "(the " + std::string(noun) + " are " + joined(names) + "). " +
         did_you_mean(misspelt, names, "Choose one of these.");
}

}  // namespace quartic::detail
