#include "models/flexible/mlp_checkpoint.hpp"

namespace quartic::detail {

namespace {

double total_flops(std::span<const RateTrial> trials) {
  double flops = 0;
  for (const RateTrial& trial : trials) flops += trial.flops;
  return flops;
}

}  // namespace

FitCheckpoint::FitCheckpoint(const Checkpoints* checkpoints, std::uint64_t key)
    : checkpoints_(checkpoints), key_(key) {
  if (!checkpoints_) return;
  if (const std::optional<std::string> text = checkpoints_->load()) load(*text);
  flops_ = total_flops(trials_) + (state_ ? state_->flops + state_->validation_flops : 0);
}

void FitCheckpoint::load(const std::string& text) {
  ByteReader reader(text);
  std::uint64_t key = 0;
  bool trained = false;
  std::vector<RateTrial> trials;
  reader.read(key);
  if (!reader.whole() || key != key_) return;
  reader.read(trials);
  reader.read(trained);
  std::optional<TrainingState<float>> state;
  if (trained) state = read_state<float>(reader);
  if (!reader.whole() || !reader.at_end()) return;
  trials_ = std::move(trials);
  state_ = std::move(state);
}

std::optional<RateTrial> FitCheckpoint::next_trial() {
  if (taken_ == trials_.size()) return std::nullopt;
  return trials_[taken_++];
}

void FitCheckpoint::add_trial(const RateTrial& trial) {
  trials_.push_back(trial);
  taken_ = trials_.size();
  save(total_flops(trials_), nullptr);
}

void FitCheckpoint::add_epoch(const TrainingState<float>& state) {
  save(total_flops(trials_) + state.flops + state.validation_flops, &state);
}

void FitCheckpoint::save(double flops, const TrainingState<float>* state) {
  if (!checkpoints_ || flops - flops_ < checkpoints_->flops_between) return;
  flops_ = flops;
  ByteWriter writer;
  writer.add(key_);
  writer.add(trials_);
  writer.add(state != nullptr);
  if (state) add(writer, *state);
  checkpoints_->save(std::move(writer).text());
}

}  // namespace quartic::detail
