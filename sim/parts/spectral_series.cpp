#include "sim/parts/spectral_series.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <vector>

#include "sim/parts/coefficients.hpp"
#include "sim/parts/elementary.hpp"
#include "sim/parts/noise.hpp"
#include "sim/parts/rows.hpp"
#include "sim/parts/rule.hpp"

namespace quartic {

namespace {

constexpr Index first_block = 64;
constexpr Index blocks = 25;  // 64 * 2^24 = 2^30 columns

Index block_begin(Index block) {
  return block == 0 ? 0 : first_block << (block - 1);
}
Index find_block(Index column) {
  return static_cast<Index>(std::bit_width(static_cast<std::uint64_t>(column / first_block)));
}
Range block_range(Index block) {
  return {block_begin(block), block_begin(block + 1) - block_begin(block)};
}

/// One drawn truth; see core/world.hpp for its members.
class SeriesRows {
 public:
  /// signs: of whole blocks, beyond the candidates.
  SeriesRows(const SpectralSeries& series, std::vector<double> signs, Facts more);

  Index candidates() const { return candidates_; }
  std::vector<Index> relevant() const;
  Facts facts() const;
  Matrix x(Range rows, Range columns, Stream train) const;
  Matrix columns(Range rows, std::span<const Index> columns, Stream train) const;
  Vector y(Range rows, Stream train) const;
  Vector mean(Range rows, Stream train) const;
  double excess_risk(const LinearRule& rule) const;
  double variance(Index column) const {
    const double deviation = deviations_[static_cast<std::size_t>(column)];
    return deviation * deviation;
  }

 private:
  void add_share(Index block, double share, std::span<double> u) const;
  void fill_blocks(const Stream& row, Index first, Index last, std::vector<double>& out) const;

  Index candidates_;
  Noise noise_;
  std::vector<double> beta_;        // of whole blocks, beyond the candidates
  std::vector<double> deviations_;  // likewise
  std::vector<double> shares_;      // deviation of each block's share of the answer, and of all that follows
  double signal_, tail_, trace_;
  Facts more_;
};
static_assert(DrawsRows<SeriesRows> && HasExactRisk<SeriesRows> && HasVariances<SeriesRows>);

// Of j^-exponent, over all columns from this one on.
double sum_from(Index column, double exponent) {
  return detail::hurwitz_zeta(exponent, static_cast<double>(column + 1));
}

// Of the variances of the columns shown.
double compute_trace(const SpectralSeries& series) {
  if (series.spectrum > 1.01)
    return sum_from(0, series.spectrum) - sum_from(series.candidates, series.spectrum);
  double sum = 0;
  for (Index j = series.candidates; j >= 1; --j)
    sum += detail::power(static_cast<double>(j), -series.spectrum);
  return sum;
}

SeriesRows::SeriesRows(const SpectralSeries& series, std::vector<double> signs, Facts more)
    : candidates_(series.candidates),
      noise_("gaussian", series.noise),
      beta_(std::move(signs)),
      signal_(sum_from(0, series.target)),
      tail_(sum_from(series.candidates, series.target)),
      trace_(compute_trace(series)),
      more_(std::move(more)) {
  for (std::size_t j = 0; j < beta_.size(); ++j) {
    const auto rank = static_cast<double>(j + 1);
    deviations_.push_back(detail::power(rank, -series.spectrum / 2));
    beta_[j] *= detail::power(rank, (series.spectrum - series.target) / 2);
  }
  const auto from = [&](Index block) { return sum_from(block_begin(block), series.target); };
  for (Index block = 0; block < blocks; ++block) shares_.push_back(std::sqrt(from(block) - from(block + 1)));
  shares_.push_back(std::sqrt(from(blocks)));
}

std::vector<Index> SeriesRows::relevant() const {
  std::vector<Index> all(static_cast<std::size_t>(candidates_));
  for (std::size_t j = 0; j < all.size(); ++j) all[j] = static_cast<Index>(j);
  return all;
}

Facts SeriesRows::facts() const {
  const double noise = noise_.deviation();
  Facts facts = {{"candidates", static_cast<double>(candidates_)},
                 {"relevant", static_cast<double>(candidates_)},
                 {"noise", noise},
                 {"signal", signal_},
                 {"signal_to_noise", signal_ / (noise * noise)},
                 {"tail", tail_},
                 {"trace", trace_}};
  facts.insert(more_.begin(), more_.end());
  return facts;
}

// u: the block's independent columns, which become those whose weighted sum is `share`.
void SeriesRows::add_share(Index block, double share, std::span<double> u) const {
  const auto begin = static_cast<std::size_t>(block_begin(block));
  double sum = 0;
  for (std::size_t j = 0; j < u.size(); ++j) {
    u[j] *= deviations_[begin + j];
    sum += beta_[begin + j] * u[j];
  }
  const double deviation = shares_[static_cast<std::size_t>(block)];
  const double missing = (share - sum) / (deviation * deviation);
  for (std::size_t j = 0; j < u.size(); ++j)
    u[j] += beta_[begin + j] * (deviations_[begin + j] * deviations_[begin + j]) * missing;
}

// All columns of these blocks, the last one included.
void SeriesRows::fill_blocks(const Stream& row, Index first, Index last, std::vector<double>& out) const {
  const Index begin = block_begin(first);
  out.resize(static_cast<std::size_t>(block_begin(last + 1) - begin));
  Stream u = row.child("x"), shares = row.child("shares");
  u.skip(static_cast<std::uint64_t>(begin));
  u.fill_normal(out);
  shares.skip(static_cast<std::uint64_t>(first));
  for (Index block = first; block <= last; ++block) {
    const Range range = block_range(block);
    const double share = shares_[static_cast<std::size_t>(block)] * shares.normal();
    add_share(block, share,
              std::span(out).subspan(static_cast<std::size_t>(range.first - begin),
                                     static_cast<std::size_t>(range.count)));
  }
}

Matrix SeriesRows::x(Range rows, Range columns, Stream train) const {
  assert(columns.first >= 0 && columns.first + columns.count <= candidates_);
  Matrix out(rows.count, columns.count);
  if (columns.count == 0) return out;
  const Index first = find_block(columns.first), last = find_block(columns.first + columns.count - 1);
  std::vector<double> row;
  for (Index i = 0; i < rows.count; ++i) {
    fill_blocks(row_stream(train, rows.first + i), first, last, row);
    out.row(i) =
        Eigen::Map<const Eigen::RowVectorXd>(row.data() + columns.first - block_begin(first), columns.count);
  }
  return out;
}

Matrix SeriesRows::columns(Range rows, std::span<const Index> columns, Stream train) const {
  Matrix out(rows.count, static_cast<Index>(columns.size()));
  if (columns.empty()) return out;
  const auto [low, high] = std::minmax_element(columns.begin(), columns.end());
  const Matrix all = x(rows, {*low, *high - *low + 1}, std::move(train));
  for (Index k = 0; k < out.cols(); ++k) out.col(k) = all.col(columns[static_cast<std::size_t>(k)] - *low);
  return out;
}

Vector SeriesRows::mean(Range rows, Stream train) const {
  Vector sums = Vector::Zero(rows.count);
  std::vector<double> shares(shares_.size());
  for (Index i = 0; i < rows.count; ++i) {
    row_stream(train, rows.first + i).child("shares").fill_normal(shares);
    for (std::size_t block = 0; block < shares.size(); ++block) sums[i] += shares_[block] * shares[block];
  }
  return sums;
}

Vector SeriesRows::y(Range rows, Stream train) const {
  const Vector noise = noise_.of_rows(rows, train);
  return mean(rows, std::move(train)) + noise;
}

double SeriesRows::excess_risk(const LinearRule& rule) const {
  require_coefficient_each(rule, candidates_);
  double sum = tail_ + rule.intercept * rule.intercept;
  for (Index j = 0; j < candidates_; ++j) {
    const auto k = static_cast<std::size_t>(j);
    const double error = deviations_[k] * (rule.coefficients[j] - beta_[k]);
    sum += error * error;
  }
  return sum;
}

}  // namespace

Truth draw_series(const SpectralSeries& series, Facts more, const Stream& truth) {
  const Index whole = block_begin(find_block(series.candidates - 1) + 1);
  return SeriesRows(series, draw_coefficients("signs", whole, truth.child("coefficients")), std::move(more));
}

}  // namespace quartic
