#pragma once
/// A study file as a tree of values that remember where they stand, and the problems found in it.
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/types.hpp"

namespace quartic::detail {

struct Field;

/// A TOML value. `where` is "figure2.toml:12", or "--set sizes=[10, 20]" for a value from the command line.
struct Node {
  using List = std::vector<Node>;
  using Table = std::vector<Field>;  ///< in the order of the file
  std::variant<bool, std::int64_t, double, std::string, List, Table> value;
  std::string where;

  const std::string* text() const { return std::get_if<std::string>(&value); }
  const List* list() const { return std::get_if<List>(&value); }
  const Table* table() const { return std::get_if<Table>(&value); }
  Table* table() { return std::get_if<Table>(&value); }
};

struct Field {
  std::string key;
  Node value;
};

/// The value under this key, or null.
const Node* find(const Node::Table& table, std::string_view key);
Node* find(Node::Table& table, std::string_view key);
/// "a number", "a list" ...: for messages.
std::string kind_of_value(const Node& node);
/// The key as TOML, in quotes where it needs them.
std::string to_toml_key(std::string_view key);
/// The value as TOML on one line: 10, 0.5, "text", [1, 2], { a = 1 }.
std::string to_toml(const Node& node);

/// Throws InvalidInput with file and line for text that is not TOML.
Node read_document(std::string_view text, std::string_view file);
/// A value from the command line: TOML where the text is a TOML value, else the text itself as a string.
Node read_value(std::string_view text, std::string_view where);

/// Problems, collected so that several are reported at once.
class Problems {
 public:
  /// message: "<problem> (<why>). <what to do>".
  void add(std::string_view where, std::string_view key, std::string_view message);
  bool empty() const { return lines_.empty(); }
  /// Throws InvalidInput that lists the first few, in the order found; does nothing where there are none.
  void throw_if_any() const;

 private:
  std::vector<std::string> lines_;
};

/// "(the keys here are a, b). Did you mean "a"?"
std::string choose_among(std::string_view misspelt, std::string_view noun,
                         const std::vector<std::string>& names);

}  // namespace quartic::detail
