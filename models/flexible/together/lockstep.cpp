#include "models/flexible/together/lockstep.hpp"

#include <algorithm>
#include <numeric>

#include "core/interruption.hpp"
#include "models/optim/members.hpp"

namespace quartic::detail {

template <class Real>
Lockstep<Real>::Lockstep(const TrainingPlan& plan) : plan_(plan), networks_(plan.shape, plan.batch) {
  const auto width = static_cast<std::size_t>(lanes()), batch = static_cast<std::size_t>(plan.batch),
             parameters = static_cast<std::size_t>(parameter_count(plan.shape));
  numbers_[0].resize(parameters * width);
  if (plan.rule.kind != OptimiserKind::sgd) numbers_[1].resize(parameters * width);
  if (plan.rule.adaptive()) numbers_[2].resize(parameters * width);
  if (!plan.rule.plain()) gradient_.resize(parameters * width);
  x_.resize(batch * static_cast<std::size_t>(plan.shape.inputs) * width);
  for (auto* numbers : {&y_, &scores_, &slopes_}) numbers->resize(batch * width);
  steps_.resize(2 * layer_places(plan.shape).size() * width);
  unused_.resize(parameters);
}

template <class Real>
std::vector<Real>& Lockstep<Real>::numbers_of(TrainingState<Real>& state, std::size_t kind) {
  return kind == 0 ? state.parameters : kind == 1 ? state.optimiser.first : state.optimiser.second;
}

template <class Real>
void Lockstep<Real>::load() {
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    if (numbers_[kind].empty()) continue;
    std::array<const Real*, most> from{};
    for (std::size_t m = 0; m < most; ++m) from[m] = numbers_of(*lane(m).member.state, kind).data();
    kernels_.gather(from.data(), std::ssize(unused_), numbers_[kind].data());
  }
}

template <class Real>
void Lockstep<Real>::store() {
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    if (numbers_[kind].empty()) continue;
    std::array<Real*, most> to{};
    for (std::size_t m = 0; m < most; ++m) {
      const bool taken = m < lanes_.size() && lanes_[m].goes_on;
      to[m] = taken ? numbers_of(*lanes_[m].member.state, kind).data() : unused_.data();
    }
    kernels_.scatter(numbers_[kind].data(), std::ssize(unused_), to.data());
  }
}

// A training that stops in the middle of an epoch keeps what it has.
template <class Real>
void Lockstep<Real>::leave(std::size_t m) {
  lanes_[m].goes_on = false;
  const auto width = static_cast<std::size_t>(lanes());
  for (std::size_t kind = 0; kind < kinds; ++kind)
    for (std::size_t t = 0; t * width < numbers_[kind].size(); ++t)
      numbers_of(*lanes_[m].member.state, kind)[t] = numbers_[kind][t * width + m];
}

template <class Real>
void Lockstep<Real>::run_epoch(std::span<const UnderWay<Real>> members) {
  lanes_.clear();
  for (const UnderWay<Real>& member : members)
    lanes_.push_back({member, member.trainer->order(*member.state)});
  const Index rows = members.front().trainer->rows().x.count;
  if (plan_.batch == rows)  // taken as they stand
    for (Lane& lane : lanes_) std::iota(lane.order.begin(), lane.order.end(), Index{0});
  load();
  const auto any_goes_on = [&] {
    return std::any_of(lanes_.begin(), lanes_.end(), [](const Lane& lane) { return lane.goes_on; });
  };
  for (Index first = 0; first < rows && any_goes_on(); first += plan_.batch) {
    interruption_point();
    take_step({first, std::min(plan_.batch, rows - first)});
  }
  store();
  for (Lane& lane : lanes_) lane.member.trainer->close_epoch(*lane.member.state, lane.sum);
}

template <class Real>
void Lockstep<Real>::take_rows(Batch batch) {
  const Index inputs = plan_.shape.inputs, width = lanes();
  std::array<const Real*, most> from{};
  for (Index i = 0; i < batch.count; ++i) {
    for (Index m = 0; m < width; ++m) {
      const Lane& own = lane(static_cast<std::size_t>(m));
      const LabelledRows<Real>& rows = own.member.trainer->rows();
      const Index row = own.order[static_cast<std::size_t>(batch.first + i)];
      from[static_cast<std::size_t>(m)] = rows.x.data + row * rows.x.stride;
      y_[static_cast<std::size_t>(i * width + m)] = rows.y[row];
    }
    kernels_.gather(from.data(), inputs, x_.data() + i * inputs * width);
  }
}

template <class Real>
void Lockstep<Real>::take_step(Batch batch) {
  const auto width = static_cast<std::size_t>(lanes());
  const std::size_t numbers = static_cast<std::size_t>(batch.count) * width;
  const std::span<Real> scores = std::span(scores_).first(numbers),
                        slopes = std::span(slopes_).first(numbers);
  take_rows(batch);
  networks_.forward(numbers_[0], x_, batch.count, scores);
  std::array<double, most> sums{}, rates{};
  add_errors_and_slopes<Real>(plan_.loss, scores, std::span<const Real>(y_).first(numbers), slopes,
                              std::span(sums).first(width));
  for (std::size_t m = 0; m < width; ++m) rates[m] = lane(m).member.trainer->rate(*lane(m).member.state);
  for (std::size_t m = 0; m < lanes_.size(); ++m) {
    if (!lanes_[m].goes_on) continue;
    lanes_[m].sum += sums[m];
    if (!lanes_[m].member.trainer->bill(*lanes_[m].member.state, sums[m], batch.count)) leave(m);
  }
  descend(std::span(rates).first(width));
}

template <class Real>
void Lockstep<Real>::descend(std::span<const double> rates) {
  const Trainer<Real>& any = *lanes_.front().member.trainer;
  const std::size_t width = rates.size();
  if (plan_.rule.plain()) {
    const std::vector<LayerScale>& scales = any.scales();
    for (std::size_t l = 0; l < scales.size(); ++l)
      for (std::size_t m = 0; m < width; ++m) {
        steps_[2 * l * width + m] = static_cast<Real>(rates[m] * scales[l].weights_rate);
        steps_[(2 * l + 1) * width + m] = static_cast<Real>(rates[m] * scales[l].biases_rate);
      }
    return networks_.descend(numbers_[0], x_, slopes_, steps_);
  }
  networks_.backward(numbers_[0], x_, slopes_, gradient_);
  for (Lane& lane : lanes_)
    if (lane.goes_on) ++lane.member.state->optimiser.steps;
  std::array<Index, most> steps{};
  for (std::size_t m = 0; m < width; ++m)
    steps[m] = std::max<Index>(1, lane(m).member.state->optimiser.steps);
  update_members<Real>(
      plan_.rule, rates, std::span(steps).first(width), any.groups(),
      {lanes(), numbers_[0].data(), gradient_.data(), numbers_[1].empty() ? nullptr : numbers_[1].data(),
       numbers_[2].empty() ? nullptr : numbers_[2].data()});
}

template class Lockstep<float>;

}  // namespace quartic::detail
