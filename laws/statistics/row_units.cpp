#include "laws/statistics/row_units.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "core/random/stream.hpp"

namespace quartic {

Vector RowUnits::weights(Index sample) const {
  Vector weights = Vector::Ones(std::ssize(of_row));
  if (sample == 0) return weights;
  for (Index row = 0; row < weights.size(); ++row)
    if (of_row[static_cast<std::size_t>(row)] % blocks == sample - 1) weights[row] = 0;
  return weights;
}

std::vector<Index> RowUnits::rows(Index sample) const {
  const Vector kept = weights(sample);
  std::vector<Index> places;
  for (Index row = 0; row < kept.size(); ++row)
    if (kept[row] > 0) places.push_back(row);
  return places;
}

JackknifeOptions RowUnits::jackknife(double confidence) const {
  return {blocks, blocks - 1, confidence};
}

RowUnits single_rows(Index rows) {
  RowUnits units{std::vector<Index>(static_cast<std::size_t>(rows)), rows, jackknife_blocks(rows)};
  std::iota(units.of_row.begin(), units.of_row.end(), Index{0});
  return units;
}

RowUnits units_named(const std::vector<std::string>& names) {
  std::map<std::string, Index> places;
  for (const std::string& name : names) places.try_emplace(name, 0);
  Index next = 0;
  for (auto& [name, place] : places) place = next++;
  RowUnits units{{}, next, jackknife_blocks(next)};
  for (const std::string& name : names) units.of_row.push_back(places.at(name));
  return units;
}

RowUnits dealt_rows(Index rows, Index units) {
  const Index count = std::min(rows, units);
  RowUnits dealt{std::vector<Index>(static_cast<std::size_t>(rows)), count, count};
  std::vector<Index> order(static_cast<std::size_t>(rows));
  std::iota(order.begin(), order.end(), Index{0});
  Stream stream = Stream(1).child("dealt rows");
  for (std::size_t k = order.size(); k > 1; --k)
    std::swap(order[k - 1], order[static_cast<std::size_t>(stream.uniform() * static_cast<double>(k))]);
  for (std::size_t k = 0; k < order.size(); ++k)
    dealt.of_row[static_cast<std::size_t>(order[k])] = static_cast<Index>(k) % count;
  return dealt;
}

}  // namespace quartic
