#include "models/linear/hybrid/hybrid.hpp"

#include <array>
#include <cmath>
#include <memory>
#include <utility>

#include "core/require.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/cross_validation.hpp"
#include "models/linear/hybrid/free_names.hpp"
#include "models/linear/lasso/lasso.hpp"
#include "models/linear/linear_fit.hpp"
#include "models/linear/logistic/logistic_lasso.hpp"
#include "models/linear/named_columns.hpp"

namespace quartic {

namespace {

constexpr std::array trusts = {0.0, 0.5, 0.9, 1.0};
constexpr double no_factor = 1e-6;  // below it a squared loss knows no penalty
constexpr double least_logistic_factor = 0.01;

constexpr std::array trust_words = {
    OptionWord{"cv", "0, 0.5, 0.9 or 1: the smallest mean error of cross-validation"},
};
constexpr std::array loss_words = {
    OptionWord{"squared", "of numbers, and of classes as the numbers -1/2 and 1/2"},
    OptionWord{"logistic", "of classes: scores are log odds"},
};
constexpr std::array penalty_words = {
    OptionWord{"cv", "smallest mean error of cross-validation"},
    OptionWord{"cv_1se", "largest penalty within one standard error of it"},
    OptionWord{"theory_known", "that of theory, with the true noise",
               "constant*noise*sqrt(2*log(columns)/n)"},
};
constexpr OnlyWith by_theory = {"penalty", {"theory_known"}};
constexpr OnlyWith validated = {"penalty", {"cv", "cv_1se"}};

constexpr std::array option_table = {
    Option<Hybrid>{"trust", &Hybrid::trust, "what the columns that an expert names are let off the penalty",
                   trust_words, from_to(0, 1, "1 spares them the penalty, 0 treats them as all others")},
    Option<Hybrid>{"loss", &Hybrid::loss, "what is minimised beside the penalty", loss_words},
    Option<Hybrid>{"penalty", &Hybrid::penalty, "weight of |b|_1 of the columns that nobody names",
                   penalty_words,
                   above(0, "0 leaves every column free, the models least_squares and logistic_regression")},
    Option<Hybrid>{"constant", &Hybrid::constant, "factor of the penalty of theory", no_words,
                   above(0, "a penalty must be positive"), by_theory},
    Option<Hybrid>{"folds", &Hybrid::folds, "folds of cross-validation", no_words,
                   at_least(2, "nothing would be left to train on"), validated},
    Option<Hybrid>{"penalties", &Hybrid::penalties, "penalties of the grid of cross-validation", no_words,
                   at_least(1, "there is nothing to choose from"), validated},
    Option<Hybrid>{"ratio", &Hybrid::ratio, "smallest penalty of the grid over the largest", no_words,
                   between_0_and_1("the grid runs from the largest penalty down"), validated},
    Option<Hybrid>{"tolerance", &Hybrid::tolerance, "largest relative duality gap", no_words,
                   between_0_and_1("it is relative to the error of no model at all")},
    Option<Hybrid>{"iterations", &Hybrid::iterations,
                   "most moves, or Newton steps of the logistic loss, a penalty may take", no_words,
                   at_least(1, "it could not move")},
    Option<Hybrid>{"intercept", &Hybrid::intercept, "fit an intercept, which is not penalised"},
};

Lasso lasso_of(const Hybrid& model, double factor) {
  return {.penalty = model.penalty,
          .constant = model.constant,
          .folds = model.folds,
          .penalties = model.penalties,
          .ratio = model.ratio * factor,
          .tolerance = model.tolerance,
          .iterations = model.iterations,
          .intercept = model.intercept};
}

LogisticLasso logistic_of(const Hybrid& model, double factor) {
  return {.penalty = model.penalty,
          .folds = model.folds,
          .penalties = model.penalties,
          .ratio = model.ratio * factor,
          .tolerance = model.tolerance,
          .iterations = model.iterations,
          .intercept = model.intercept};
}

/// A lasso of columns some of which come in other units: their coefficients bear `factor` times the penalty.
template <class M>
class InUnits {
 public:
  InUnits(M lasso, const Data& data, const std::vector<Index>& named, double factor)
      : lasso_(std::move(lasso)), named_(named), factor_(factor), data_(is_plain() ? data : rescaled(data)) {}

  PenaltyChoice choose() const {
    PenaltyChoice choice = lasso_.choose_penalty(data_);
    choice.flops += rescaling_flops();
    return choice;
  }
  /// A penalty that is none (nothing to choose from) is left to the lasso.
  Fit fit_at(double penalty, Stream stream) const {
    M lasso = lasso_;
    if (penalty > 0 && std::isfinite(penalty)) lasso.penalty = penalty;
    Fit fit = lasso.fit(data_, std::move(stream));
    if (is_plain()) return fit;
    LinearRule rule = *fit.predict.linear();
    for (const Index j : named_) rule.coefficients[j] /= factor_;
    const double back = static_cast<double>(named_.size());
    fit.report.cost.fit_flops += rescaling_flops() + back;
    return {std::move(rule), std::move(fit.report)};
  }

 private:
  bool is_plain() const { return factor_ == 1 || named_.empty(); }
  double rescaling_flops() const {
    return is_plain() ? 0 : static_cast<double>(data_.rows()) * static_cast<double>(named_.size());
  }
  Data rescaled(const Data& data) const {
    Matrix x = data.block({0, data.rows()}, {0, data.columns()});
    for (const Index j : named_) x.col(j) /= factor_;
    return {std::move(x), Vector(data.y()), data.task()};
  }

  M lasso_;
  const std::vector<Index>& named_;
  double factor_;
  Data data_;
};

/// The fit of one factor on the penalty of the named columns.
template <class Answer>
Answer with_factor(const Hybrid& model, const Data& data, double factor, auto ask) {
  if (model.reads_classes())
    return ask(InUnits<LogisticLasso>(logistic_of(model, factor), data, model.named, factor));
  if (factor < no_factor) return ask(detail::FreeNames(model, data));
  return ask(InUnits<Lasso>(lasso_of(model, factor), data, model.named, factor));
}

PenaltyChoice choose_penalty(const Hybrid& model, const Data& data, double factor) {
  if (const double* number = std::get_if<double>(&model.penalty)) return {.penalty = *number};
  return with_factor<PenaltyChoice>(model, data, factor, [](const auto& fit) { return fit.choose(); });
}

double factor_of(const Hybrid& model, double trust) {
  if (model.named.empty()) return 1;
  return model.reads_classes() ? std::max(least_logistic_factor, 1 - trust) : 1 - trust;
}

struct TrustChoice {
  double factor = 1;
  PenaltyChoice penalty;
  double flops = 0;
};

TrustChoice choose_trust(const Hybrid& model, const Data& data) {
  const double* number = std::get_if<double>(&model.trust);
  const std::vector<double> grid = number                ? std::vector<double>{*number}
                                   : model.named.empty() ? std::vector<double>{0}
                                                         : std::vector<double>(trusts.begin(), trusts.end());
  TrustChoice best;
  double flops = 0;
  for (const double trust : grid) {
    const double factor = factor_of(model, trust);
    const PenaltyChoice choice = choose_penalty(model, data, factor);
    flops += choice.flops;
    const double before = best.penalty.smallest.mean;
    if (trust == grid.front() || std::isnan(before) || choice.smallest.mean < before) best = {factor, choice};
  }
  best.flops = flops;
  return best;
}

}  // namespace

std::span<const Option<Hybrid>> Hybrid::options() {
  return option_table;
}

std::string Hybrid::fingerprint() const {
  return detail::fingerprint_with_names(fingerprint_of(*this, Hybrid::options()), named);
}

Hybrid Hybrid::advised(std::span<const Index> columns) const {
  Hybrid model = *this;
  model.named.assign(columns.begin(), columns.end());
  return model;
}

void Hybrid::require_consistent() const {
  const bool chooses_trust = !std::holds_alternative<double>(trust);
  const bool validates = penalty == NumberOrWord("cv") || penalty == NumberOrWord("cv_1se");
  require(
      !chooses_trust || validates,
      "trust = \"cv\" beside a penalty that is not validated (trust is chosen together with the penalty). Give "
      "trust a number, or penalty = \"cv\".",
      {"trust", "penalty"});
}

void Hybrid::require_data(Index n, Index d, Task task) const {
  if (reads_classes()) return LogisticLasso{}.require_data(n, d, task);
  require_regression(task, "the hybrid model");
}

Fit Hybrid::fit(const Data& data, Stream stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  require(data.rows() > 0,
          "the hybrid model was given no rows (nothing can be learned from them). Give at least one row.");
  detail::require_names(named, data.columns());
  const TrustChoice choice = choose_trust(*this, data);
  Fit fit = with_factor<Fit>(*this, data, choice.factor, [&](const auto& problem) {
    return problem.fit_at(choice.penalty.penalty, std::move(stream));
  });
  fit.report.cost.tuning_flops = choice.flops;
  return fit;
}

double Hybrid::working_bytes(Index n, Index d) const {
  const double lasso =
      reads_classes() ? logistic_of(*this, 1).working_bytes(n, d) : lasso_of(*this, 1).working_bytes(n, d);
  const double* number = std::get_if<double>(&trust);
  const bool folded = !std::holds_alternative<double>(penalty);
  const bool free_names = !reads_classes() && (!number || 1 - *number < no_factor);
  const double copies = !free_names ? 1 : folded ? static_cast<double>(std::min(folds, n)) + 3 : 3;
  return lasso + sizeof(double) * copies * static_cast<double>(n) * static_cast<double>(d);
}

}  // namespace quartic
