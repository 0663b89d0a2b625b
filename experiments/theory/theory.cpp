#include "experiments/theory/theory.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "experiments/theory/features.hpp"
#include "experiments/theory/online.hpp"
#include "experiments/theory/options.hpp"
#include "experiments/theory/series.hpp"
#include "experiments/theory/transfer.hpp"
#include "laws/theory/deterministic_equivalent.hpp"
#include "laws/theory/lasso.hpp"
#include "laws/theory/least_squares.hpp"
#include "laws/theory/logistic.hpp"
#include "laws/theory/pruning.hpp"
#include "laws/theory/ridge.hpp"
#include "laws/theory/sgd.hpp"
#include "sim/parts/form.hpp"

namespace quartic {
namespace {

/// Columns from which the limit of many columns is trusted to a few per cent.
constexpr double many_columns = 50;

/// A sparse linear world as theory sees it: variances in place of shares.
struct Situation {
  double rows, columns, candidates, relevant;
  const OptionValues& options;  ///< of the model
  double penalty;               ///< a number, or NaN
  double noise_variance, signal;
  double missing;  ///< variance of f* outside the arm's columns
  NamedCounts named;
  Form covariance, coefficients;
  std::string support;

  bool isotropic() const { return covariance.word == "isotropic"; }
  bool independent() const { return isotropic() || covariance.word == "spectrum"; }
  bool sees_all() const { return columns == candidates; }
};

/// Of worlds of isotropic columns alone, which have no such option.
Form covariance_of(const OptionValues& world) {
  const std::string word = word_option(world, "covariance");
  return split_form(word.empty() ? "isotropic" : word);
}

/// Where a direction of many columns at random is what matters, each column's share is Gaussian.
Form coefficients_of(const OptionValues& world) {
  return split_form(word_option(world, "relation") == "subspace" ? "gaussian"
                                                                 : word_option(world, "coefficients"));
}

Situation make_situation(const TheoryQuery& query) {
  const OptionValues& world = query.world->options;
  const auto fact = [&](std::string_view name) {
    const auto found = query.facts->find(name);
    return found == query.facts->end() ? nan : found->second;
  };
  const double signal = fact("signal");
  return {.rows = query.rows,
          .columns = query.columns,
          .candidates = fact("candidates"),
          .relevant = fact("relevant"),
          .options = query.options,
          .penalty = number_option(query.options, "penalty"),
          .noise_variance = fact("noise") * fact("noise"),
          .signal = signal,
          .missing = query.missing_share * signal,
          .named = query.named,
          .covariance = covariance_of(world),
          .coefficients = coefficients_of(world),
          .support = word_option(world, "support")};
}

/// Squares of the coefficients, in the order of their columns, up to a common factor: their expectation where
/// they are drawn.
Vector squared_profile(const Situation& at) {
  const Eigen::ArrayXd k = Eigen::ArrayXd::LinSpaced(static_cast<Index>(at.relevant), 1, at.relevant);
  const std::string& word = at.coefficients.word;
  const std::vector<double>& numbers = at.coefficients.arguments;
  if (word == "decay") return k.pow(-2 * numbers[0]);
  if (word == "halving") return ((numbers[0] - k).min(0.0) * std::log(4.0)).exp();
  if (word == "linear")
    return (numbers[0] + (numbers[1] - numbers[0]) * (k - 1) / std::max(1.0, at.relevant - 1)).square();
  return Vector::Ones(k.size());
}

/// The deterministic equivalent: columns are independent, the first ones relevant.
double spectrum_risk(const Situation& at, double penalty) {
  if (at.covariance.word != "spectrum" || at.support != "first" || !at.sees_all()) return nan;
  CovarianceSpectrum world =
      power_law_spectrum(static_cast<Index>(at.candidates), at.covariance.arguments[0], 0);
  const Vector profile = squared_profile(at);
  world.squared_coefficients.setZero();
  world.squared_coefficients.head(profile.size()) =
      profile * (at.signal / world.eigenvalues.head(profile.size()).dot(profile));
  return ridge_equivalent(world, {at.rows, penalty, at.noise_variance}).risk;
}

double least_squares_error(const Situation& at) {
  const bool enough_rows = at.rows >= at.columns + 2;
  if (!at.isotropic() && !enough_rows) return spectrum_risk(at, 0);
  if (!at.independent() && at.missing != 0) return nan;
  return least_squares_risk({.rows = at.rows,
                             .columns = at.columns,
                             .signal_in_columns = at.signal - at.missing,
                             .signal_left_out = at.missing,
                             .noise_variance = at.noise_variance});
}

double ridge_error(const Situation& at) {
  if (at.penalty == 0) return least_squares_error(at);
  if (at.columns < many_columns) return nan;
  if (!at.isotropic()) return spectrum_risk(at, at.penalty);
  const RidgeLimit limit{at.columns / at.rows, at.signal - at.missing, at.noise_variance + at.missing};
  return at.missing + ridge_risk(limit, at.penalty);
}

/// What the arm does not see is noise to it. Which coefficients are left is known only where all are alike.
double lasso_error(const Situation& at) {
  const bool alike = at.coefficients.word == "equal" || at.coefficients.word == "signs";
  if (!at.isotropic() || at.columns < many_columns || (!alike && at.missing != 0)) return nan;
  LassoDesign design{
      .rows = at.rows, .candidates = at.columns, .noise_variance = at.noise_variance + at.missing};
  if (at.coefficients.word == "gaussian") {
    design.random_coefficients = at.relevant;
    design.random_variance = at.signal / at.relevant;
  } else {
    const Vector profile = squared_profile(at);
    const Index seen = std::lround(at.relevant * (1 - at.missing / at.signal));
    design.coefficients = (profile.head(seen) * (at.signal / profile.sum())).cwiseSqrt();
  }
  return at.missing + lasso_state(design, at.penalty).risk;
}

/// All columns, of which the named bear 1 - trust of the penalty. Without names that is the lasso.
double hybrid_error(const Situation& at) {
  if (word_option(at.options, "loss") != "squared") return nan;
  if (at.named.all() == 0) return lasso_error(at);
  const double trust = number_option(at.options, "trust"), factor = 1 - trust;
  if (!at.isotropic() || at.columns < many_columns || std::isnan(trust)) return nan;
  const double right = static_cast<double>(at.named.correct), named = static_cast<double>(at.named.all());
  LassoDesign design{.rows = at.rows,
                     .candidates = at.columns - named,
                     .noise_variance = at.noise_variance,
                     .named = named,
                     .named_factor = factor};
  const double left = at.relevant - right, each = at.signal / at.relevant;
  if (at.coefficients.word == "gaussian" && (factor == 0 || right == 0)) {
    design.random_coefficients = left;
    design.random_variance = each;
  } else if (at.coefficients.word == "equal" || at.coefficients.word == "signs") {
    design.coefficients = Vector::Constant(std::lround(left), std::sqrt(each));
    design.named_coefficients = Vector::Constant(std::lround(right), std::sqrt(each));
  } else {
    return nan;
  }
  return lasso_state(design, at.penalty).risk;
}

/// Its risk depends on the coefficients by the sum of their squares alone.
double sgd_error(const Situation& at) {
  const double step = one_pass_step(at.options);
  if (!at.isotropic() || !at.sees_all() || std::isnan(step)) return nan;
  const IsotropicSgd design{at.columns, at.signal, at.noise_variance, step};
  return sgd_risk(design, at.rows, sgd_average(word_option(at.options, "average")));
}

/// What the arm does not see is noise to it.
double features_error(const Situation& at) {
  if (!at.isotropic() || at.columns < many_columns) return nan;
  const LinearTarget target{at.rows, at.columns, at.signal - at.missing, at.noise_variance + at.missing};
  return at.missing + random_features_error(target, at.options);
}

/// One shot at a threshold, or at a share that is kept, without another fit.
double pruned_error(const Situation& at) {
  const double threshold = number_option(at.options, "threshold"), keep = number_option(at.options, "keep");
  const bool known =
      at.isotropic() && at.sees_all() && at.missing == 0 && at.coefficients.word != "gaussian" &&
      word_option(at.options, "base") == "least_squares" && number_option(at.options, "rounds") == 1 &&
      !flag_option(at.options, "refit") && at.columns >= many_columns;
  if (!known) return nan;
  const Vector profile = squared_profile(at);
  const PruningDesign design{.rows = at.rows,
                             .columns = at.columns,
                             .coefficients = (profile * (at.signal / profile.sum())).cwiseSqrt(),
                             .noise_variance = at.noise_variance};
  if (threshold > 0) return pruned_risk(design, threshold);
  if (!(keep > 0 && keep <= 1)) return nan;
  const double cut = pruning_threshold(design, std::max(1., std::ceil(at.columns * keep)));
  return std::isnan(cut) ? nan : pruned_risk(design, cut);
}

/// Normalised, of a formula for sparse linear worlds.
template <double (*error)(const Situation&)>
double sparse(const TheoryQuery& query) {
  const Situation at = make_situation(query);
  if (!(at.signal > 0) || !std::isfinite(at.noise_variance) || !(at.rows > 0)) return nan;
  return error(at) / at.signal;
}

/// Whatever the covariance: maximum likelihood does not know it.
double logistic_error(const TheoryQuery& query) {
  const auto fact = [&](std::string_view name) {
    const auto found = query.facts->find(name);
    return found == query.facts->end() ? nan : found->second;
  };
  const bool is_known = query.missing_share == 0 && query.columns >= many_columns && fact("intercept") == 0 &&
                        number_option(query.options, "penalty") == 0 &&
                        number_option(query.world->options, "label_noise") == 0;
  if (!is_known || !(query.rows > 0)) return nan;
  return logistic_excess_error({query.columns / query.rows, fact("signal")}) /
         error_scale(*query.facts, Task::classification);
}

struct Formula {
  std::string_view world, model;
  double (*error)(const TheoryQuery&);  ///< of an arm without an intercept
};
constexpr std::array formulas = {
    Formula{"sparse_linear", "least_squares", sparse<least_squares_error>},
    Formula{"sparse_linear", "ridge", sparse<ridge_error>},
    Formula{"sparse_linear", "lasso", sparse<lasso_error>},
    Formula{"sparse_linear", "hybrid", sparse<hybrid_error>},
    Formula{"sparse_linear", "linear_sgd", sparse<sgd_error>},
    Formula{"sparse_linear", "random_features", sparse<features_error>},
    Formula{"sparse_linear", "pruned", sparse<pruned_error>},
    Formula{"related", "least_squares", sparse<least_squares_error>},
    Formula{"related", "ridge", sparse<ridge_error>},
    Formula{"related", "lasso", sparse<lasso_error>},
    Formula{"related", "hybrid", sparse<hybrid_error>},
    Formula{"related", "linear_sgd", sparse<sgd_error>},
    Formula{"related", "random_features", sparse<features_error>},
    Formula{"related", "pruned", sparse<pruned_error>},
    Formula{"related", "fine_tuned", fine_tuned_error},
    Formula{"related", "shared_subspace", shared_subspace_error},
    Formula{"logistic", "logistic_regression", logistic_error},
    Formula{"smooth", "least_squares", smooth_error},
    Formula{"smooth", "ridge", smooth_error},
    Formula{"smooth", "linear_sgd", smooth_error},
    Formula{"power_law", "least_squares", power_law_error},
    Formula{"power_law", "ridge", power_law_error},
    Formula{"power_law", "linear_sgd", power_law_error},
    Formula{"teacher", "mlp", online_network_error},
};

}  // namespace

double theory_error(const TheoryQuery& query) {
  if (flag_option(query.options, "intercept") || std::isnan(query.missing_share)) return nan;
  const auto formula = std::find_if(formulas.begin(), formulas.end(), [&](const Formula& one) {
    return one.world == query.world->kind && one.model == query.model;
  });
  return formula == formulas.end() ? nan : formula->error(query);
}

}  // namespace quartic
