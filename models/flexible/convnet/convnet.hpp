#pragma once
/// Small convolutional networks of square pictures, trained by stochastic gradients in single precision.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// Columns are the pixels of a square picture, row after row: side^2 of them, taken as they are. `layers` blocks,
/// then one dense layer to one score. Block l = 1, 2, ...:
///
///     u_c(y, x) = b_c + sum_i sum_{dy, dx in -1..1} w_{c,i,dy,dx} z_i(y + dy, x + dx),   c = 1 .. channels 2^(l-1)
///     z_c <- the largest of max(0, u_c) in every square of 2 x 2 pixels
///
/// with zeros around the picture; of an odd side the last row and column are left out. Channels double from
/// block to block, and the side halves (LeCun et al. 1998; the plain form of Simonyan & Zisserman 2015). Weights
/// begin normal with variance 2 / (number of products in a sum) (He et al. 2015), biases at zero.
///
/// Trained as models/flexible/mlp/mlp.hpp says of errors, batches, early stopping, rates that are tuned, status
/// and certificate. Flops (models/flexible/mlp/flops.hpp): a convolution costs 18 inputs channels a pixel forward
/// and twice that for its derivatives, but for those by the pixels of the picture itself.
struct ConvNet {
  Index layers = 2, channels = 8;
  double initial_scale = 1;
  std::string loss = "squared";
  double weight_decay = 0;

  std::string optimiser = "adam";
  double momentum = 0.9, beta_2 = 0.999, clip = 0;
  Index batch = 0, epochs = 100;  ///< batch 0: 32, or all there are to train on
  std::string schedule = "constant";
  double warm_up = 0, decay_epochs = 10, decay_factor = 0.1;

  NumberOrWord learning_rate = 0.001;
  double rate_from = 1e-4, rate_to = 1e-1;
  Index rates = 5;
  std::string tune_at;

  double interpolation = 0, validation = 0;
  Index patience = 10;
  bool history = false;

  static std::span<const Option<ConvNet>> options();
  std::string name() const { return "convnet"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool reads_classes() const { return loss == "logistic"; }

  /// Throws InvalidInput for options that cannot stand together, whatever the data.
  void require_consistent() const;
  /// Throws InvalidInput, as fit does, for columns that are no square, a side below 2^layers, and what mlp refuses.
  void require_data(Index n, Index p, Task task) const;
  Fit fit(const Data& data, Stream stream) const;
  std::vector<Fit> fit_prefixes(const Prefixes& prefixes, Stream stream) const;
  /// State is saved after epochs, those of rates tried too, `flops_between` flops apart.
  Fit fit_resuming(const Data& data, Stream stream, const Checkpoints& checkpoints) const;

  /// What fits of n rows and p columns cost that take all their epochs, but for tuning.
  double fit_flops(Index n, Index p) const;
  /// The rows in single precision; weights, their gradient, moments and best values; what a batch leaves on the way.
  double working_bytes(Index n, Index p) const;
  /// The text that is saved: weights, moments and best values.
  double checkpoint_bytes(Index n, Index p) const;
};
static_assert(Estimator<ConvNet> && FitsPrefixes<ConvNet> && ResumesFits<ConvNet> && RequiresData<ConvNet> &&
              HasWorkingBytes<ConvNet> && HasCheckpointBytes<ConvNet> && ReadsClasses<ConvNet>);

}  // namespace quartic
