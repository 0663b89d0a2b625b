#include "models/linear/transfer/sources.hpp"

#include "core/require.hpp"

namespace quartic::detail {

void require_sources(const Data& data, const std::string& model) {
  require(
      !data.sources().empty(),
      model +
          " was given no source tasks (it begins with what was learned there). Give the world source tasks: " +
          "kind = \"related\"; or use another model.");
  for (const Data& source : data.sources())
    require(
        source.rows() >= 1,
        "a source of " + model + " has no rows (nothing can be learned from it). Give it at least one row.");
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
