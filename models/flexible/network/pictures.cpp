#include "models/flexible/network/pictures.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace quartic::detail {

namespace {

constexpr Index cached_bytes = 512 * 1024;  // of a block's planes and derivatives that go back together

// Pictures of which a block's planes and their derivatives stay in the second cache.
Index chunk_of(const std::vector<PictureLayer>& layers, Index batch, Index bytes_a_number) {
  Index widest = 1;
  for (const PictureLayer& layer : layers)
    widest = std::max(widest, (layer.inputs + layer.outputs) * layer.size.plane_numbers());
  return std::clamp<Index>(cached_bytes / (widest * bytes_a_number), 1, batch);
}

}  // namespace

std::vector<PictureLayer> picture_layers(const NetworkShape& shape) {
  std::vector<PictureLayer> layers;
  PictureSize size{std::lround(std::sqrt(static_cast<double>(shape.inputs)))};
  Index inputs = 1;
  for (const Index outputs : shape.channels) {
    layers.push_back({size, inputs, outputs});
    inputs = outputs;
    size = size.pooled();
  }
  return layers;
}

double picture_bytes(const NetworkShape& shape, Index batch) {
  constexpr double most_lanes = 16;
  const std::vector<PictureLayer> layers = picture_layers(shape);
  const auto rows = static_cast<double>(batch);
  const auto chunk = static_cast<double>(chunk_of(layers, batch, sizeof(float)));
  double numbers = 0, sums = 0;
  for (const PictureLayer& layer : layers) {
    const double plane = static_cast<double>(layer.size.plane_numbers());
    const double pooled = static_cast<double>(layer.size.pooled().pixels());
    const double inputs = static_cast<double>(layer.inputs), outputs = static_cast<double>(layer.outputs);
    numbers += plane * (rows * inputs + chunk * outputs) + 9 * inputs * outputs * (most_lanes + 1);
    numbers += rows * outputs * pooled;  // winners
    sums = std::max(sums, plane * std::max(inputs, outputs));
    if (&layer == &layers.back()) numbers += (rows + 1) * outputs * pooled;
  }
  return sizeof(float) * (numbers + sums);
}

template <class Real>
PicturePasses<Real>::PicturePasses(const NetworkShape& shape, Index batch)
    : places_(layer_places(shape)),
      features_of_row_(places_.back().inputs),
      chunk_(chunk_of(picture_layers(shape), batch, sizeof(Real))) {
  assert(shape.hidden.empty() && shape.trained_output && shape.activation == ActivationKind::relu);
  Index sums = 0;
  for (const PictureLayer& layer : picture_layers(shape)) {
    Block block{.layer = layer};
    const Index weights = 9 * layer.inputs * layer.outputs;
    block.planes.assign(batch * block.in_numbers(), 0);
    block.winners.assign(static_cast<std::size_t>(batch * layer.outputs * block.pooled_pixels()), 0);
    block.deltas.assign(chunk_ * block.out_numbers(), 0);
    block.turned.assign(weights, 0);
    block.parts.assign(weights * kernels_.lanes, 0);
    block.of_biases.assign(static_cast<std::size_t>(layer.outputs), 0);
    sums = std::max(sums, std::max(layer.inputs, layer.outputs) * layer.size.sum_numbers());
    blocks_.push_back(std::move(block));
  }
  sums_.assign(sums, 0);
  features_.assign(batch * features_of_row_, 0);
  top_.assign(features_of_row_, 0);
}

template <class Real>
void PicturePasses<Real>::forward(const Real* parameters, Rows<Real> x, std::span<Real> scores) {
  count_ = x.count;
  for (Index i = 0; i < count_; ++i) {
    load(x.data + i * x.stride, i);
    for (std::size_t l = 0; l < blocks_.size(); ++l) run_block(parameters, l, i);
  }
  const LayerPlace& output = places_.back();
  dense_.multiply_row({features_.data(), count_, features_of_row_, features_of_row_},
                      parameters + output.weights, nullptr, scores.data());
  if (output.biases >= 0)
    for (Index i = 0; i < count_; ++i) scores[static_cast<std::size_t>(i)] += parameters[output.biases];
}

// The picture into its plane, whose border stays zero.
template <class Real>
void PicturePasses<Real>::load(const Real* row, Index picture) {
  Block& block = blocks_.front();
  const PictureSize size = block.layer.size;
  Real* plane = block.planes.data() + picture * block.in_numbers() + size.first();
  for (Index y = 0; y < size.side; ++y) std::copy_n(row + y * size.side, size.side, plane + y * size.width());
}

// Into the planes of the next block, or the features.
template <class Real>
void PicturePasses<Real>::run_block(const Real* parameters, std::size_t l, Index picture) {
  Block& block = blocks_[l];
  const LayerPlace& place = places_[l];
  const PictureSize size = block.layer.size, below = size.pooled();
  kernels_.convolve({.size = size,
                     .planes = block.planes.data() + picture * block.in_numbers(),
                     .inputs = block.layer.inputs,
                     .weights = parameters + place.weights,
                     .start = place.biases < 0 ? nullptr : parameters + place.biases,
                     .sums = sums_.data(),
                     .outputs = block.layer.outputs});
  const bool last = l + 1 == blocks_.size();
  const Index step = last ? below.pixels() : below.plane_numbers(),
              stride = last ? below.side : below.width();
  Real* to = last ? features_.data() + picture * features_of_row_
                  : blocks_[l + 1].planes.data() + picture * blocks_[l + 1].in_numbers() + below.first();
  Winner<Real>* winners = block.winners.data() + picture * block.layer.outputs * below.pixels();
  for (Index c = 0; c < block.layer.outputs; ++c)
    kernels_.pool({.size = size,
                   .sums = sums_.data() + c * size.sum_numbers(),
                   .pooled = to + c * step,
                   .stride = stride,
                   .winners = winners + c * below.pixels()});
}

template <class Real>
void PicturePasses<Real>::differentiate(const Real* parameters, std::span<const Real> slopes,
                                        Real* gradient) {
  const std::vector<Real> scales(2 * places_.size(), 1);
  collect(parameters, slopes);
  add_to({gradient, scales}, slopes);
}

// Every derivative is known before a parameter moves.
template <class Real>
void PicturePasses<Real>::descend(Real* parameters, std::span<const Real> slopes,
                                  std::span<const Real> steps) {
  assert(steps.size() == 2 * places_.size());
  std::vector<Real> scales(steps.begin(), steps.end());
  for (Real& scale : scales) scale = -scale;
  collect(parameters, slopes);
  add_to({parameters, scales}, slopes);
}

// The derivative by a pixel is a convolution, too, of those by the sums: its weights are turned about.
template <class Real>
void PicturePasses<Real>::turn_weights(const Real* parameters) {
  for (std::size_t l = 1; l < blocks_.size(); ++l) {
    const Index inputs = blocks_[l].layer.inputs, outputs = blocks_[l].layer.outputs;
    const Real* weights = parameters + places_[l].weights;
    Real* to = blocks_[l].turned.data();
    for (Index i = 0; i < inputs; ++i)
      for (Index c = 0; c < outputs; ++c)
        for (Index k = 0; k < 9; ++k) *to++ = weights[(c * inputs + i) * 9 + 8 - k];
  }
}

template <class Real>
void PicturePasses<Real>::collect(const Real* parameters, std::span<const Real> slopes) {
  assert(std::ssize(slopes) == count_);
  turn_weights(parameters);
  for (Block& block : blocks_) {
    std::fill(block.parts.begin(), block.parts.end(), Real(0));
    std::fill(block.of_biases.begin(), block.of_biases.end(), Real(0));
  }
  for (Index first = 0; first < count_; first += chunk_)
    collect_chunk(parameters + places_.back().weights, slopes, {first, std::min(chunk_, count_ - first)});
}

// Through all blocks, from the last to the first. weights: of the output.
template <class Real>
void PicturePasses<Real>::collect_chunk(const Real* weights, std::span<const Real> slopes, Range pictures) {
  const std::size_t last = blocks_.size() - 1;
  for (Index k = 0; k < pictures.count; ++k) {
    const Index picture = pictures.first + k;
    const Real slope = slopes[static_cast<std::size_t>(picture)];
    for (Index f = 0; f < features_of_row_; ++f) top_[f] = slope * weights[f];
    unpool_block(last, picture, k, top_.data(), blocks_[last].layer.size.pooled().side);
  }
  for (std::size_t l = blocks_.size(); l-- > 0;) {
    correlate_block(l, pictures);
    if (l > 0) pass_down(l, pictures);
  }
}

// Derivatives by what a block pooled, channel by channel, rows `stride` apart, to those by its sums, at this
// place of the chunk. A channel of the last block follows the one before it; of others, a whole picture of sums.
template <class Real>
void PicturePasses<Real>::unpool_block(std::size_t l, Index picture, Index place, const Real* from,
                                       Index stride) {
  Block& block = blocks_[l];
  const PictureSize size = block.layer.size;
  const Index pixels = block.pooled_pixels();
  const Index step = l + 1 == blocks_.size() ? pixels : size.pooled().sum_numbers();
  const Winner<Real>* winners = block.winners.data() + picture * block.layer.outputs * pixels;
  Real* planes = block.deltas.data() + place * block.out_numbers();
  for (Index c = 0; c < block.layer.outputs; ++c)
    kernels_.unpool({.size = size,
                     .from = from + c * step,
                     .stride = stride,
                     .winners = winners + c * pixels,
                     .plane = planes + c * size.plane_numbers()});
}

template <class Real>
void PicturePasses<Real>::correlate_block(std::size_t l, Range pictures) {
  Block& block = blocks_[l];
  const Index numbers = block.layer.size.plane_numbers(), outputs = block.layer.outputs;
  kernels_.correlate({.size = block.layer.size,
                      .pictures = pictures.count,
                      .planes = block.planes.data() + pictures.first * block.in_numbers(),
                      .inputs = block.layer.inputs,
                      .deltas = block.deltas.data(),
                      .outputs = outputs,
                      .parts = block.parts.data()});
  if (places_[l].biases < 0) return;
  for (Index k = 0; k < pictures.count; ++k)
    for (Index c = 0; c < outputs; ++c)
      block.of_biases[static_cast<std::size_t>(c)] +=
          dense_.dot(block.deltas.data() + (k * outputs + c) * numbers, nullptr, numbers);
}

template <class Real>
void PicturePasses<Real>::pass_down(std::size_t l, Range pictures) {
  const Block& block = blocks_[l];
  for (Index k = 0; k < pictures.count; ++k) {
    kernels_.convolve({.size = block.layer.size,
                       .planes = block.deltas.data() + k * block.out_numbers(),
                       .inputs = block.layer.outputs,
                       .weights = block.turned.data(),
                       .start = nullptr,
                       .sums = sums_.data(),
                       .outputs = block.layer.inputs});
    unpool_block(l - 1, pictures.first + k, k, sums_.data(), block.layer.size.width());
  }
}

template <class Real>
void PicturePasses<Real>::add_to(Target target, std::span<const Real> slopes) const {
  for (std::size_t l = 0; l < blocks_.size(); ++l) {
    const Block& block = blocks_[l];
    Real* weights = target.numbers + places_[l].weights;
    for (Index k = 0; k < places_[l].inputs * places_[l].outputs; ++k)
      weights[k] += target.scales[2 * l] * kernels_.total(block.parts.data() + k * kernels_.lanes);
    for (Index c = 0; places_[l].biases >= 0 && c < block.layer.outputs; ++c)
      target.numbers[places_[l].biases + c] +=
          target.scales[2 * l + 1] * block.of_biases[static_cast<std::size_t>(c)];
  }
  const LayerPlace& output = places_.back();
  const Real scale = target.scales[target.scales.size() - 2];
  for (Index i = 0; i < count_; ++i)
    dense_.descend_row({target.numbers + output.weights, 1, features_of_row_, features_of_row_},
                       features_.data() + i * features_of_row_, slopes.data() + i, -scale, nullptr);
  if (output.biases >= 0)
    target.numbers[output.biases] += target.scales.back() * dense_.dot(slopes.data(), nullptr, count_);
}

template class PicturePasses<float>;
template class PicturePasses<double>;

}  // namespace quartic::detail
