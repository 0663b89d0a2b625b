#pragma once
/// What an expert names, fitted as he would, and a network for what he overlooks.
#include <vector>

#include "core/model.hpp"
#include "core/options.hpp"

namespace quartic {

/// score(x) = trust (x_E'b + a) + f(x): b and a are those of least_squares (loss = "squared") or logistic_regression
/// ("logistic", which reads classes) with an intercept on the columns E that the expert of the arm names (advised),
/// without a penalty; f is an mlp of all columns, trained on top of them as they stand. Its last layer begins at zero, so
/// that training goes on from where the expert's rule ends. A partially linear model (Robinson 1988, Econometrica 56)
/// whose flexible part is a network. X: n x d, columns as they are. trust = a number, or
///   "held_out"   0, 0.5 or 1, whichever errs least on the last fifth of the rows (floor, at least one) when b, a and f
///                are fitted to the others: of equal errors the least trust, and of one row the network alone. Billed
///                as tuning, each of the three as if it were fitted alone.
/// An arm without an expert, and trust = 0, is the network alone. Options of the network are those of mlp of the same
/// names; its others keep the defaults there.
///
/// Status, certificate and iterations are those of the network. parameters = its own, and where trust is not 0 those of
/// the expert's rule. Flops: those of the fits, trust (x_E'b + a) of each row that the network learns from, one a row
/// visited to add it, and models/flexible/hybrid_network/flops.hpp. Throws InvalidInput as mlp does, and for named
/// columns that do not exist.
struct HybridNetwork {
  NumberOrWord trust = "held_out";
  std::string loss = "squared";
  Index layers = 1, width = 64;
  double weight_decay = 0, l1 = 0;
  Index batch = 0, epochs = 100;  ///< batch 0: 32, or all there are to train on
  double learning_rate = 0.001;
  std::vector<Index> named = {};  ///< no option: advised() sets it

  static std::span<const Option<HybridNetwork>> options();
  std::string name() const { return "hybrid_network"; }
  std::string fingerprint() const;
  bool reads_classes() const { return loss == "logistic"; }
  HybridNetwork advised(std::span<const Index> columns) const;

  void require_data(Index n, Index d, Task task) const;
  Fit fit(const Data& data, Stream stream) const;

  /// Those of mlp, a copy of the named columns, and what fits of them hold.
  double working_bytes(Index n, Index d) const;
};
static_assert(Estimator<HybridNetwork> && TakesAdvice<HybridNetwork> && ReadsClasses<HybridNetwork> &&
              RequiresData<HybridNetwork> && HasFingerprint<HybridNetwork> && HasWorkingBytes<HybridNetwork>);

}  // namespace quartic
