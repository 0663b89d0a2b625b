#include "models/linear/pruned/pruned.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/interruption.hpp"
#include "core/number_text.hpp"
#include "core/require.hpp"
#include "models/linear/least_squares.hpp"
#include "models/linear/linear_fit.hpp"
#include "models/linear/pruned/flops.hpp"
#include "models/linear/ridge/ridge.hpp"
#include "models/pruning/share.hpp"

namespace quartic {

namespace {

constexpr std::array base_words = {
    OptionWord{"least_squares", "beyond n columns the interpolator of least norm"},
    OptionWord{"ridge", "with its penalty"}};
constexpr std::array penalty_words = {OptionWord{"loo", "least exact leave-one-out error over a grid"},
                                      OptionWord{"cv", "least error over five folds"}};
constexpr OnlyWith with_ridge = {"base", {"ridge"}};

constexpr std::array option_table = {
    Option<Pruned>{"base", &Pruned::base, "what is fitted and then cut", base_words},
    Option<Pruned>{"penalty", &Pruned::penalty, "of ridge, or how to choose it", penalty_words,
                   at_least(0, "a penalty is not negative, and finite"), with_ridge},
    Option<Pruned>{"keep", &Pruned::keep, "share of the columns that stays, or how to choose it",
                   detail::keep_words, detail::keep_bounds, detail::by_share},
    Option<Pruned>{"threshold", &Pruned::threshold, "coefficients below it are cut; 0: by keep", no_words,
                   at_least(0, "it is the size of a coefficient; 0 is by keep")},
    Option<Pruned>{"rounds", &Pruned::rounds, "cuts, each after a fit to what the one before left", no_words,
                   from_to(1, 1000, "the first cut is the first round, and each takes a fit")},
    Option<Pruned>{"refit", &Pruned::refit, "whether what is kept is fitted anew after the last cut"},
    Option<Pruned>{"intercept", &Pruned::intercept, "fit an intercept, never cut"}};

Model base_of(const Pruned& model) {
  if (model.base == "ridge") return Ridge{.penalty = model.penalty, .intercept = model.intercept};
  return LeastSquares{.intercept = model.intercept};
}

using Columns = std::vector<Index>;

double size_of(const Vector& b, Index j) {
  return std::isnan(b[j]) ? 0 : std::abs(b[j]);
}

// The places in b of the largest, ascending.
Columns largest(const Vector& b, Index count) {
  Columns order(static_cast<std::size_t>(b.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Index i, Index j) { return size_of(b, i) > size_of(b, j); });
  order.resize(static_cast<std::size_t>(count));
  std::sort(order.begin(), order.end());
  return order;
}

Columns at_or_above(const Vector& b, double threshold) {
  Columns kept;
  for (Index j = 0; j < b.size(); ++j)
    if (size_of(b, j) >= threshold) kept.push_back(j);
  return kept;
}

Index count_kept(double keep, Index columns, double done) {
  // A share such as 0.1 of 10 columns is one column, whatever pow rounds to.
  const double exact = static_cast<double>(columns) * std::pow(keep, done);
  return std::clamp<Index>(static_cast<Index>(std::ceil(exact * (1 - 1e-12))), 1, columns);
}

/// One run of cuts and fits, from the fit to all columns.
class Pruning {
 public:
  Pruning(const Pruned& model, const Data& data, const Stream& stream)
      : model_(model), base_(base_of(model)), data_(data), rows_(data.with_sources({})), stream_(stream) {}

  Fit run(Fit fit, double keep) const {
    Columns columns(static_cast<std::size_t>(data_.columns()));
    std::iota(columns.begin(), columns.end(), Index{0});
    Cost spent = fit.report.cost;
    for (Index round = 1; round <= model_.rounds; ++round) {
      if (fit.report.status == FitStatus::failed) return expanded(fit, columns, spent);
      const Vector& b = fit.predict.linear()->coefficients;
      const Columns places = chosen(b, keep, round);
      if (std::ssize(places) == b.size()) continue;  // nothing is cut: the fit stays as it is
      if (places.empty()) return cut_whole(fit, b, spent);
      for (std::size_t k = 0; k < places.size(); ++k)
        columns[k] = columns[static_cast<std::size_t>(places[k])];
      columns.resize(places.size());
      if (round == model_.rounds && !model_.refit) return expanded(cut(fit, places), columns, spent);
      interruption_point();
      fit =
          base_.fit(rows_.restrict(columns), stream_.child("refit").child(static_cast<std::uint64_t>(round)));
      spent.fit_flops += fit.report.cost.fit_flops;
      spent.tuning_flops += fit.report.cost.tuning_flops;
    }
    return expanded(fit, columns, spent);
  }

 private:
  Columns chosen(const Vector& b, double keep, Index round) const {
    if (model_.threshold > 0) return at_or_above(b, model_.threshold);
    const double done = static_cast<double>(round) / static_cast<double>(model_.rounds);
    return largest(b, std::min(count_kept(keep, data_.columns(), done), b.size()));
  }

  static Fit cut(const Fit& fit, const Columns& places) {
    const LinearRule& rule = *fit.predict.linear();
    FitReport report = fit.report;
    report.certificate = nan;  // of the fit before the cut
    return {LinearRule{rule.coefficients(places), rule.intercept}, std::move(report)};
  }

  Fit cut_whole(const Fit& fit, const Vector& b, const Cost& spent) const {
    Fit nothing = expanded(cut(fit, {}), {}, spent);
    nothing.report.message = "threshold = " + shortest(model_.threshold) +
                             " cuts every column (the largest is " + with_digits(b.cwiseAbs().maxCoeff(), 3) +
                             ")";
    return nothing;
  }

  Fit expanded(const Fit& fit, const Columns& columns, const Cost& spent) const {
    const LinearRule& part = *fit.predict.linear();
    LinearRule rule{Vector::Zero(data_.columns()), part.intercept};
    rule.coefficients(columns) = part.coefficients;
    FitReport report = fit.report;
    report.parameters = std::ssize(columns) + (model_.intercept ? 1 : 0);
    report.iterations = model_.rounds;
    report.cost = spent;
    return {std::move(rule), std::move(report)};
  }

  const Pruned& model_;
  Model base_;
  const Data& data_;
  Data rows_;  // without sources, which a fit to some columns would copy
  const Stream& stream_;
};

/// The first rows are fitted, the last ones judge.
detail::ChosenShare choose_keep(const Pruned& model, const Data& data, const Stream& stream) {
  if (data.rows() < 2) return {};
  const Index held_out = detail::judging_rows(data.rows()), rows = data.rows() - held_out;
  const Data first = data.prefix(rows);
  const Matrix x = data.block({rows, held_out}, {0, data.columns()});
  const VectorView y{data.y().data() + rows, held_out};
  const Fit dense = base_of(model).fit(first, stream.child("base"));
  const auto flops = [](const Fit& fit) { return fit.report.cost.fit_flops + fit.report.cost.tuning_flops; };
  const double judges = static_cast<double>(held_out), intercepts = model.intercept ? 1 : 0;
  detail::ChosenShare best = detail::choose_share([&](double keep) {
    const Fit fit = Pruning(model, first, stream.child("cuts")).run(dense, keep);
    const double kept = static_cast<double>(fit.report.parameters) - intercepts;
    return detail::TriedShare{
        (fit.predict.score(x) - y).squaredNorm() / judges,
        flops(fit) - flops(dense) + detail::pruned_flops::judge(judges, kept, intercepts)};
  });
  best.flops += flops(dense);
  return best;
}

Fit prune(const Pruned& model, const Data& data, const Fit& dense, const Stream& stream) {
  detail::ChosenShare choice;
  if (const double* number = std::get_if<double>(&model.keep))
    choice.keep = *number;
  else if (model.threshold == 0)
    choice = choose_keep(model, data, stream.child("held_out"));
  Fit fit = Pruning(model, data, stream).run(dense, choice.keep);
  fit.report.cost.tuning_flops += choice.flops;
  if (choice.flops > 0)
    fit.report.message += (fit.report.message.empty() ? "" : "; ") + ("keeps " + shortest(choice.keep));
  return fit;
}

}  // namespace

std::span<const Option<Pruned>> Pruned::options() {
  return option_table;
}

Needs Pruned::needs() const {
  return base_of(*this).needs();
}

void Pruned::require_consistent() const {
  require(
      refit || rounds == 1,
      "rounds = " + std::to_string(rounds) +
          " without a refit (a second cut looks at what a fit to the kept columns says). Set refit = true, or "
          "rounds = 1.",
      {"rounds", "refit"});
  require(
      refit || !intercept,
      "intercept = true without a refit (the intercept of a fit to all columns belongs to those that are cut, too). "
      "Set refit = true, or leave the intercept out.",
      {"intercept", "refit"});
}

void Pruned::require_data(Index n, Index d, Task task) const {
  require_regression(task, name());
  require(n >= 1, "pruned was given no rows (nothing can be learned from them). Give at least one row.");
  require(d >= 1, "pruned was given no columns (there is nothing to keep). Give at least one.");
}

Fit Pruned::fit(const Data& data, Stream stream) const {
  require_valid(*this);
  require_data(data.rows(), data.columns(), data.task());
  return prune(*this, data, base_of(*this).fit(data, stream.child("base")), stream);
}

std::vector<Fit> Pruned::fit_prefixes(const Prefixes& prefixes, Stream stream) const {
  require_valid(*this);
  require_regression(prefixes, name());
  for (const Index n : prefixes.sizes) require_data(n, prefixes.data.columns(), prefixes.data.task());
  const std::vector<Fit> dense = base_of(*this).fit_prefixes(prefixes, stream.child("base"));
  std::vector<Fit> fits;
  for (std::size_t k = 0; k < dense.size(); ++k) {
    interruption_point();
    const Index n = prefixes.sizes[k];
    fits.push_back(
        prune(*this, prefixes.data.prefix(n), dense[k], stream.child(static_cast<std::uint64_t>(n))));
  }
  return fits;
}

double Pruned::working_bytes(Index n, Index d) const {
  const double copy = sizeof(double) * static_cast<double>(n) * static_cast<double>(d);
  // X'X of a copy of the columns is its own; that of all columns is needed of others.
  const double gram =
      sizeof(double) * static_cast<double>(std::min(n, d)) * static_cast<double>(std::min(n, d));
  return base_of(*this).working_bytes(n, d) + copy + 2 * gram;
}

}  // namespace quartic
