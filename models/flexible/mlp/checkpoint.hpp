#pragma once
/// What a fit of a network saves on the way.
#include <optional>
#include <vector>

#include "core/model.hpp"
#include "models/flexible/mlp/training_state.hpp"
#include "models/flexible/mlp/tuning.hpp"

namespace quartic::detail {

/// The rates tried so far, in order, and the training under way: that of the next rate, or of the fit once
/// all are tried. The text begins with `key`, a hash of everything the fit depends on, and ends with a hash
/// of itself; a text with another key, cut short or spoilt is as good as none.
class FitCheckpoint {
 public:
  /// Null: nothing is loaded or saved.
  FitCheckpoint(const Checkpoints* checkpoints, std::uint64_t key);

  /// The next trial that was loaded, if any.
  std::optional<RateTrial> next_trial();
  /// A trial that was made in place of a loaded one.
  void add_trial(const RateTrial& trial);
  /// The training that was loaded, if any, once all loaded trials are taken; once.
  std::optional<TrainingState<float>> take_state();
  void add_epoch(const TrainingState<float>& state);

 private:
  void load(const std::string& text);
  void save(double flops, const TrainingState<float>* state);

  const Checkpoints* checkpoints_;
  std::uint64_t key_;
  std::vector<RateTrial> trials_;
  std::size_t taken_ = 0;
  std::optional<TrainingState<float>> state_;
  double flops_ = 0;  // of this fit when its state was last saved or loaded
};

}  // namespace quartic::detail
