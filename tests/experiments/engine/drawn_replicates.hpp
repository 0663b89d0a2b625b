#pragma once
/// Studies of real models that cost next to nothing: their replicates are drawn from a pool that ran once.
#include <gtest/gtest.h>

#include "core/random/stream.hpp"
#include "experiments/results/archive.hpp"
#include "experiments/results/cube.hpp"

namespace quartic::testing {

/// Hands out replicates of the pool, with replacement, by the seed of the study that asks: independent draws
/// of errors as the models have them, whose truth is the pool's.
class DrawnReplicates final : public RecordArchive {
 public:
  explicit DrawnReplicates(Cube pool) : pool_(std::move(pool)) {}
  const Cube& pool() const { return pool_; }

  void for_each_finished(const Study& study, const Cell& cell, const Take& take) override {
    const CubeAxes& axes = pool_.axes();
    Stream stream = Stream(study.seed).child("draws");
    for (Index replicate = 0; replicate < study.replicates; ++replicate) {
      const double place = stream.uniform() * static_cast<double>(axes.replicates);
      Slot drawn{.cell = cell.id, .replicate = static_cast<Index>(place)};
      for (drawn.arm = 0; drawn.arm < std::ssize(axes.arms); ++drawn.arm)
        for (drawn.size = 0; drawn.size < std::ssize(axes.sizes); ++drawn.size) {
          Record record = record_at(drawn);
          record.replicate = replicate;
          take(record);
        }
    }
  }
  void keep(const Study&, const Cell&, std::span<const Record>) override {
    FAIL() << "something ran that the pool does not have";
  }

 private:
  Record record_at(const Slot& slot) const {
    Record record;
    record.cell = slot.cell;
    record.arm = pool_.axes().arms[static_cast<std::size_t>(slot.arm)];
    record.n = pool_.axes().sizes[static_cast<std::size_t>(slot.size)];
    record.normalised_error = pool_.at(slot, Measure::normalised_error);
    record.report.status = FitStatus::converged;
    record.report.cost = {.fit_flops = pool_.at(slot, Measure::fit_flops),
                          .tuning_flops = pool_.at(slot, Measure::tuning_flops)};
    return record;
  }

  Cube pool_;
};

}  // namespace quartic::testing
