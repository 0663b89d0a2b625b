#pragma once
/// Where the engine finds finished records, and leaves them: what lets a study be resumed, extended and
/// divided among machines.
#include <functional>
#include <span>
#include <vector>

#include "experiments/results/record.hpp"
#include "experiments/study/study.hpp"

namespace quartic {

/// Finished records. They are those that a RecordSink gets, failed ones too, but for one thing: the message
/// of a failed fit stands without its place in the study ("[cell 0, arm lasso, ...]"), which the engine adds
/// on the way to the sink, because another study may have the same fit in another place.
class RecordSource {
 public:
  virtual ~RecordSource() = default;
  using Take = std::function<void(Record&)>;  // may move from the record

  /// Hands over what is finished of this cell, in any order; what the study does not ask for is ignored.
  /// Asked once a cell, before its tasks, from one thread at a time. `take` must not call the source.
  virtual void for_each_finished(const Study& study, const Cell& cell, const Take& take) = 0;
};

/// Where finished records are kept too.
class RecordArchive : public RecordSource {
 public:
  /// The records of a task (one replicate of a cell) that has ended. Called from any thread, several at once,
  /// also while for_each_finished() hands over another cell's.
  virtual void keep(const Study& study, const Cell& cell, std::span<const Record> records) = 0;
};

/// One of `count` parts of a study, counted from 1: the tasks that find_shard() of record_key.hpp puts there.
struct Shard {
  Index index = 1;
  Index count = 1;
};

/// How many replicates each cell, arm and size gets, in place of the study's numbers.
class Allotment {
 public:
  Allotment(Index cells, Index arms, Index sizes, Index replicates = 0)
      : arms_(arms), sizes_(sizes), counts_(static_cast<std::size_t>(cells * arms * sizes), replicates) {}
  Index& at(Index cell, Index arm, Index size) { return counts_[offset(cell, arm, size)]; }
  Index at(Index cell, Index arm, Index size) const { return counts_[offset(cell, arm, size)]; }
  const std::vector<Index>& counts() const { return counts_; }  ///< cell x arm x size

 private:
  std::size_t offset(Index cell, Index arm, Index size) const {
    return static_cast<std::size_t>((cell * arms_ + arm) * sizes_ + size);
  }
  Index arms_, sizes_;
  std::vector<Index> counts_;
};

}  // namespace quartic
