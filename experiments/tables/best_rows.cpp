#include "experiments/tables/best_rows.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace quartic::detail {

namespace {

std::string replicate_of(const FitRows& rows, Index row) {
  return rows.replicates.empty() ? "" : rows.replicates[static_cast<std::size_t>(row)];
}

}  // namespace

std::vector<Index> best_of_sizes(const FitRows& rows) {
  const Vector& sizes = rows.data.size() > 0 ? rows.data : rows.compute;
  const auto size_of = [&](Index row) {
    return std::tuple(sizes[row], rows.parameters.size() > 0 ? rows.parameters[row] : 0,
                      replicate_of(rows, row));
  };
  std::map<std::tuple<double, double, std::string>, Index> best;
  for (Index row = 0; row < sizes.size(); ++row) {
    const auto [place, fresh] = best.try_emplace(size_of(row), row);
    if (!fresh && rows.errors[row] < rows.errors[place->second]) place->second = row;
  }
  std::vector<Index> kept;
  for (const auto& [size, row] : best) kept.push_back(row);
  std::sort(kept.begin(), kept.end());
  return kept;
}

std::vector<Index> lower_envelope(const FitRows& rows) {
  const Vector& cost = rows.compute.size() > 0 ? rows.compute : rows.data;
  std::vector<Index> order;
  for (Index row = 0; row < cost.size(); ++row) order.push_back(row);
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
    return std::tuple(cost[a], rows.errors[a]) < std::tuple(cost[b], rows.errors[b]);
  });
  std::map<std::string, double> lowest;
  std::vector<Index> kept;
  for (const Index row : order) {
    double& least =
        lowest.try_emplace(replicate_of(rows, row), std::numeric_limits<double>::infinity()).first->second;
    if (!(rows.errors[row] < least)) continue;
    least = rows.errors[row];
    kept.push_back(row);
  }
  std::sort(kept.begin(), kept.end());
  return kept;
}

}  // namespace quartic::detail
