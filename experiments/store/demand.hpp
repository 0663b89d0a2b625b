#pragma once
/// Which rows of the table records a study, or a shard of it, asks for.
#include <unordered_map>
#include <vector>

#include "experiments/results/archive.hpp"
#include "experiments/store/series.hpp"

namespace quartic::detail {

class Demand {
 public:
  /// `ids` are those of the store. The study must outlive it.
  Demand(const Study& study, const Shard& shard, const SeriesIds& ids);

  /// All fits that are asked for, whether there are rows of them or not.
  Index fits() const { return fits_; }
  /// In how many cells this row is asked for.
  Index count(Index series, Index n, Index replicate) const;

 private:
  /// Of one series.
  struct OfSeries {
    Index replicates = 0;
    std::vector<Index> arms;            // whose series it is
    std::vector<std::uint64_t> hashes;  // of the cells
  };
  const Study& study_;
  Shard shard_;
  Index fits_ = 0;
  std::vector<std::vector<Index>> sizes_;  // that each arm may be given
  std::unordered_map<Index, OfSeries> series_;
};

}  // namespace quartic::detail
