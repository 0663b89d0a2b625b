#pragma once
/// A network that begins with the weights of other tasks.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// An mlp trained on the rows of the source tasks (Data::sources: all pooled as one task, or the first alone) for
/// `epochs` at `learning_rate`, whose weights, all of them, are then trained on this task's rows for `target_epochs` at
/// `target_rate`. The optimiser remembers nothing of the sources. Options of the network are those of mlp of the same
/// names; its others keep the defaults there. A fit draws the first weights anew, so that the training on the sources
/// is part of every fit.
///
/// pretraining_flops: the training on the sources; fit_flops: that on this task's rows (models/flexible/mlp/flops.hpp).
/// Status, certificate and iterations are those of the latter; diverged where the former was. Throws InvalidInput as
/// mlp does, and where the data have no sources.
///
/// Yosinski, Clune, Bengio & Lipson (2014), arXiv 1411.1792.
struct FineTunedNetwork {
  std::string sources = "pooled";
  Index target_epochs = 100;
  double target_rate = 0.001;

  Index layers = 1, width = 64;
  std::string activation = "relu", loss = "squared";
  double weight_decay = 0;
  std::string optimiser = "adam";
  Index batch = 0, epochs = 100;  ///< batch 0: 32, or all there are
  double learning_rate = 0.001;

  static std::span<const Option<FineTunedNetwork>> options();
  std::string name() const { return "fine_tuned_network"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool reads_classes() const { return loss == "logistic"; }

  void require_data(Index n, Index d, Task task) const;
  void require_sources(std::span<const Index> rows, Index d) const;
  Fit fit(const Data& data, Stream stream) const;

  /// That of mlp, and its first weights. Of sources, of whose rows a model is not told, nothing.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<FineTunedNetwork> && ReadsClasses<FineTunedNetwork> &&
              RequiresData<FineTunedNetwork> && RequiresSources<FineTunedNetwork> &&
              HasWorkingBytes<FineTunedNetwork>);

}  // namespace quartic
