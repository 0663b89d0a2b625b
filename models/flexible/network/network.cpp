#include "models/flexible/network/network.hpp"

#include <algorithm>
#include <cassert>

#include "core/machine/large_pages.hpp"
#include "models/flexible/dense/kernel.hpp"
#include "models/flexible/network/pictures.hpp"

namespace quartic::detail {

std::vector<LayerPlace> layer_places(const NetworkShape& shape) {
  std::vector<LayerPlace> places;
  Index inputs = shape.inputs, offset = 0;
  const auto add = [&](Index outputs) {
    LayerPlace place{.inputs = inputs, .outputs = outputs, .weights = offset};
    offset += inputs * outputs;
    if (shape.biases) {
      place.biases = offset;
      offset += outputs;
    }
    places.push_back(place);
    inputs = outputs;
  };
  for (const PictureLayer& layer : picture_layers(shape)) {
    inputs = 9 * layer.inputs;
    add(layer.outputs);
    places.back().pixels = layer.size.pixels();
    inputs = layer.outputs * layer.size.pooled().pixels();
  }
  for (const Index width : shape.hidden) add(width);
  if (shape.trained_output || shape.hidden.empty()) add(1);
  return places;
}

Index parameter_count(const NetworkShape& shape) {
  Index count = 0;
  for (const LayerPlace& place : layer_places(shape))
    count += place.outputs * (place.inputs + (place.biases < 0 ? 0 : 1));
  return count;
}

namespace {

constexpr Index cached_bytes = 256 * 1024;  // of one layer's units between product and activation

Index round_up(Index count, Index unit) {
  return (count + unit - 1) / unit * unit;
}

// Where gradients go: numbers += scales[2l] (weights) and scales[2l + 1] (biases) times that of layer l.
template <class Real>
struct Target {
  Real* numbers;
  std::span<const Real> scales;
};

}  // namespace

// Units and their derivatives stand by unit: `stride_` numbers each, one a row of the batch and behind them
// padding of no meaning. So the batch is what vectors run over, biases and activations follow a product while
// its result is in the cache, and the weights are read as they stand. Only for gradients are units turned
// back, into panels.
template <class Real>
class Network<Real>::Passes {
 public:
  Passes(NetworkShape shape, Index batch)
      : shape_(std::move(shape)),
        places_(layer_places(shape_)),
        batch_(batch),
        hidden_(shape_.hidden.size()) {
    const Index stride = pad_stride(batch), inputs = shape_.inputs;
    Index widest = 1;
    for (std::size_t l = 0; l < hidden_.size(); ++l) {
      hidden_[l] = filled_in_large_pages<Buffer>(shape_.hidden[l] * stride);
      widest = std::max(widest, shape_.hidden[l]);
    }
    for (auto& delta : delta_) delta = filled_in_large_pages<Buffer>(widest * stride);
    input_panels_ = filled_in_large_pages<Buffer>(batch * round_up(inputs, kernels_.panel));
    panels_ =
        filled_in_large_pages<Buffer>(std::max(std::max(widest, inputs) * round_up(stride, kernels_.panel),
                                               batch * round_up(widest, kernels_.panel)));
    work_.resize(kernels_.work);
    zeros_.assign(widest, 0);
    ones_.assign(widest, 1);
    top_.resize(stride);
    scales_.resize(2 * places_.size());
  }

  void forward(const Real* parameters, Rows<Real> x, std::span<Real> scores, std::span<const Real> mask) {
    assert(x.count <= batch_);
    count_ = x.count;
    columns_ = round_up(x.count, x.count == 1 ? 1 : kernels_.lanes);
    stride_ = pad_stride(x.count);
    masked_ = !mask.empty();
    if (keeps_slopes() && slopes_.empty())
      for (const auto& units : hidden_) slopes_.emplace_back(units.size());
    for (Index l = 0; l < std::ssize(hidden_); ++l) {
      run_layer(parameters, x, l);
      if (masked_) mask = apply_mask(mask, l);
    }
    score(parameters, x, scores);
  }

  void propagate(const Real* parameters, Rows<Real> x, std::span<const Real> slopes, Target<Real> target) {
    assert(x.count == count_ && std::ssize(slopes) == count_);
    std::copy_n(slopes.data(), count_, top_.data());
    std::fill(top_.begin() + count_, top_.end(), Real(0));
    const Index last = std::ssize(hidden_) - 1;
    if (last >= 0) kernels_.pack({x.data, x.count, shape_.inputs, x.stride}, input_panels_.data());
    for (Index l = last; l >= 0; --l) {
      propagate_to(parameters, l, target);
      if (l < last)
        add_product(l + 1, {hidden_[l].data(), count_, places_[l].outputs, stride_, Layout::columns}, target);
      else if (trains_output())
        add_output(target);
    }
    if (last < 0) add_linear(x, target);
  }

  void differentiate(const Real* parameters, Rows<Real> x, std::span<const Real> slopes, Real* gradient) {
    std::fill(scales_.begin(), scales_.end(), Real(1));
    propagate(parameters, x, slopes, {gradient, scales_});
  }

  void descend(Real* parameters, Rows<Real> x, std::span<const Real> slopes, std::span<const Real> steps) {
    assert(steps.size() == 2 * places_.size());
    if (x.count == 1) return descend_one_row(parameters, x.data, slopes.front(), steps);
    std::transform(steps.begin(), steps.end(), scales_.begin(), [](Real step) { return -step; });
    propagate(parameters, x, slopes, {parameters, scales_});
  }

 private:
  using Buffer = std::vector<Real, Eigen::aligned_allocator<Real>>;  // vectors that straddle no cache lines

  bool trains_output() const { return places_.size() > hidden_.size(); }
  bool keeps_slopes() const {
    return masked_ || shape_.activation == ActivationKind::erf || shape_.activation == ActivationKind::gelu;
  }
  // Whole vectors, but not a multiple of the distance at which cache lines push one another out.
  Index pad_stride(Index count) const {
    if (count <= 1) return 1;
    const Index stride = round_up(count, kernels_.lanes);
    return stride % 256 == 0 ? stride + kernels_.lanes : stride;
  }
  // Units of a layer that pass through product and activation together: where its sums are written once, what
  // stays in the second cache.
  Index chunk(Index terms) const {
    const Index bytes = kernels_.rows * stride_ * static_cast<Index>(sizeof(Real));
    return terms > kernels_.depth ? kernels_.group : kernels_.rows * std::max<Index>(1, cached_bytes / bytes);
  }
  const Real* starts(const Real* parameters, const LayerPlace& place) const {
    return place.biases < 0 ? zeros_.data() : parameters + place.biases;
  }
  Real* compute_slopes(Index l, Index unit) {
    return keeps_slopes() ? slopes_[l].data() + unit * stride_ : nullptr;
  }
  ActivatedRow<Real> row(Index l, Index unit, Index count) {
    return {hidden_[l].data() + unit * stride_, compute_slopes(l, unit), count};
  }

  // H_l = f(U_l), U_l = W_l H_{l-1} + b_l, H_{-1} = X': units by rows of the batch, chunk by chunk of units.
  void run_layer(const Real* parameters, Rows<Real> x, Index l) {
    const LayerPlace& place = places_[l];
    const Real *weights = parameters + place.weights, *start = starts(parameters, place);
    Real* units = hidden_[l].data();
    if (count_ == 1) {
      kernels_.multiply_row({weights, place.outputs, place.inputs, place.inputs},
                            l == 0 ? x.data : hidden_[l - 1].data(), start, units);
      return kernels_.activate(shape_.activation, units, compute_slopes(l, 0), place.outputs);
    }
    if (l == 0)
      kernels_.pack({x.data, place.inputs, count_, x.stride, Layout::columns}, panels_.data());
    else
      kernels_.pack({hidden_[l - 1].data(), place.inputs, columns_, stride_}, panels_.data());
    const Index step = chunk(place.inputs);
    for (Index i = 0; i < place.outputs; i += step) {
      const Index rows = std::min(step, place.outputs - i);
      kernels_.multiply({.c = {units + i * stride_, rows, columns_, stride_},
                         .alpha = 1,
                         .a = {weights + i * place.inputs, rows, place.inputs, place.inputs},
                         .panels = panels_.data(),
                         .start = start + i,
                         .work = work_.data()});
      kernels_.activate(shape_.activation, units + i * stride_, compute_slopes(l, i), rows * stride_);
    }
  }

  // The rest of the mask, of the layers above.
  std::span<const Real> apply_mask(std::span<const Real> mask, Index l) {
    const Index width = places_[l].outputs;
    for (Index k = 0; k < width; ++k)
      for (Index i = 0; i < count_; ++i) {
        hidden_[l][k * stride_ + i] *= mask[i * width + k];
        slopes_[l][k * stride_ + i] *= mask[i * width + k];
      }
    return mask.subspan(count_ * width);
  }

  // score = H_last' w + b; H_last' 1 where the output is not trained; X w + b without hidden layers.
  void score(const Real* parameters, Rows<Real> x, std::span<Real> scores) const {
    const LayerPlace& place = places_.back();
    const Real* weights = trains_output() ? parameters + place.weights : nullptr;
    const Real start = trains_output() && place.biases >= 0 ? parameters[place.biases] : Real(0);
    if (hidden_.empty()) {
      kernels_.multiply_row({x.data, x.count, place.inputs, x.stride}, weights, nullptr, scores.data());
      for (Real& score : scores) score += start;
      return;
    }
    const Index units = shape_.hidden.back();
    if (count_ == 1)
      scores[0] = start + kernels_.dot(hidden_.back().data(), weights, units);
    else
      kernels_.combine({hidden_.back().data(), units, count_, stride_}, weights, start, scores.data());
  }

  // D_l = dL/dU_l into delta_[l % 2], chunk by chunk of units:
  //   last layer    D_l = f'(U_l) o (w s'),           s the derivatives of the loss by the scores
  //   others        D_l = f'(U_l) o (W_{l+1}' D_{l+1})
  // o by elements. The first layer's D goes to its parameters at once and is not kept.
  void propagate_to(const Real* parameters, Index l, Target<Real> target) {
    const Index last = std::ssize(hidden_) - 1, width = places_[l].outputs;
    if (l < last)
      kernels_.pack({delta_[(l + 1) % 2].data(), places_[l + 1].outputs, columns_, stride_}, panels_.data());
    const Index step = chunk(l < last ? places_[l + 1].outputs : 1);
    for (Index i = 0; i < width; i += step) {
      const Range units{i, std::min(step, width - i)};
      Real* delta = delta_[l % 2].data() + (l == 0 ? 0 : i * stride_);
      if (l < last)
        from_above(parameters, l, units, delta);
      else
        from_slopes(parameters, units, delta);
      if (l == 0) add_chunk(0, units, delta, {input_panels_.data(), count_}, target);
    }
  }

  // f'(U_l) o (w s') for these units of the last layer.
  void from_slopes(const Real* parameters, Range units, Real* delta) {
    const Index l = std::ssize(hidden_) - 1;
    const Real* weights = trains_output() ? parameters + places_.back().weights : ones_.data();
    for (Index k = 0; k < units.count; ++k) {
      const Index unit = units.first + k;
      kernels_.differentiate(shape_.activation, row(l, unit, stride_), weights[unit], top_.data(),
                             delta + k * stride_);
    }
  }

  // f'(U_l) o (W_{l+1}' D_{l+1}) for these units of layer l.
  void from_above(const Real* parameters, Index l, Range units, Real* delta) {
    const LayerPlace& above = places_[l + 1];
    kernels_.multiply({.c = {delta, units.count, columns_, stride_},
                       .alpha = 1,
                       .a = {parameters + above.weights + units.first, units.count, above.outputs,
                             above.inputs, Layout::columns},
                       .panels = panels_.data(),
                       .start = zeros_.data(),
                       .work = work_.data()});
    kernels_.differentiate(shape_.activation, row(l, units.first, units.count * stride_), 1, delta, delta);
  }

  struct Panels {
    const Real* numbers;
    Index rows;
  };

  // The gradient of these units' weights and biases: dL/dW_l = D_l H_{l-1}', dL/db_l = D_l 1.
  void add_chunk(Index l, Range units, const Real* delta, Panels inputs, Target<Real> target) {
    const LayerPlace& place = places_[l];
    kernels_.multiply({.c = {target.numbers + place.weights + units.first * place.inputs, units.count,
                             place.inputs, place.inputs},
                       .alpha = target.scales[2 * l],
                       .a = {delta, units.count, inputs.rows, stride_},
                       .panels = inputs.numbers,
                       .start = nullptr,
                       .work = work_.data()});
    if (place.biases < 0) return;
    for (Index k = 0; k < units.count; ++k)
      target.numbers[place.biases + units.first + k] +=
          target.scales[2 * l + 1] * kernels_.dot(delta + k * stride_, nullptr, count_);
  }

  void add_product(Index l, const DenseFactor<Real>& inputs, Target<Real> target) {
    kernels_.pack(inputs, panels_.data());
    add_chunk(l, {0, places_[l].outputs}, delta_[l % 2].data(), {panels_.data(), count_}, target);
  }

  void add_bias_of_output(Target<Real> target) {
    const LayerPlace& place = places_.back();
    if (place.biases >= 0)
      target.numbers[place.biases] += target.scales.back() * kernels_.dot(top_.data(), nullptr, count_);
  }
  // dL/dw = H_last s, dL/db = sum of s.
  void add_output(Target<Real> target) {
    const LayerPlace& place = places_.back();
    const Real scale = target.scales[target.scales.size() - 2];
    for (Index k = 0; k < place.inputs; ++k)
      target.numbers[place.weights + k] +=
          scale * kernels_.dot(hidden_.back().data() + k * stride_, top_.data(), count_);
    add_bias_of_output(target);
  }
  void add_linear(Rows<Real> x, Target<Real> target) {
    add_bias_of_output(target);
    Real* weights = target.numbers;
    for (Index i = 0; i < count_; ++i)
      kernels_.descend_row({weights, 1, shape_.inputs, shape_.inputs}, x.data + i * x.stride, top_.data() + i,
                           -target.scales[0], nullptr);
  }

  // A batch of one row, the formulas of propagate_to: every layer's weights are read once, and written in the
  // same pass, W_l -= step d_l h_{l-1}'.
  void descend_one_row(Real* parameters, const Real* x, Real slope, std::span<const Real> steps) {
    const Index last = std::ssize(hidden_) - 1;
    const Real* inputs_of_output = last < 0 ? x : hidden_.back().data();
    if (last >= 0) {
      const Real* weights = trains_output() ? parameters + places_.back().weights : ones_.data();
      kernels_.differentiate(shape_.activation, row(last, 0, places_[last].outputs), slope, weights,
                             delta_[last % 2].data());
    }
    if (trains_output())
      step_layer(parameters, places_.size() - 1, {inputs_of_output, &slope, nullptr}, steps);
    for (Index l = last; l >= 0; --l) {
      Real* below = l > 0 ? delta_[(l - 1) % 2].data() : nullptr;
      if (below) std::fill_n(below, places_[l].inputs, Real(0));
      step_layer(parameters, l, {l > 0 ? hidden_[l - 1].data() : x, delta_[l % 2].data(), below}, steps);
      if (below) kernels_.differentiate(shape_.activation, row(l - 1, 0, places_[l].inputs), 1, below, below);
    }
  }
  struct OneRow {
    const Real *inputs, *delta;
    Real* below;
  };
  void step_layer(Real* parameters, Index l, OneRow r, std::span<const Real> steps) {
    const LayerPlace& place = places_[l];
    kernels_.descend_row({parameters + place.weights, place.outputs, place.inputs, place.inputs}, r.inputs,
                         r.delta, steps[2 * l], r.below);
    if (place.biases < 0) return;
    for (Index k = 0; k < place.outputs; ++k) parameters[place.biases + k] -= steps[2 * l + 1] * r.delta[k];
  }

  NetworkShape shape_;
  std::vector<LayerPlace> places_;
  const DenseKernels<Real>& kernels_ = dense_kernels<Real>().front();
  Index batch_, count_ = 0, columns_ = 1, stride_ = 1;  // rows of the batch; with padding; from unit to unit
  bool masked_ = false;
  std::vector<Buffer> hidden_, slopes_;  // f(u) and, where kept, f'(u); both times the mask
  Buffer delta_[2], input_panels_, panels_, work_, zeros_, ones_, top_, scales_;
};

template <class Real>
Network<Real>::Network(NetworkShape shape, Index batch)
    : passes_(shape.channels.empty() ? std::make_unique<Passes>(shape, batch) : nullptr),
      pictures_(shape.channels.empty() ? nullptr : std::make_unique<PicturePasses<Real>>(shape, batch)) {}
template <class Real>
Network<Real>::Network(Network&&) noexcept = default;
template <class Real>
Network<Real>& Network<Real>::operator=(Network&&) noexcept = default;
template <class Real>
Network<Real>::~Network() = default;

template <class Real>
void Network<Real>::forward(std::span<const Real> parameters, Rows<Real> x, std::span<Real> scores,
                            std::span<const Real> mask) {
  if (pictures_) {
    assert(mask.empty());
    return pictures_->forward(parameters.data(), x, scores);
  }
  passes_->forward(parameters.data(), x, scores, mask);
}
template <class Real>
void Network<Real>::backward(std::span<const Real> parameters, Rows<Real> x, std::span<const Real> slopes,
                             std::span<Real> gradient) {
  std::fill(gradient.begin(), gradient.end(), Real(0));
  if (pictures_) return pictures_->differentiate(parameters.data(), slopes, gradient.data());
  passes_->differentiate(parameters.data(), x, slopes, gradient.data());
}
template <class Real>
void Network<Real>::descend(std::span<Real> parameters, Rows<Real> x, std::span<const Real> slopes,
                            std::span<const Real> steps) {
  if (pictures_) return pictures_->descend(parameters.data(), slopes, steps);
  passes_->descend(parameters.data(), x, slopes, steps);
}

template class Network<float>;
template class Network<double>;

}  // namespace quartic::detail
