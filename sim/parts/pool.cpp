#include "sim/parts/pool.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/options.hpp"
#include "core/require.hpp"
#include "sim/parts/coefficients.hpp"
#include "sim/parts/rows.hpp"
#include "sim/parts/rule.hpp"
#include "sim/parts/sum_of_squares.hpp"

namespace quartic {

namespace {

/// One drawn truth; see core/world.hpp for its members.
class PoolRows {
 public:
  explicit PoolRows(PoolTruth truth) : truth_(std::move(truth)) {}

  Index candidates() const { return truth_.candidates; }
  std::vector<Index> relevant() const { return truth_.relevant; }
  Facts facts() const;
  Matrix x(Range rows, Range columns, Stream train) const;
  Matrix columns(Range rows, std::span<const Index> columns, Stream train) const {
    return pick(rows, columns, train);
  }
  Vector y(Range rows, Stream train) const;
  Vector mean(Range rows, Stream train) const;
  double excess_risk(const LinearRule& rule) const;
  double variance(Index column) const {
    return std::visit([&](const auto& law) { return law.variance(column); }, truth_.covariance);
  }
  std::optional<NormalLaw> normal_law() const;

 private:
  Matrix pick(Range rows, std::span<const Index> columns, const Stream& train) const;

  PoolTruth truth_;
};
static_assert(DrawsRows<PoolRows> && HasExactRisk<PoolRows> && HasVariances<PoolRows> &&
              HasNormalLaw<PoolRows>);

Facts PoolRows::facts() const {
  const double noise = truth_.noise.deviation();
  Facts facts = {{"candidates", static_cast<double>(truth_.candidates)},
                 {"relevant", static_cast<double>(truth_.columns.size())},
                 {"noise", noise},
                 {"signal", truth_.signal},
                 {"signal_to_noise", truth_.signal / (noise * noise)}};
  if (truth_.nonlinear) facts.emplace("nonlinear", *truth_.nonlinear);
  return facts;
}

Matrix PoolRows::x(Range rows, Range columns, Stream train) const {
  assert(columns.first >= 0 && columns.first + columns.count <= candidates());
  Matrix out(rows.count, columns.count);
  std::visit(
      [&](const auto& covariance) {
        for (Index i = 0; i < rows.count; ++i)
          covariance.fill(row_stream(train, rows.first + i), columns.first, row_span(out, i));
      },
      truth_.covariance);
  return out;
}

Matrix PoolRows::pick(Range rows, std::span<const Index> columns, const Stream& train) const {
  Matrix out(rows.count, static_cast<Index>(columns.size()));
  std::visit(
      [&](const auto& covariance) {
        for (Index i = 0; i < rows.count; ++i)
          covariance.pick(row_stream(train, rows.first + i), columns, row_span(out, i));
      },
      truth_.covariance);
  return out;
}

// In blocks: whatever the answer holds beside z stays small.
Vector PoolRows::mean(Range rows, Stream train) const {
  constexpr Index at_once = 256;
  Vector answers(rows.count);
  for (Index first = 0; first < rows.count; first += at_once) {
    const Range some = {rows.first + first, std::min(at_once, rows.count - first)};
    answers.segment(first, some.count) = truth_.answer(pick(some, truth_.columns, train));
  }
  return answers;
}

Vector PoolRows::y(Range rows, Stream train) const {
  const Vector noise = truth_.noise.of_rows(rows, train);
  return mean(rows, std::move(train)) + noise;
}

double PoolRows::excess_risk(const LinearRule& rule) const {
  const Vector errors = coefficient_errors(rule, truth_.candidates, truth_.columns, truth_.slopes);
  return truth_.quadratic_form(errors) + truth_.nonlinear.value_or(0) + rule.intercept * rule.intercept;
}

std::optional<NormalLaw> PoolRows::normal_law() const {
  const bool independent = std::holds_alternative<Isotropic>(truth_.covariance) ||
                           std::holds_alternative<Spectrum>(truth_.covariance);
  if (truth_.nonlinear || !independent) return std::nullopt;
  NormalLaw law{Vector(candidates()), Vector::Zero(candidates())};
  for (Index j = 0; j < candidates(); ++j) law.deviations[j] = std::sqrt(variance(j));
  for (std::size_t k = 0; k < truth_.columns.size(); ++k)
    law.coefficients[truth_.columns[k]] = truth_.slopes[k];
  return law;
}

std::vector<Index> by_importance(const Answer& answer, const std::vector<Index>& support) {
  std::vector<Index> inputs(support.size()), columns;
  std::iota(inputs.begin(), inputs.end(), Index{0});
  std::stable_sort(inputs.begin(), inputs.end(),
                   [&](Index a, Index b) { return answer.importance[a] > answer.importance[b]; });
  for (const Index k : inputs) columns.push_back(support[static_cast<std::size_t>(k)]);
  return columns;
}

double squares(const Vector& v) {
  return sum_of_squares({v.data(), static_cast<std::size_t>(v.size())});
}

}  // namespace

void require_pool(const Pool& pool, double default_noise) {
  require(pool.relevant <= pool.candidates,
          "relevant = " + std::to_string(pool.relevant) + " (there are only " +
              std::to_string(pool.candidates) + " candidates). Lower relevant or raise candidates.",
          {"relevant", "candidates"});
  require(pool.signal_to_noise == 0 || pool.noise == default_noise,
          "noise = " + shortest(pool.noise) + " and signal_to_noise = " + shortest(pool.signal_to_noise) +
              " are both given (each alone sets the noise). Give one of them.",
          {"noise", "signal_to_noise"});
}

double noise_deviation(const Pool& pool, double signal) {
  return pool.signal_to_noise == 0 ? pool.noise : std::sqrt(signal / pool.signal_to_noise);
}

Truth draw_truth(const Pool& pool, Answer answer, const Stream& truth) {
  constexpr double rounding = 1e-12;
  require(answer.variance > rounding,
          "the truth that was drawn has variance " + shortest(answer.variance) +
              " (its parts cancel, and errors are measured against that variance). Use more relevant columns "
              "or coefficients = \"equal\".",
          {"coefficients", "relevant"});
  std::vector<Index> support =
      draw_support(pool.support, pool.candidates, pool.relevant, truth.child("support"));
  const double scale = pool.signal == 0 ? 1 : std::sqrt(pool.signal / answer.variance);
  const double signal = pool.signal == 0 ? answer.variance : pool.signal;
  const Vector slopes = scale * answer.slopes;
  std::vector<Index> relevant = by_importance(answer, support);
  return make_truth(
      {.candidates = pool.candidates,
       .covariance = Isotropic{},
       .relevant = std::move(relevant),
       .columns = std::move(support),
       .answer = [scale, at = std::move(answer.at)](const Matrix& z) -> Vector { return scale * at(z); },
       .slopes = {slopes.begin(), slopes.end()},
       .quadratic_form = squares,
       .signal = signal,
       .nonlinear = std::max(0.0, signal - squares(slopes)),
       .noise = Noise("gaussian", noise_deviation(pool, signal))});
}

Truth make_truth(PoolTruth truth) {
  return PoolRows(std::move(truth));
}

}  // namespace quartic
