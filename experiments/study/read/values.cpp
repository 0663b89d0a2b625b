#include "experiments/study/read/values.hpp"

#include <algorithm>
#include <cmath>

#include "experiments/study/read/draft.hpp"

namespace quartic::detail {

namespace {

std::string needs(const Node& node, std::string_view what, std::string_view example) {
  return to_toml(node) + " is " + kind_of_value(node) + " (" + std::string(what) +
         " is needed here). Write " + std::string(example) + ".";
}

std::string sizes_text(const std::vector<Index>& sizes) {
  std::string text;
  for (const Index n : sizes) text += (text.empty() ? "" : ", ") + std::to_string(n);
  return "[" + text + "]";
}

std::optional<std::vector<Index>> sizes_of_list(const Node& node, const std::string& key,
                                                Problems& problems) {
  if (node.list()->empty()) {
    problems.add(node.where, key,
                 "the list is empty (a study needs a sample size). Write sizes = [10, 20, 50].");
    return std::nullopt;
  }
  std::vector<Index> sizes;
  for (const Node& item : *node.list()) {
    const std::optional<Index> n = read_count(item, key, 1, problems);
    if (!n) return std::nullopt;
    sizes.push_back(*n);
  }
  std::vector<Index> ordered = sizes;
  std::sort(ordered.begin(), ordered.end());
  ordered.erase(std::unique(ordered.begin(), ordered.end()), ordered.end());
  if (ordered == sizes) return sizes;
  problems.add(node.where, key,
               "the sizes are not ascending and distinct (a learning curve has one point a size). "
               "Write sizes = " +
                   sizes_text(ordered) + ".");
  return std::nullopt;
}

/// The numbers of a range, rounded; those that coincide count once.
std::optional<std::vector<Index>> sizes_of_range(const Node& node, const std::string& key,
                                                 Problems& problems) {
  for (const char* end : {"from", "to"})
    if (const Node* value = find(*node.table(), end);
        value && !read_count(*value, key + "." + end, 1, problems))
      return std::nullopt;
  const std::optional<std::vector<double>> numbers = read_range(node, key, problems);
  if (!numbers) return std::nullopt;
  std::vector<Index> sizes;
  for (const double number : *numbers)
    if (const auto n = static_cast<Index>(std::llround(number)); sizes.empty() || n > sizes.back())
      sizes.push_back(n);
  return sizes;
}

}  // namespace

std::optional<std::string> read_text(const Node& node, std::string_view key, Problems& problems) {
  if (node.text()) return *node.text();
  problems.add(node.where, key, needs(node, "a text", "it in quotes"));
  return std::nullopt;
}

std::optional<double> read_number(const Node& node, std::string_view key, Problems& problems) {
  const auto* integer = std::get_if<std::int64_t>(&node.value);
  if (integer) return static_cast<double>(*integer);
  const auto* number = std::get_if<double>(&node.value);
  if (number && std::isfinite(*number)) return *number;
  problems.add(node.where, key,
               number ? to_toml(node) + " is not finite (a number is needed here). Write one such as 0.1."
                      : needs(node, "a number", "one such as 0.1"));
  return std::nullopt;
}

std::optional<Index> read_count(const Node& node, std::string_view key, Index least, Problems& problems) {
  constexpr double most = 1e9;
  if (!std::holds_alternative<std::int64_t>(node.value) && !std::holds_alternative<double>(node.value)) {
    problems.add(node.where, key, needs(node, "a whole number", "one such as 100"));
    return std::nullopt;
  }
  const std::optional<double> number = read_number(node, key, problems);
  if (!number) return std::nullopt;
  if (*number != std::rint(*number))
    problems.add(node.where, key,
                 to_toml(node) + " is a fraction (it counts things). Write a whole number, such as " +
                     shortest(std::max(static_cast<double>(least), std::round(*number))) + ".");
  else if (*number < static_cast<double>(least) || *number > most)
    problems.add(node.where, key,
                 to_toml(node) + " is out of range (from " + std::to_string(least) +
                     " to 1000000000). Choose a number in that range.");
  else
    return static_cast<Index>(*number);
  return std::nullopt;
}

std::optional<std::uint64_t> read_seed(const Node& node, std::string_view key, Problems& problems) {
  const auto* seed = std::get_if<std::int64_t>(&node.value);
  if (seed && *seed >= 0) return static_cast<std::uint64_t>(*seed);
  problems.add(node.where, std::string(key),
               to_toml(node) + " cannot be a seed (it is a whole number from 0 to 2^63 - 1). Write " +
                   std::string(key) + " = 1.");
  return std::nullopt;
}

void read_schema_version(const Node& node, Problems& problems) {
  const auto* version = std::get_if<std::int64_t>(&node.value);
  if (!version || *version != 1)
    problems.add(node.where, "schema_version",
                 to_toml(node) +
                     " is not known (this program reads version 1). Install the program that the file was "
                     "written for, or write schema_version = 1.");
}

std::optional<std::vector<Index>> read_sizes(const Node& node, const std::string& key, Problems& problems) {
  if (node.list()) return sizes_of_list(node, key, problems);
  if (node.table()) return sizes_of_range(node, key, problems);
  problems.add(
      node.where, key,
      needs(node, "a list or a range", "sizes = [10, 20, 50] or { from = 10, to = 3000, per_decade = 8 }"));
  return std::nullopt;
}

void reject_unknown(const Node::Table& table, std::string_view path, const KeyTable& keys,
                    Problems& problems) {
  const std::vector<std::string> names = keys.names();
  for (const Field& field : table) {
    if (std::find(names.begin(), names.end(), field.key) != names.end()) continue;
    problems.add(field.value.where, std::string(path) + "." + field.key,
                 "unknown key \"" + field.key + "\" " + choose_among(field.key, "keys here", names));
  }
}

}  // namespace quartic::detail
