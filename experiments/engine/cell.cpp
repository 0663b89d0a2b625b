#include "experiments/engine/cell.hpp"

#include <algorithm>
#include <utility>

namespace quartic::detail {

ReadyCell make_ready(const Study& study, Cell cell) {
  ReadyCell ready{&study, std::move(cell), {}, {}, {}, 0};
  ready.worlds = worlds_at(ready.cell.world, study.sizes, study.catalogues.world(ready.cell.world.kind));
  for (const ArmSpec& arm : ready.cell.arms) {
    ready.theory.push_back(std::make_unique<ArmTheory>(study, ready.cell, arm));
    ready.arms.emplace_back(arm, study.catalogues.model(arm.model.kind));
    ready.replicates = std::max(ready.replicates, count_replicates(study, arm));
  }
  return ready;
}

bool ReadyCell::sees_all(Index arm) const {
  const auto position = static_cast<std::size_t>(arm);
  return !cell.arms[position].expert || arms[position].takes_advice();
}

SizesByArm every_size(const Study& study, const Cell& cell, Index replicate) {
  SizesByArm sizes;
  for (const ArmSpec& arm : cell.arms) {
    sizes.emplace_back();
    for (const Index n : study.sizes)
      if (replicate < count_replicates(study, arm, n)) sizes.back().push_back(n);
  }
  return sizes;
}

std::vector<Index> WorldReplicate::sizes() const {
  std::vector<Index> all;
  for (const std::vector<Index>& sizes : wanted) all.insert(all.end(), sizes.begin(), sizes.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace quartic::detail
