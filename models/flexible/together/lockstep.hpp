#pragma once
/// Epochs of several trainings, step by step.
#include <array>
#include <span>
#include <vector>

#include "models/flexible/mlp/trainer.hpp"
#include "models/flexible/together/networks.hpp"

namespace quartic::detail {

/// One training under way.
template <class Real>
struct UnderWay {
  Trainer<Real>* trainer;
  TrainingState<Real>* state;
};

/// The lanes that trainings take, one each, for an epoch. Between epochs states are their own: trainings may come and
/// go.
///
/// Precondition: the trainers' plans are `plan` but for the learning rate, Networks takes it, and their rows are
/// as many as those of the first of them.
template <class Real>
class Lockstep {
 public:
  explicit Lockstep(const TrainingPlan& plan);
  Index lanes() const { return networks_.lanes(); }

  /// Trainer::run_epoch of each, from 1 to lanes() of them. Lanes that nobody takes repeat the first, for nothing.
  void run_epoch(std::span<const UnderWay<Real>> members);

 private:
  static constexpr std::size_t most = 16;  // lanes
  struct Lane {
    UnderWay<Real> member;
    std::vector<Index> order;
    double sum = 0;  // of errors
    bool goes_on = true;
  };
  struct Batch {
    Index first, count;
  };
  // Parameters and what the optimiser remembers: in a state, and in all lanes.
  static constexpr std::size_t kinds = 3;
  using Kinds = std::array<std::vector<Real>, kinds>;
  static std::vector<Real>& numbers_of(TrainingState<Real>& state, std::size_t kind);

  void load();
  void store();
  void leave(std::size_t m);
  void take_rows(Batch batch);
  void take_step(Batch batch);
  void descend(std::span<const double> rates);
  Lane& lane(std::size_t m) { return lanes_[m < lanes_.size() ? m : 0]; }

  TrainingPlan plan_;
  Networks<Real> networks_;
  const MemberKernels<Real>& kernels_ = dense_kernels<Real>().front().members;
  std::vector<Lane> lanes_;
  Kinds numbers_;
  std::vector<Real> gradient_, x_, y_, scores_, slopes_, steps_, unused_;
};

}  // namespace quartic::detail
