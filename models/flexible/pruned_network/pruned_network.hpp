#pragma once
/// A network whose small weights are cut.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// Magnitude pruning of an mlp. Once the network is trained, round r = 1 .. rounds
///   keeps, of the W weights of each layer (biases stay), the max(1, ceil(W keep^(r/rounds))) with the largest |w| (of
///   equal ones the first); or, where `threshold` is above 0, of those there the ones with |w| >= threshold;
///   holds the others at zero, and, by `retrain`,
///     "rewind"     goes back to the weights, and all that training remembers, after `rewind` epochs (0: as they were
///                  drawn) and trains from there to the last epoch, in the same order of rows: iterative magnitude
///                  pruning, and with rewind = 0 the lottery ticket;
///     "fine_tune"  trains the weights that are left for as many epochs again;
///     "none"       leaves them as they are (rounds = 1).
/// keep = a share in (0, 1], or "held_out": 1, 1/2, 1/4, 1/8, 1/16 or 1/32, whichever errs least on the last fifth of
/// the rows (floor, at least one) when all is done on the others; of equal errors the smallest. One row: 1. Billed as
/// tuning: the first training once, and what follows it for each share.
///
/// A prediction costs what is not zero (models/flexible/network/sparse_rule.hpp), and parameters are these. Training is
/// billed, and runs, as that of the whole network, before the first cut and after every one: a kernel that skips single
/// zeros is no faster. Cutting compares and is no flop. Status and certificate are those of the last training (NaN
/// where weights were cut after it); iterations: steps of all. Rows are taken as mlp takes them, and the options of the
/// network are those of mlp of the same names. Throws InvalidInput as mlp does, and for a threshold that no weight
/// of a layer reaches: then nothing is learned from any column.
///
/// Han, Pool, Tran & Dally (2015), arXiv 1506.02626; Frankle & Carbin (2019), arXiv 1803.03635; rewinding: Frankle,
/// Dziugaite, Roy & Carbin (2020), arXiv 1912.05671.
struct PrunedNetwork {
  NumberOrWord keep = 0.5;
  double threshold = 0;  ///< 0: by keep
  Index rounds = 1;
  std::string retrain = "rewind";
  Index rewind = 0;  ///< epochs

  Index layers = 1, width = 64;
  std::string activation = "relu", loss = "squared";
  double weight_decay = 0;
  std::string optimiser = "adam";
  Index batch = 0, epochs = 100;  ///< batch 0: 32, or all there are
  double learning_rate = 0.001;

  static std::span<const Option<PrunedNetwork>> options();
  std::string name() const { return "pruned_network"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool reads_classes() const { return loss == "logistic"; }

  void require_consistent() const;
  void require_data(Index n, Index d, Task task) const;
  Fit fit(const Data& data, Stream stream) const;

  /// Those of mlp, early weights with what the optimiser remembers of them, which weights are kept, and a copy of the
  /// rows that judge.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<PrunedNetwork> && ReadsClasses<PrunedNetwork> && RequiresData<PrunedNetwork> &&
              HasWorkingBytes<PrunedNetwork>);

}  // namespace quartic
