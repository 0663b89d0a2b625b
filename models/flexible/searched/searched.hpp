#pragma once
/// A network whose depth, width and rate were sought.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// Search over architectures. Of `trials` networks each has a number of layers from layers_from to layers_to, each as
/// likely; a width, and a rate, whose logarithms are uniform between their ends (the width rounded). All are trained on
/// the first rows and judged on the last floor(validation n), at least one, which the trainings do not see:
///   "random"              each for `epochs`; the one that errs least wins (Bergstra & Bengio 2012);
///   "successive_halving"  all for epochs / 2^(R-1), R = ceil(log2 trials) + 1 (rounded, at least one); the half that
///                         errs least, rounded up, goes on from where it is to epochs / 2^(R-2), and so on; the last
///                         one is trained for `epochs` and wins (Jamieson & Talwalkar 2016, arXiv 1502.07943).
/// Trials of one shape train together (models/flexible/together), to the bits that each has alone.
/// Of equal errors the first drawn is the better; a training that diverges errs without bound. The winner is then
/// trained anew, on all rows, for `epochs`. Options of the network are those of mlp of the same names; its others keep
/// the defaults there.
///
/// tuning_flops: all trials, the winner's too, with the judging; fit_flops: the training on all rows. Everything else
/// in the report is of the latter, and the message names the winner. Throws InvalidInput as mlp does, for fewer than
/// one trial, and for one row.
struct Searched {
  std::string search = "random";
  Index trials = 10;
  Index layers_from = 1, layers_to = 3;
  Index width_from = 8, width_to = 64;
  double rate_from = 1e-4, rate_to = 1e-2;
  double validation = 0.2;

  std::string activation = "relu", loss = "squared";
  double weight_decay = 0;
  std::string optimiser = "adam";
  Index batch = 0, epochs = 50;  ///< batch 0: 32, or all there are to train on

  static std::span<const Option<Searched>> options();
  std::string name() const { return "searched"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool reads_classes() const { return loss == "logistic"; }

  void require_consistent() const;
  void require_data(Index n, Index d, Task task) const;
  Fit fit(const Data& data, Stream stream) const;

  /// That of the largest network there may be, and of what all trials came to, where they go on from, and of trainings
  /// that go together.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<Searched> && ReadsClasses<Searched> && RequiresData<Searched> &&
              HasWorkingBytes<Searched>);

}  // namespace quartic
