#include "models/catalogue.hpp"

#include "core/catalogue_entry.hpp"
#include "models/flexible/convnet/convnet.hpp"
#include "models/flexible/fine_tuned_network/fine_tuned_network.hpp"
#include "models/flexible/hybrid_network/hybrid_network.hpp"
#include "models/flexible/meta_learned/meta_learned.hpp"
#include "models/flexible/mlp/mlp.hpp"
#include "models/flexible/pruned_network/pruned_network.hpp"
#include "models/flexible/random_features/random_features.hpp"
#include "models/flexible/searched/searched.hpp"
#include "models/linear/classes/discriminant.hpp"
#include "models/linear/classes/naive_bayes.hpp"
#include "models/linear/classes/perceptron.hpp"
#include "models/linear/hybrid/hybrid.hpp"
#include "models/linear/lasso/lasso.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/logistic/logistic_lasso.hpp"
#include "models/linear/logistic/logistic_regression.hpp"
#include "models/linear/pruned/pruned.hpp"
#include "models/linear/relaxed/relaxed_lasso.hpp"
#include "models/linear/ridge/ridge.hpp"
#include "models/linear/selection/forward_selection.hpp"
#include "models/linear/sgd/linear_sgd.hpp"
#include "models/linear/subset/best_subset.hpp"
#include "models/linear/transfer/fine_tuned.hpp"
#include "models/linear/transfer/shared_subspace.hpp"
#include "models/rules/rule_list.hpp"
#include "models/trees/boosted_stumps.hpp"

namespace quartic {

namespace {

using Entries = std::vector<CatalogueEntry<Model>>;

template <class T>
CatalogueEntry<Model> entry(std::string summary) {
  return catalogue_entry<Model, T>(std::move(summary));
}

Entries linear_models() {
  return {
      entry<LeastSquares>("Ordinary least squares; with more columns than rows the interpolator "
                          "of least norm, which is the plainest over-parameterised model."),
      entry<Ridge>("Least squares with a penalty on the squared length "
                   "of the coefficients, given or chosen by the data."),
      entry<Lasso>(
          "Least squares with a penalty on the absolute coefficients, which leaves most of them zero: the "
          "regularised model that finds the few columns that matter."),
      entry<RelaxedLasso>(
          "The columns of the lasso with coefficients less shrunk than its own: the lasso mixed with least squares on "
          "what it leaves."),
      entry<ForwardSelection>(
          "Least squares on columns that are added one at a time, the most helpful first: what statisticians "
          "did by hand."),
      entry<BestSubset>(
          "Least squares on the set of columns that leaves least, of all sets of its size: every one is tried, so that "
          "few columns can be chosen among."),
      entry<Pruned>(
          "Least squares or ridge whose small coefficients are cut, at once or in rounds, and what is left fitted "
          "anew: a rule that is cheap to run."),
      entry<FineTuned>(
          "What source tasks taught, moved towards this task's rows: ridge towards their coefficients, or the "
          "nearest that fit."),
      entry<SharedSubspace>(
          "Least squares on the few directions that the coefficients of source tasks have in common."),
      entry<LogisticRegression>(
          "Classes by maximum likelihood: scores are log odds, with a penalty on the squared "
          "length of the coefficients where one is given."),
      entry<LogisticLasso>(
          "Classes by likelihood with a penalty on the absolute coefficients, or on these and their "
          "squares: few columns, found among as many as one likes."),
      entry<Hybrid>(
          "What an expert names, believed as far as he is trusted, and a lasso over all other columns: the middle way "
          "between knowing and searching."),
      entry<LinearSgd>(
          "Stochastic gradient descent on squared error, one row at a time, with averaged iterates: flops "
          "grow as rows times columns, and rows need not be held."),
      entry<Discriminant>(
          "Linear discriminant analysis: two Gaussian classes of one covariance, as it is, or shrunk "
          "towards a multiple of the identity."),
      entry<NaiveBayes>(
          "Two Gaussian classes whose columns are independent: a closed form that grows as rows times columns."),
      entry<Perceptron>(
          "Rosenblatt's rule, corrected by each of its mistakes and averaged over time: two classes and no "
          "probabilities."),
  };
}

Entries flexible_models() {
  return {
      entry<RuleList>(
          "Columns read as high or low, and their votes counted: an early expert system, which learns nothing, "
          "signs, or weights."),
      entry<BoostedStumps>(
          "Gradient boosting with stumps: a sum of steps, one column and one threshold at a time; real labels "
          "or classes."),
      entry<RandomFeatures>("Ridge regression, or the interpolator of least norm, on "
                            "random features: a two-layer network whose first layer is "
                            "left as it was drawn, with as many parameters as one likes."),
      entry<Mlp>(
          "Fully connected networks of up to eight hidden layers, trained by stochastic gradients: as many "
          "parameters as one likes, and no idea which columns matter."),
      entry<PrunedNetwork>(
          "A network whose small weights are cut, at once or in rounds, with early weights or those at hand trained "
          "again: fewer operations to run."),
      entry<FineTunedNetwork>(
          "A network trained on source tasks, whose weights this task's rows then train on."),
      entry<Searched>(
          "A network whose depth, width and learning rate are sought, at random or by successive halving: every "
          "trial is on the bill."),
      entry<MetaLearned>(
          "A network whose first weights were learned from source tasks, so that a few steps on few rows lead far."),
      entry<HybridNetwork>(
          "What an expert names, fitted as he would and believed as far as he is trusted, and a network of all "
          "columns for what he overlooks."),
      entry<ConvNet>(
          "Small convolutional networks of square pictures, whose columns are pixels: what is learned at one "
          "place is known at all, and nothing else of the picture is."),
  };
}

}  // namespace

const std::vector<CatalogueEntry<Model>>& model_catalogue() {
  static const Entries catalogue = [] {
    Entries all = linear_models(), flexible = flexible_models();
    for (CatalogueEntry<Model>& one : flexible) all.push_back(std::move(one));
    return all;
  }();
  return catalogue;
}

}  // namespace quartic
