#pragma once
/// Fully connected networks trained by stochastic gradients in single precision.
#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// inputs -> `layers` hidden layers -> one score. Rows are taken as they are (worlds have mean zero and unit
/// variance): nothing is standardised.
///
/// Errors are the mean squared residual in units of the labels' variance (huber: twice its loss, the same for
/// small residuals), or the mean logistic loss in units of the entropy of the classes.
///
/// Batches: every epoch takes the rows in a new random order, the last batch with what is left. Early
/// stopping holds the last floor(validation n) rows (at least one) out, looks at them after every epoch,
/// stops `patience` epochs after the best one and restores its weights. Status: converged where a stop rule
/// that was asked for stopped it, or where none was asked for and all epochs are done; iteration_limit where
/// the epochs ran out first; diverged where the error of a batch passes 10^6 or a weight is not finite.
///
/// learning_rate = "tuned" tries `rates` rates on rows held out (`validation` of them, a fifth where that is
/// 0; a batch is all others where they are fewer), takes the minimum of the parabola about the best and
/// trains with it on all rows; a best rate at the end of the bracket is said in the message. With `tune_at` a
/// fit of n rows tunes on its first m rows for each size m <= n named there, and takes the straight line of
/// log rate in log n through what it found; below the smallest it tunes at n. Size m draws from child
/// "tuning" / m of the fit's stream. Tuning is billed to every fit.
///
/// Penalties that make zeros: l1_steps = "proximal" and group_l1, which is of whole units
/// (models/flexible/network/proximal.hpp), after every step of the optimiser. parameters are then those that are not
/// zero; units that are gone, and weights of zero, cost nothing to run (models/flexible/network/sparse_rule.hpp).
///
/// Certificate: the length of the objective's gradient over the first 256 rows at the end relative to
/// the start, NaN for one epoch, and with proximal steps. Flops (models/flexible/mlp/flops.hpp): about 6 times
/// parameters times rows visited; the message has the ratio. Evaluations for early stopping and all of tuning are
/// tuning flops.
///
/// Rumelhart, Hinton & Williams (1986); parametrisations: models/flexible/network/parametrisation.hpp;
/// optimisers: models/optim/optimiser.hpp; the soft committee machine (output = "sum"): Saad & Solla (1995).
struct Mlp {
  Index layers = 1, width = 64;
  Index width_1 = 0, width_2 = 0, width_3 = 0, width_4 = 0;  ///< 0: width
  Index width_5 = 0, width_6 = 0, width_7 = 0, width_8 = 0;
  Index parameters = 0;  ///< 0: by width
  std::string activation = "relu";
  bool biases = true;
  std::string output = "trained";

  std::string parametrisation = "standard", initialisation = "he";
  double initial_scale = 1;
  Index base_width = 64;

  std::string loss = "squared";
  double huber_delta = 1, weight_decay = 0, l1 = 0, dropout = 0;
  std::string l1_steps = "gradient";
  double group_l1 = 0;

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

  static std::span<const Option<Mlp>> options();
  std::string name() const { return "mlp"; }
  std::string fingerprint() const { return fingerprint_of(*this, options()); }
  bool reads_classes() const { return loss == "logistic"; }

  /// Throws InvalidInput for options that cannot stand together, whatever the data.
  void require_consistent() const;
  /// Throws InvalidInput, as fit does, for no rows, a batch above the rows that are left to train on, a loss
  /// that is not for this task, too few rows to hold some out, and parameters of more than a terabyte.
  void require_data(Index n, Index p, Task task) const;
  Fit fit(const Data& data, Stream stream) const;
  std::vector<Fit> fit_prefixes(const Prefixes& prefixes, Stream stream) const;
  /// State is saved after epochs, those of rates tried too, `flops_between` flops apart.
  Fit fit_resuming(const Data& data, Stream stream, const Checkpoints& checkpoints) const;

  /// Hidden widths for so many columns.
  std::vector<Index> widths(Index columns) const;
  /// What fits of n rows and p columns cost that take all their epochs, but for tuning.
  double fit_flops(Index n, Index p) const;
  /// The rows in single precision; weights, their gradient, moments and best values; a batch of activations.
  double working_bytes(Index n, Index p) const;
  /// The text that is saved: weights, moments and best values.
  double checkpoint_bytes(Index n, Index p) const;
};
static_assert(Estimator<Mlp> && FitsPrefixes<Mlp> && ResumesFits<Mlp> && RequiresData<Mlp> &&
              HasWorkingBytes<Mlp> && HasCheckpointBytes<Mlp>);

/// The field's rule of thumb for the flops of training: 6 parameters rows_visited (Kaplan et al. 2020).
constexpr double mlp_six_nd(double parameters, double rows_visited) {
  return 6 * parameters * rows_visited;
}

}  // namespace quartic
