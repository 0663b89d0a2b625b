#include "experiments/tables/wide.hpp"

#include <algorithm>
#include <cmath>

#include "core/number_text.hpp"
#include "core/require.hpp"
#include "core/words.hpp"

namespace quartic::detail {

namespace {

/// NaN where it is no size.
double named_size(std::string name) {
  if (!name.empty() && std::string_view("nNX").find(name.front()) != std::string_view::npos) name.erase(0, 1);
  name.erase(0, std::min(name.find_first_not_of(" =_:"), name.size()));
  std::erase(name, ',');
  const double size = quartic::read_number(name).value_or(nan);
  return size > 0 && std::isfinite(size) ? size : nan;
}

}  // namespace

std::vector<Index> size_columns(const CsvTable& table) {
  std::vector<Index> columns;
  for (Index column = 0; column < table.columns(); ++column)
    if (!std::isnan(named_size(table.header[static_cast<std::size_t>(column)]))) columns.push_back(column);
  return columns;
}

CsvTable lengthen(const CsvTable& wide) {
  const std::vector<Index> sizes = size_columns(wide);
  require(sizes.size() >= 2, wide.file + " has no columns named by sizes, which --wide reads (it holds " +
                                 joined(wide.header) +
                                 "). Name them 100, 200 and so on, or leave --wide out.");
  CsvTable table{.file = wide.file, .delimiter = wide.delimiter};
  std::vector<Index> others;
  for (Index column = 0; column < wide.columns(); ++column)
    if (!std::binary_search(sizes.begin(), sizes.end(), column)) others.push_back(column);
  for (const Index column : others) table.header.push_back(wide.header[static_cast<std::size_t>(column)]);
  table.header.insert(table.header.end(), {"n", "error", "row"});
  for (Index row = 0; row < wide.rows(); ++row)
    for (const Index size : sizes) {
      for (const Index column : others) table.fields.push_back(wide.at(row, column));
      table.fields.push_back(shortest(named_size(wide.header[static_cast<std::size_t>(size)])));
      table.fields.push_back(wide.at(row, size));
      table.fields.push_back(std::to_string(row + 1));
      table.lines.push_back(wide.lines[static_cast<std::size_t>(row)]);
    }
  return table;
}

}  // namespace quartic::detail
