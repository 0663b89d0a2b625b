#include "models/flexible/together/networks.hpp"

#include <algorithm>
#include <cassert>

#include "models/flexible/together/for_lanes.hpp"

namespace quartic::detail {

namespace {

bool keeps_slopes(ActivationKind kind) {
  return kind == ActivationKind::erf || kind == ActivationKind::gelu;
}

}  // namespace

// Where gradients go: numbers += scales[2l] (weights) and scales[2l + 1] (biases) times that of layer l.
template <class Real>
struct Networks<Real>::Target {
  Real* numbers;
  const Real* scales;
};

template <class Real>
bool Networks<Real>::takes(const NetworkShape& shape, Index batch) {
  if (shape.hidden.empty() || !shape.channels.empty()) return false;
  const Index widest = *std::max_element(shape.hidden.begin(), shape.hidden.end());
  return std::max({widest, shape.inputs, batch}) <= dense_kernels<Real>().front().depth;
}

template <class Real>
Networks<Real>::Networks(NetworkShape shape, Index batch)
    : shape_(std::move(shape)), places_(layer_places(shape_)) {
  assert(takes(shape_, batch));
  Index widest = 1;
  for (const Index width : shape_.hidden) {
    hidden_.emplace_back(width * batch * lanes());
    if (keeps_slopes(shape_.activation)) slopes_.emplace_back(width * batch * lanes());
    widest = std::max(widest, width);
  }
  for (Buffer& delta : delta_) delta.resize(widest * batch * lanes());
  ones_.assign(std::max(widest, batch) * lanes(), 1);
  zeros_.assign(widest * lanes(), 0);
  sums_.resize(widest * lanes());
  scales_.resize(2 * std::ssize(places_) * lanes());
}

template <class Real>
const Real* Networks<Real>::output_weights(const Real* parameters) const {
  return trains_output() ? parameters + places_.back().weights * lanes() : ones_.data();
}

template <class Real>
void Networks<Real>::forward(std::span<const Real> parameters, std::span<const Real> x, Index rows,
                             std::span<Real> scores) {
  rows_ = rows;
  for (Index l = 0; l < std::ssize(hidden_); ++l)
    run_layer(parameters.data(), l == 0 ? x.data() : hidden_[l - 1].data(), l);
  const Real* weights = output_weights(parameters.data());
  const Index bias = trains_output() ? places_.back().biases : -1, units = shape_.hidden.back();
  const Real* start = bias < 0 ? zeros_.data() : parameters.data() + bias * lanes();
  if (rows > 1)
    return kernels_.members.combine({hidden_.back().data(), units, rows}, weights, start, scores.data());
  kernels_.members.dot({hidden_.back().data(), 1, units}, weights, scores.data());
  for (Index m = 0; m < lanes(); ++m) scores[m] = start[m] + scores[m];
}

// H_l = f(U_l), U_l = W_l H_{l-1} + b_l: units by rows of the batch. The rows x themselves stand one after the other.
template <class Real>
void Networks<Real>::run_layer(const Real* parameters, const Real* inputs, Index l) {
  const LayerPlace& place = places_[l];
  const Real* weights = parameters + place.weights * lanes();
  const Real* start = place.biases < 0 ? zeros_.data() : parameters + place.biases * lanes();
  Real* units = hidden_[l].data();
  if (rows_ == 1) {
    kernels_.members.multiply_row({weights, place.outputs, place.inputs}, inputs, start, units);
  } else {
    const MemberFactor<Real> below =
        l == 0 ? MemberFactor<Real>{inputs, 1, place.inputs} : MemberFactor<Real>{inputs, rows_, 1};
    kernels_.members.multiply({.c = units,
                               .rows = place.outputs,
                               .columns = rows_,
                               .terms = place.inputs,
                               .alpha = ones_.data(),
                               .a = {weights, place.inputs, 1},
                               .b = below,
                               .start = start});
  }
  kernels_.activate(shape_.activation, units, slopes_of(l), place.outputs * rows_ * lanes());
}

template <class Real>
void Networks<Real>::propagate(const Real* parameters, const Real* x, const Real* slopes, Target target) {
  const Index last = std::ssize(hidden_) - 1;
  for (Index l = last; l >= 0; --l) {
    if (l < last)
      from_above(parameters, l);
    else
      from_slopes(parameters, slopes);
    const Index count = places_[l].outputs * rows_ * lanes();
    Real* delta = delta_[l % 2].data();
    kernels_.differentiate(shape_.activation, {hidden_[l].data(), slopes_of(l), count}, 1, delta, delta);
    if (l < last)
      add_layer(l + 1, hidden_[l].data(), target);
    else if (trains_output())
      add_output(slopes, target);
  }
  add_layer(0, x, target);
}

// w s' of the last layer.
template <class Real>
void Networks<Real>::from_slopes(const Real* parameters, const Real* slopes) {
  const Index last = std::ssize(hidden_) - 1;
  kernels_.members.spread(output_weights(parameters), slopes,
                          {delta_[last % 2].data(), places_[last].outputs, rows_});
}

// W_{l+1}' D_{l+1}.
template <class Real>
void Networks<Real>::from_above(const Real* parameters, Index l) {
  const LayerPlace& above = places_[l + 1];
  kernels_.members.multiply({.c = delta_[l % 2].data(),
                             .rows = above.inputs,
                             .columns = rows_,
                             .terms = above.outputs,
                             .alpha = ones_.data(),
                             .a = {parameters + above.weights * lanes(), 1, above.inputs},
                             .b = {delta_[(l + 1) % 2].data(), rows_, 1},
                             .start = zeros_.data()});
}

// W_l += scale D_l H_{l-1}', b_l += scale D_l 1.
template <class Real>
void Networks<Real>::add_layer(Index l, const Real* inputs, Target target) {
  const LayerPlace& place = places_[l];
  const Real* delta = delta_[l % 2].data();
  const MemberFactor<Real> below =
      l == 0 ? MemberFactor<Real>{inputs, place.inputs, 1} : MemberFactor<Real>{inputs, 1, rows_};
  kernels_.members.multiply({.c = target.numbers + place.weights * lanes(),
                             .rows = place.outputs,
                             .columns = place.inputs,
                             .terms = rows_,
                             .alpha = target.scales + 2 * l * lanes(),
                             .a = {delta, rows_, 1},
                             .b = below,
                             .start = nullptr});
  if (place.biases < 0) return;
  kernels_.members.dot({delta, place.outputs, rows_}, ones_.data(), sums_.data());
  add_scaled(place.biases, place.outputs, target.scales + (2 * l + 1) * lanes(), target.numbers);
}

template <class Real>
void Networks<Real>::add_output(const Real* slopes, Target target) {
  const LayerPlace& place = places_.back();
  const Index l = std::ssize(places_) - 1;
  kernels_.members.dot({hidden_.back().data(), place.inputs, rows_}, slopes, sums_.data());
  add_scaled(place.weights, place.inputs, target.scales + 2 * l * lanes(), target.numbers);
  if (place.biases < 0) return;
  kernels_.members.dot({slopes, 1, rows_}, ones_.data(), sums_.data());
  add_scaled(place.biases, 1, target.scales + (2 * l + 1) * lanes(), target.numbers);
}

// numbers += scale sums_, from number `first` on.
template <class Real>
void Networks<Real>::add_scaled(Index first, Index count, const Real* scale, Real* numbers) const {
  const Real* sums = sums_.data();
  Real* to = numbers + first * lanes();
  for_lanes(lanes(), [&](auto lanes) {
    for (Index t = 0; t < count * lanes; t += lanes)
      for (Index m = 0; m < lanes; ++m) to[t + m] += scale[m] * sums[t + m];
  });
}

template <class Real>
void Networks<Real>::backward(std::span<const Real> parameters, std::span<const Real> x,
                              std::span<const Real> slopes, std::span<Real> gradient) {
  std::fill(gradient.begin(), gradient.end(), Real(0));
  std::fill(scales_.begin(), scales_.end(), Real(1));
  propagate(parameters.data(), x.data(), slopes.data(), {gradient.data(), scales_.data()});
}

template <class Real>
void Networks<Real>::descend(std::span<Real> parameters, std::span<const Real> x,
                             std::span<const Real> slopes, std::span<const Real> steps) {
  if (rows_ == 1) return descend_one_row(parameters.data(), x.data(), slopes.data(), steps);
  std::transform(steps.begin(), steps.end(), scales_.begin(), [](Real step) { return -step; });
  propagate(parameters.data(), x.data(), slopes.data(), {parameters.data(), scales_.data()});
}

// The formulas of propagate: every layer's weights are read once, and written in the same pass.
template <class Real>
void Networks<Real>::descend_one_row(Real* parameters, const Real* x, const Real* slopes,
                                     std::span<const Real> steps) {
  const Index last = std::ssize(hidden_) - 1;
  const auto differentiate = [&](Index l) {
    Real* delta = delta_[l % 2].data();
    kernels_.differentiate(shape_.activation, {hidden_[l].data(), slopes_of(l), places_[l].outputs * lanes()},
                           1, delta, delta);
  };
  from_slopes(parameters, slopes);
  differentiate(last);
  if (trains_output())
    descend_layer(parameters, std::ssize(places_) - 1, hidden_.back().data(), slopes, nullptr, steps);
  for (Index l = last; l >= 0; --l) {
    Real* below = l > 0 ? delta_[(l - 1) % 2].data() : nullptr;
    if (below) std::fill_n(below, places_[l].inputs * lanes(), Real(0));
    descend_layer(parameters, l, l > 0 ? hidden_[l - 1].data() : x, delta_[l % 2].data(), below, steps);
    if (below) differentiate(l - 1);
  }
}

template <class Real>
void Networks<Real>::descend_layer(Real* parameters, Index l, const Real* inputs, const Real* delta,
                                   Real* below, std::span<const Real> steps) {
  const LayerPlace& place = places_[l];
  kernels_.members.descend_row({parameters + place.weights * lanes(), place.outputs, place.inputs}, inputs,
                               delta, steps.data() + 2 * l * lanes(), below);
  if (place.biases < 0) return;
  const Real* step = steps.data() + (2 * l + 1) * lanes();
  Real* biases = parameters + place.biases * lanes();
  for_lanes(lanes(), [&](auto lanes) {
    for (Index t = 0; t < place.outputs * lanes; t += lanes)
      for (Index m = 0; m < lanes; ++m) biases[t + m] -= step[m] * delta[t + m];
  });
}

template class Networks<float>;
template class Networks<double>;

}  // namespace quartic::detail
