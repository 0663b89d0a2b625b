#include "models/transfer/sources.hpp"

#include "core/require.hpp"

namespace quartic::detail {

std::vector<Index> source_rows(const Data& data) {
  std::vector<Index> rows;
  for (const Data& source : data.sources()) rows.push_back(source.rows());
  return rows;
}

void require_source_rows(std::span<const Index> rows, Index fewest, const std::string& model) {
  require(
      !rows.empty(),
      model +
          " was given no source tasks (it begins with what was learned there). Give the world source tasks: " +
          "kind = \"related\"; or use another model.");
  for (const Index n : rows)
    require(n >= fewest, "a source of " + model + " has " + std::to_string(n) + " rows (it takes " +
                             std::to_string(fewest) +
                             " or more to learn from it). Give the world more source rows.");
}

Data pooled_sources(const Data& data) {
  const std::span<const Data> sources = data.sources();
  if (sources.size() == 1) return sources.front();
  Index rows = 0;
  for (const Data& source : sources) rows += source.rows();
  Matrix x(rows, data.columns());
  Vector y(rows);
  Index first = 0;
  for (const Data& source : sources) {
    x.middleRows(first, source.rows()) = source.block({0, source.rows()}, {0, source.columns()});
    y.segment(first, source.rows()) = source.y();
    first += source.rows();
  }
  return {std::move(x), std::move(y), sources.front().task()};
}

}  // namespace quartic::detail
