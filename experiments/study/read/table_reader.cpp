#include "experiments/study/read/table_reader.hpp"

#include <algorithm>

namespace quartic::detail {

std::string TableReader::text(std::string_view name, const std::string& fallback) const {
  const Node* value = field(name);
  return value ? read_text(*value, key(name), problems).value_or(fallback) : fallback;
}

double TableReader::number(std::string_view name, double fallback) const {
  const Node* value = field(name);
  return value ? read_number(*value, key(name), problems).value_or(fallback) : fallback;
}

Index TableReader::count(std::string_view name, Index fallback) const {
  const Node* value = field(name);
  return value ? read_count(*value, key(name), 1, problems).value_or(fallback) : fallback;
}

void TableReader::complain(std::string_view name, std::string_view message) const {
  const Node* value = field(name);
  problems.add(value ? value->where : node.where, key(name), message);
}

void TableReader::require_known(std::string_view name, const std::string& noun, const std::string& nouns,
                                const std::string& word, const std::vector<std::string>& words) const {
  if (std::find(words.begin(), words.end(), word) == words.end())
    complain(name, "unknown " + noun + " \"" + word + "\" " + choose_among(word, nouns, words));
}

}  // namespace quartic::detail
