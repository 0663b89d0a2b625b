#pragma once
/// A network that has learned from other tasks how to learn this one from few rows.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// First-order MAML (models/flexible/meta_learned/maml.hpp) for an mlp: weights that `inner_steps` steps of plain
/// descent on a few rows of any source task (Data::sources) make good for the rest of it, sought in `meta_steps` steps
/// of `optimiser` at `outer_rate`; then `steps` (0: inner_steps) such steps at `inner_rate` on all rows of this task at
/// once. Rows are taken as they are. A fit draws the first weights and the rows of every step anew, so that learning
/// from the sources is part of every fit.
///
/// pretraining_flops: all meta steps; fit_flops: the steps on this task (maml.hpp). iterations = the latter.
/// parameters: those of the network. No certificate (NaN): few steps solve no system. Status: diverged where a weight
/// is not finite. Throws InvalidInput for no rows or columns, a loss that is not for these labels, more parameters than
/// any memory holds, and where the data have no sources, or one of fewer than two rows, or than two for each shot.
///
/// Finn, Abbeel & Levine (2017), arXiv 1703.03400.
struct MetaLearned {
  Index inner_steps = 5, steps = 0;
  double inner_rate = 0.02;
  Index meta_steps = 300;
  double outer_rate = 0.001;
  std::string optimiser = "adam";
  Index meta_batch = 0, shots = 10;  ///< tasks a meta step, 0: all; rows of each that adapt, 0: half of them

  Index layers = 1, width = 64;
  std::string activation = "relu", loss = "squared";

  static std::span<const Option<MetaLearned>> options();
  std::string name() const { return "meta_learned"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool reads_classes() const { return loss == "logistic"; }

  void require_data(Index n, Index d, Task task) const;
  void require_sources(std::span<const Index> rows, Index d) const;
  Fit fit(const Data& data, Stream stream) const;

  /// The rows in single precision, their units, and the weights with their gradients and moments. Of sources, of whose
  /// rows a model is not told, nothing.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<MetaLearned> && ReadsClasses<MetaLearned> && RequiresData<MetaLearned> &&
              RequiresSources<MetaLearned> && HasWorkingBytes<MetaLearned>);

}  // namespace quartic
