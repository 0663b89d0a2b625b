#include "models/flexible/mlp/checkpoint.hpp"

#include <utility>

namespace quartic::detail {

namespace {

// The text followed by its hash, which tells a text that a disk has spoilt.
std::string sealed(std::string text) {
  const std::uint64_t seal = hash_bytes(text);
  return text += view_bytes(&seal, 1);
}

// What was sealed; nothing where the seal is broken.
std::optional<std::string_view> unsealed(std::string_view text) {
  std::uint64_t seal = 0;
  if (text.size() < sizeof(seal)) return std::nullopt;
  const std::string_view inside = text.substr(0, text.size() - sizeof(seal));
  std::memcpy(&seal, text.data() + inside.size(), sizeof(seal));
  return seal == hash_bytes(inside) ? std::optional(inside) : std::nullopt;
}

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
  const std::optional<std::string_view> inside = unsealed(text);
  if (!inside) return;
  ByteReader reader(*inside);
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

std::optional<TrainingState<float>> FitCheckpoint::take_state() {
  if (taken_ < trials_.size()) return std::nullopt;
  return std::exchange(state_, std::nullopt);
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
  checkpoints_->save(sealed(std::move(writer).text()));
}

}  // namespace quartic::detail
