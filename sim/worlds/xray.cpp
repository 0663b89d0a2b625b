#include "sim/worlds/xray.hpp"

#include <algorithm>
#include <cmath>

#include "core/require.hpp"
#include "sim/findings/finding.hpp"
#include "sim/findings/marginals.hpp"
#include "sim/findings/score_law.hpp"
#include "sim/parts/class_truth.hpp"
#include "sim/parts/elementary.hpp"
#include "sim/parts/pool.hpp"
#include "sim/parts/rows.hpp"
#include "sim/worlds/xray_options.hpp"

namespace quartic {

namespace {

constexpr std::array option_table = joined(std::array{candidates_option<Xray>}, xray_options<Xray>);

// No noise: what is not sure about y is in the link.
Pool pool_of(const Xray& world) {
  return {world.candidates, world.relevant, world.support, world.signal, 0, 0};
}

/// All that patients are drawn from.
struct XrayTruth {
  Index candidates;
  std::vector<Index> relevant;  // most important first
  detail::FindingScore score;
  double intercept;
  double label_noise;
  Facts facts;
};

/// See core/truth.hpp for its members.
class XrayRows {
 public:
  explicit XrayRows(XrayTruth truth)
      : truth_(std::move(truth)),
        normals_{findings_of_a_place, truth_.score.correlation},
        columns_(truth_.score.columns()) {}

  Index candidates() const { return truth_.candidates; }
  std::vector<Index> relevant() const { return truth_.relevant; }
  Facts facts() const { return truth_.facts; }
  Matrix x(Range rows, Range columns, Stream train) const;
  Matrix columns(Range rows, std::span<const Index> columns, Stream train) const;
  Vector y(Range rows, Stream train) const;
  Vector mean(Range rows, Stream train) const;
  double variance(Index) const { return 1; }

 private:
  void pick(const Stream& row, std::span<const Index> columns, std::span<double> out) const;

  XrayTruth truth_;
  Blocks normals_;              // z, whose blocks are the places
  std::vector<Index> columns_;  // those of the score
};
static_assert(DrawsRows<XrayRows> && HasVariances<XrayRows>);

Matrix XrayRows::x(Range rows, Range columns, Stream train) const {
  Matrix out(rows.count, columns.count);
  for (Index i = 0; i < rows.count; ++i) {
    const std::span<double> row = row_span(out, i);
    normals_.fill(row_stream(train, rows.first + i), columns.first, row);
    detail::standardise(columns.first, row);
  }
  return out;
}

void XrayRows::pick(const Stream& row, std::span<const Index> columns, std::span<double> out) const {
  normals_.pick(row, columns, out);
  for (std::size_t k = 0; k < out.size(); ++k) out[k] = detail::standardised(kind_of(columns[k]), out[k]);
}

Matrix XrayRows::columns(Range rows, std::span<const Index> columns, Stream train) const {
  Matrix out(rows.count, static_cast<Index>(columns.size()));
  for (Index i = 0; i < rows.count; ++i) pick(row_stream(train, rows.first + i), columns, row_span(out, i));
  return out;
}

Vector XrayRows::mean(Range rows, Stream train) const {
  Vector chances(rows.count);
  std::vector<double> findings(columns_.size());
  for (Index i = 0; i < rows.count; ++i) {
    pick(row_stream(train, rows.first + i), columns_, findings);
    chances[i] = detail::sigmoid(truth_.intercept + truth_.score(findings));
  }
  return chances;
}

Vector XrayRows::y(Range rows, Stream train) const {
  const Uniforms uniforms = draw_uniforms(rows, truth_.label_noise, train);
  return labels_by_chance(mean(rows, std::move(train)), uniforms, truth_.label_noise);
}

Facts facts_of(const Xray& world, const detail::FindingClasses& classes) {
  return {{"candidates", static_cast<double>(world.candidates)},
          {"relevant", static_cast<double>(world.relevant)},
          {"signal", world.signal},
          {"nonlinear", world.rules * world.signal},
          {"intercept", classes.intercept},
          {"prevalence", classes.prevalence},
          {"bayes_error", classes.bayes_error},
          {"constant_error", std::min(classes.prevalence, 1 - classes.prevalence)}};
}

}  // namespace

std::span<const Option<Xray>> Xray::options() {
  return option_table;
}

std::string Xray::fingerprint() const {
  return fingerprint_of(*this, options());
}

void Xray::require_consistent() const {
  require_pool(pool_of(*this), 0);
  require_finding_weights(coefficients);
  require(rules == 0 || relevant > 1,
          "rules = " + shortest(rules) +
              " and relevant = 1 (a rule takes two findings). Raise relevant, or set "
              "rules = 0.",
          {"rules", "relevant"});
}

Truth Xray::draw(Stream truth) const {
  require_valid(*this);
  const std::vector<Index> columns = draw_support(support, candidates, relevant, truth.child("support"));
  const std::vector<double> natural =
      draw_finding_weights(coefficients, columns, truth.child("coefficients"));
  detail::ScoreDraft draft{correlation, {}, signal, rules};
  for (std::size_t k = 0; k < columns.size(); ++k) draft.effects.push_back({columns[k], natural[k]});
  detail::FindingScore score = detail::make_score(draft);
  const detail::FindingClasses classes = detail::classes_of(score, signal, prevalence);
  Facts facts = facts_of(*this, classes);
  require_gain(facts, std::max(1e-6, classes.accuracy));
  std::vector<Index> order = detail::by_importance(score, columns);
  return XrayRows(
      {candidates, std::move(order), std::move(score), classes.intercept, label_noise, std::move(facts)});
}

}  // namespace quartic
