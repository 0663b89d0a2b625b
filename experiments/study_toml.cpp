// The only file that knows the TOML library: from its tables to ours, with lines and the order of the file.
//
// toml++ 3.3 checks some of its input by assertions ("[$" is one that fails) and takes them for granted in
// release builds. Here they stay on in every build and throw; to that end the library is compiled into this
// file. These macros are its documented configuration.
#include <stdexcept>

namespace quartic::detail {
struct TomlAssertion : std::runtime_error {
  using std::runtime_error::runtime_error;
};
[[noreturn]] static void fail_assertion(const char* condition) {
  throw TomlAssertion(condition);
}
}  // namespace quartic::detail

#undef NDEBUG
#undef TOML_SHARED_LIB
#undef TOML_HEADER_ONLY
// NOLINTBEGIN(cppcoreguidelines-macro-usage): the switches of toml++ are macros
#define TOML_HEADER_ONLY 1
#define TOML_ASSERT(condition) \
  (static_cast<bool>(condition) ? void() : quartic::detail::fail_assertion(#condition))
// NOLINTEND(cppcoreguidelines-macro-usage)
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/require.hpp"
#include "experiments/study_document.hpp"

namespace quartic::detail {

namespace {

std::string place(std::string_view file, const toml::source_region& source) {
  return std::string(file) + ":" + std::to_string(source.begin.line);
}

Node convert(const toml::node& node, std::string_view file, std::string where);

/// toml++ sorts keys; the order of the file decides which axis of a sweep is the slow one.
Node::Table convert_table(const toml::table& table, std::string_view file) {
  std::vector<std::pair<toml::source_position, const toml::key*>> order;
  for (const auto& [key, value] : table) order.emplace_back(key.source().begin, &key);
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first.line, a.first.column) < std::pair(b.first.line, b.first.column);
  });
  Node::Table fields;
  for (const auto& [position, key] : order)
    fields.push_back(
        {std::string(key->str()), convert(*table.get(key->str()), file, place(file, key->source()))});
  return fields;
}

Node::List convert_list(const toml::array& array, std::string_view file) {
  Node::List list;
  for (const toml::node& item : array) list.push_back(convert(item, file, place(file, item.source())));
  return list;
}

Node convert(const toml::node& node, std::string_view file, std::string where) {
  Node result{false, std::move(where)};
  if (const auto* flag = node.as_boolean())
    result.value = flag->get();
  else if (const auto* integer = node.as_integer())
    result.value = std::int64_t{integer->get()};
  else if (const auto* number = node.as_floating_point())
    result.value = number->get();
  else if (const auto* text = node.as_string())
    result.value = text->get();
  else if (const auto* array = node.as_array())
    result.value = convert_list(*array, file);
  else if (const auto* table = node.as_table())
    result.value = convert_table(*table, file);
  else
    throw InvalidInput(result.where + ": a date or time (no key of a study takes one). Put it in quotes.");
  return result;
}

/// A comment may hold any UTF-8 text, so that the library can judge it.
bool is_utf8(std::string_view text) {
  std::string comment = "# ";
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) comment += c;
  try {
    return toml::parse(comment).empty();
  } catch (const toml::parse_error&) {
    return false;
  }
}

bool fails_assertion(std::string_view text) {
  try {
    static_cast<void>(toml::parse(text));
  } catch (const TomlAssertion&) {
    return true;
  } catch (const toml::parse_error&) {
  }
  return false;
}

/// The first line, counted from 1, with which the text fails an assertion of the library.
std::size_t line_of_assertion(std::string_view text) {
  std::size_t line = 1;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos;
       end = text.find('\n', end + 1), ++line)
    if (fails_assertion(text.substr(0, end))) break;
  return line;
}

void stand_at(Node& node, std::string_view where) {
  node.where = where;
  if (auto* list = std::get_if<Node::List>(&node.value))
    for (Node& item : *list) stand_at(item, where);
  if (auto* table = node.table())
    for (Field& field : *table) stand_at(field.value, where);
}

}  // namespace

Node read_document(std::string_view text, std::string_view file) {
  constexpr std::string_view advice =
      " (the file is not valid TOML up to here). Correct this line; if it looks right, the one before it, "
      "and "
      "save the file as UTF-8.";
  try {
    const toml::table table = toml::parse(text, file);
    return {convert_table(table, file), std::string(file) + ":1"};
  } catch (const toml::parse_error& error) {
    throw InvalidInput(place(file, error.source()) + ": " + std::string(error.description()) +
                       std::string(advice));
  } catch (const TomlAssertion&) {
    throw InvalidInput(std::string(file) + ":" + std::to_string(line_of_assertion(text)) +
                       ": unexpected character" + std::string(advice));
  }
}

Node read_value(std::string_view text, std::string_view where) {
  require(is_utf8(text), std::string(where) + ": the value is not UTF-8 (studies are text). Type it again.");
  Node node{std::string(text), {}};
  try {
    const toml::table table = toml::parse("value = " + std::string(text));
    if (table.size() == 1) node = convert(*table.get("value"), where, {});
  } catch (const toml::parse_error&) {  // not TOML: a bare word such as cv
  } catch (const TomlAssertion&) {      // nor is this
  } catch (const InvalidInput&) {       // a date
  }
  stand_at(node, where);
  return node;
}

}  // namespace quartic::detail
