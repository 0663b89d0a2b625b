#include "sim/worlds/smooth.hpp"

#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <vector>

#include "core/require.hpp"
#include "sim/coefficients.hpp"
#include "sim/elementary.hpp"
#include "sim/noise.hpp"

namespace quartic {

namespace {

constexpr Index most_candidates = 10'000'000;
constexpr Index first_block = 64;
constexpr Index blocks = 25;  // 64 * 2^24 = 2^30 columns

constexpr std::array options = {
    Option<Smooth>{"candidates", &Smooth::candidates, "columns shown, of infinitely many that matter"},
    Option<Smooth>{"roughness", &Smooth::roughness,
                   "dimension over smoothness, D/b: column j has variance j^-(1 + 2/roughness)"},
    Option<Smooth>{"noise", &Smooth::noise, "standard deviation of the label noise"}};

Index begin_of(Index block) {
  return block == 0 ? 0 : first_block << (block - 1);
}
Index block_of(Index column) {
  return static_cast<Index>(std::bit_width(static_cast<std::uint64_t>(column / first_block)));
}
Range block_range(Index block) {
  return {begin_of(block), begin_of(block + 1) - begin_of(block)};
}

/// One drawn truth; see core/world.hpp for its members.
class SmoothTable {
 public:
  SmoothTable(const Smooth& world, std::vector<double> signs);

  Index candidates() const { return candidates_; }
  std::vector<Index> relevant() const;
  Facts facts() const;
  Matrix x(Range rows, Range columns, Stream train) const;
  Matrix columns(Range rows, std::span<const Index> columns, Stream train) const;
  Vector y(Range rows, Stream train) const;
  Vector mean(Range rows, Stream train) const;
  double excess_risk(const LinearRule& rule) const;

 private:
  double sum_from(Index column) const {  // of all variances
    return detail::hurwitz_zeta(exponent_, static_cast<double>(column + 1));
  }
  void add_share(Index block, double share, std::span<double> u) const;
  void fill_blocks(const Stream& row, Index first, Index last, std::vector<double>& out) const;

  Index candidates_;
  double roughness_, exponent_;
  Noise noise_;
  std::vector<double> signs_;       // of whole blocks, beyond the candidates
  std::vector<double> deviations_;  // likewise
  std::vector<double> shares_;      // deviation of each block's share of the answer, and of all that follows
  double tail_;
};
static_assert(Truth<SmoothTable> && HasExactRisk<SmoothTable>);

Stream row_of(const Stream& train, Index row) {
  return train.child(static_cast<std::uint64_t>(row));
}

SmoothTable::SmoothTable(const Smooth& world, std::vector<double> signs)
    : candidates_(world.candidates),
      roughness_(world.roughness),
      exponent_(1 + 2 / world.roughness),
      noise_("gaussian", world.noise),
      signs_(std::move(signs)),
      tail_(sum_from(world.candidates)) {
  for (std::size_t j = 0; j < signs_.size(); ++j)
    deviations_.push_back(detail::power(static_cast<double>(j + 1), -exponent_ / 2));
  for (Index block = 0; block < blocks; ++block)
    shares_.push_back(std::sqrt(sum_from(begin_of(block)) - sum_from(begin_of(block + 1))));
  shares_.push_back(std::sqrt(sum_from(begin_of(blocks))));
}

std::vector<Index> SmoothTable::relevant() const {
  std::vector<Index> all(static_cast<std::size_t>(candidates_));
  for (std::size_t j = 0; j < all.size(); ++j) all[j] = static_cast<Index>(j);
  return all;
}

Facts SmoothTable::facts() const {
  const double noise = noise_.deviation(), signal = sum_from(0);
  return {{"candidates", static_cast<double>(candidates_)},
          {"relevant", static_cast<double>(candidates_)},
          {"noise", noise},
          {"signal", signal},
          {"signal_to_noise", signal / (noise * noise)},
          {"roughness", roughness_},
          {"tail", tail_},
          {"trace", signal - tail_}};
}

// u: the block's independent columns, which become those whose signed sum is `share`.
void SmoothTable::add_share(Index block, double share, std::span<double> u) const {
  const auto begin = static_cast<std::size_t>(begin_of(block));
  double sum = 0;
  for (std::size_t j = 0; j < u.size(); ++j) {
    u[j] *= deviations_[begin + j];
    sum += signs_[begin + j] * u[j];
  }
  const double deviation = shares_[static_cast<std::size_t>(block)];
  const double missing = (share - sum) / (deviation * deviation);
  for (std::size_t j = 0; j < u.size(); ++j)
    u[j] += signs_[begin + j] * (deviations_[begin + j] * deviations_[begin + j]) * missing;
}

// All columns of these blocks, the last one included.
void SmoothTable::fill_blocks(const Stream& row, Index first, Index last, std::vector<double>& out) const {
  const Index begin = begin_of(first);
  out.resize(static_cast<std::size_t>(begin_of(last + 1) - begin));
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

Matrix SmoothTable::x(Range rows, Range columns, Stream train) const {
  assert(columns.first >= 0 && columns.first + columns.count <= candidates_);
  Matrix out(rows.count, columns.count);
  if (columns.count == 0) return out;
  const Index first = block_of(columns.first), last = block_of(columns.first + columns.count - 1);
  std::vector<double> row;
  for (Index i = 0; i < rows.count; ++i) {
    fill_blocks(row_of(train, rows.first + i), first, last, row);
    out.row(i) =
        Eigen::Map<const Eigen::RowVectorXd>(row.data() + columns.first - begin_of(first), columns.count);
  }
  return out;
}

Matrix SmoothTable::columns(Range rows, std::span<const Index> columns, Stream train) const {
  Matrix out(rows.count, static_cast<Index>(columns.size()));
  if (columns.empty()) return out;
  const auto [low, high] = std::minmax_element(columns.begin(), columns.end());
  const Matrix all = x(rows, {*low, *high - *low + 1}, std::move(train));
  for (Index k = 0; k < out.cols(); ++k) out.col(k) = all.col(columns[static_cast<std::size_t>(k)] - *low);
  return out;
}

Vector SmoothTable::mean(Range rows, Stream train) const {
  Vector sums = Vector::Zero(rows.count);
  std::vector<double> shares(shares_.size());
  for (Index i = 0; i < rows.count; ++i) {
    row_of(train, rows.first + i).child("shares").fill_normal(shares);
    for (std::size_t block = 0; block < shares.size(); ++block) sums[i] += shares_[block] * shares[block];
  }
  return sums;
}

Vector SmoothTable::y(Range rows, Stream train) const {
  Vector noise(rows.count);
  for (Index i = 0; i < rows.count; ++i) noise[i] = noise_.draw(row_of(train, rows.first + i).child("noise"));
  return mean(rows, std::move(train)) + noise;
}

double SmoothTable::excess_risk(const LinearRule& rule) const {
  require(rule.coefficients.size() == candidates_,
          "the rule has " + std::to_string(rule.coefficients.size()) + " coefficients and the table " +
              std::to_string(candidates_) +
              " candidates (each needs one). Give 0 for columns that the rule does not use.");
  double sum = tail_ + rule.intercept * rule.intercept;
  for (Index j = 0; j < candidates_; ++j) {
    const auto k = static_cast<std::size_t>(j);
    const double error = deviations_[k] * (rule.coefficients[j] - signs_[k]);
    sum += error * error;
  }
  return sum;
}

}  // namespace

std::span<const Option<Smooth>> smooth_options() {
  return options;
}

std::string Smooth::fingerprint() const {
  return fingerprint_of(*this, smooth_options());
}

void Smooth::require_valid() const {
  require(candidates >= 1 && candidates <= most_candidates,
          "candidates = " + std::to_string(candidates) +
              " (a smooth table shows from 1 to 10000000 columns). Choose a number in that range.");
  require(roughness >= 0.1 && roughness <= 100, "roughness = " + shortest(roughness) +
                                                    " (variances j^-(1 + 2/roughness) are kept for dimension "
                                                    "over smoothness from 0.1 to 100). Choose a "
                                                    "number in that range.");
  require(std::isfinite(noise) && noise >= 0,
          "noise = " + shortest(noise) +
              " (a standard deviation cannot be negative or infinite). Give a number of 0 or more.");
}

Table Smooth::draw(Stream truth) const {
  require_valid();
  const Index whole = begin_of(block_of(candidates - 1) + 1);
  return SmoothTable(*this, draw_coefficients("signs", whole, truth.child("coefficients")));
}

}  // namespace quartic
