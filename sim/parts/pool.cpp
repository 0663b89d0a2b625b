#include "sim/parts/pool.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/options.hpp"
#include "core/require.hpp"
#include "sim/parts/coefficients.hpp"
#include "sim/parts/covariance.hpp"
#include "sim/parts/noise.hpp"
#include "sim/parts/rule.hpp"

namespace quartic {

namespace {

/// One drawn truth; see core/world.hpp for its members.
class PoolTable {
 public:
  PoolTable(const Pool& pool, Answer answer, std::vector<Index> support);

  Index candidates() const { return candidates_; }
  std::vector<Index> relevant() const;
  Facts facts() const;
  Matrix x(Range rows, Range columns, Stream train) const;
  Matrix columns(Range rows, std::span<const Index> columns, Stream train) const;
  Vector y(Range rows, Stream train) const;
  Vector mean(Range rows, Stream train) const;
  double excess_risk(const LinearRule& rule) const;

 private:
  Index candidates_;
  Answer answer_;
  std::vector<Index> support_;
  double scale_;   // of the answer
  double signal_;  // once scaled
  Vector slopes_;  // likewise
  double nonlinear_;
  Noise noise_;
};
static_assert(Truth<PoolTable> && HasExactRisk<PoolTable>);

Stream row_of(const Stream& train, Range rows, Index i) {
  return train.child(static_cast<std::uint64_t>(rows.first + i));
}
std::span<double> row_span(Matrix& x, Index i) {
  return {x.row(i).data(), static_cast<std::size_t>(x.cols())};
}

PoolTable::PoolTable(const Pool& pool, Answer answer, std::vector<Index> support)
    : candidates_(pool.candidates),
      answer_(std::move(answer)),
      support_(std::move(support)),
      scale_(pool.signal == 0 ? 1 : std::sqrt(pool.signal / answer_.variance)),
      signal_(pool.signal == 0 ? answer_.variance : pool.signal),
      slopes_(scale_ * answer_.slopes),
      nonlinear_(std::max(0.0, signal_ - slopes_.squaredNorm())),
      noise_("gaussian", noise_deviation(pool, signal_)) {}

std::vector<Index> PoolTable::relevant() const {
  std::vector<Index> inputs(support_.size()), columns;
  std::iota(inputs.begin(), inputs.end(), Index{0});
  std::stable_sort(inputs.begin(), inputs.end(),
                   [&](Index a, Index b) { return answer_.importance[a] > answer_.importance[b]; });
  for (const Index k : inputs) columns.push_back(support_[static_cast<std::size_t>(k)]);
  return columns;
}

Facts PoolTable::facts() const {
  const double noise = noise_.deviation();
  return {{"candidates", static_cast<double>(candidates_)},
          {"relevant", static_cast<double>(support_.size())},
          {"noise", noise},
          {"signal", signal_},
          {"signal_to_noise", signal_ / (noise * noise)},
          {"nonlinear", nonlinear_}};
}

Matrix PoolTable::x(Range rows, Range columns, Stream train) const {
  assert(columns.first >= 0 && columns.first + columns.count <= candidates_);
  Matrix out(rows.count, columns.count);
  for (Index i = 0; i < rows.count; ++i)
    Isotropic{}.fill(row_of(train, rows, i), columns.first, row_span(out, i));
  return out;
}

Matrix PoolTable::columns(Range rows, std::span<const Index> columns, Stream train) const {
  Matrix out(rows.count, static_cast<Index>(columns.size()));
  for (Index i = 0; i < rows.count; ++i) Isotropic{}.pick(row_of(train, rows, i), columns, row_span(out, i));
  return out;
}

// In blocks: whatever the answer holds beside z stays small.
Vector PoolTable::mean(Range rows, Stream train) const {
  constexpr Index at_once = 256;
  Vector answers(rows.count);
  for (Index first = 0; first < rows.count; first += at_once) {
    const Range some = {rows.first + first, std::min(at_once, rows.count - first)};
    Matrix z(some.count, static_cast<Index>(support_.size()));
    for (Index i = 0; i < some.count; ++i) Isotropic{}.pick(row_of(train, some, i), support_, row_span(z, i));
    answers.segment(first, some.count) = scale_ * answer_.at(z);
  }
  return answers;
}

Vector PoolTable::y(Range rows, Stream train) const {
  const Vector noise = noise_.of_rows(rows, train);
  return mean(rows, std::move(train)) + noise;
}

double PoolTable::excess_risk(const LinearRule& rule) const {
  const std::span<const double> slopes(slopes_.data(), static_cast<std::size_t>(slopes_.size()));
  const Vector errors = coefficient_errors(rule, candidates_, support_, slopes);
  return errors.squaredNorm() + nonlinear_ + rule.intercept * rule.intercept;
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

Table draw_table(const Pool& pool, Answer answer, const Stream& truth) {
  constexpr double rounding = 1e-12;
  require(answer.variance > rounding,
          "the truth that was drawn has variance " + shortest(answer.variance) +
              " (its parts cancel, and errors are measured against that variance). Use more relevant columns "
              "or coefficients = \"equal\".",
          {"coefficients", "relevant"});
  return PoolTable(pool, std::move(answer),
                   draw_support(pool.support, pool.candidates, pool.relevant, truth.child("support")));
}

}  // namespace quartic
