#include "experiments/store/demand.hpp"

#include <algorithm>
#include <optional>

#include "experiments/study/arm.hpp"

namespace quartic::detail {

namespace {

Index tasks_of_shard(std::uint64_t hash, Index replicates, const Shard& shard) {
  Index tasks = 0;
  const Index whole = replicates / shard.count;
  for (Index replicate = whole * shard.count; replicate < replicates; ++replicate)
    tasks += find_shard(hash, replicate, shard.count) == shard.index;
  return tasks + whole;
}

}  // namespace

Demand::Demand(const Study& study, const Shard& shard, const SeriesIds& ids) : study_(study), shard_(shard) {
  const SeriesKeys keys(study);
  const Cell first = study.cells.front();
  for (const ArmSpec& arm : first.arms) {
    sizes_.push_back(study.sizes);
    std::erase_if(sizes_.back(), [&](Index n) { return count_replicates(study, arm, n) == 0; });
  }
  for (const Cell& cell : study.cells) {
    const std::uint64_t hash = keys.task_hash(cell);
    for (const ArmSpec& arm : cell.arms) {
      const Index replicates = count_replicates(study, arm);
      for (const Index n : study.sizes) fits_ += tasks_of_shard(hash, count_replicates(study, arm, n), shard);
      const std::optional<Index> id = ids.find_id(keys.key(cell, arm));
      if (!id) continue;
      OfSeries& series = series_[*id];
      series.replicates = replicates;
      const Index position = &arm - cell.arms.data();
      if (series.arms.empty() || series.arms.back() != position) series.arms.push_back(position);
      series.hashes.push_back(hash);
    }
  }
}

Index Demand::count(Index series, Index n, Index replicate) const {
  const auto found = series_.find(series);
  if (found == series_.end() || replicate < 0 || replicate >= found->second.replicates ||
      !std::any_of(found->second.arms.begin(), found->second.arms.end(), [&](Index arm) {
        const std::vector<Index>& sizes = sizes_[static_cast<std::size_t>(arm)];
        return std::binary_search(sizes.begin(), sizes.end(), n);
      }))
    return 0;
  const std::vector<std::uint64_t>& hashes = found->second.hashes;
  return std::count_if(hashes.begin(), hashes.end(), [&](std::uint64_t hash) {
    return find_shard(hash, replicate, shard_.count) == shard_.index;
  });
}

}  // namespace quartic::detail
