#include "sim/worlds/sparse_linear.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "sim/parts/coefficients.hpp"
#include "sim/parts/covariance.hpp"
#include "sim/parts/noise.hpp"
#include "sim/parts/pool.hpp"
#include "sim/parts/rule.hpp"

namespace quartic {

namespace {

constexpr std::array covariance_words = {
    OptionWord{"isotropic", "independent columns of variance 1"},
    OptionWord{"ar1(rho)", "correlation rho^|j-k| between columns j and k"},
    OptionWord{"blocks(size, rho)", "correlation rho inside each block of that many columns"},
    OptionWord{"spectrum(exponent)", "independent columns of variance j^-exponent, j = 1, 2, ..."}};
constexpr std::array tail_words = {OptionWord{"gaussian", "normal noise"},
                                   OptionWord{"student(df)", "Student's t, heavier tails; df above 2"}};

constexpr std::array option_table = joined(
    pool_options<SparseLinear>,
    std::array{Option<SparseLinear>{"covariance", &SparseLinear::covariance, "how columns vary together",
                                    covariance_words},
               Option<SparseLinear>{"coefficients", &SparseLinear::coefficients,
                                    "size of the effects of the relevant columns", coefficient_words},
               Option<SparseLinear>{"tails", &SparseLinear::tails, "law of the label noise", tail_words}});

/// One drawn truth; see core/world.hpp for its members.
class SparseLinearTable {
 public:
  /// beta: coefficient k belongs to column support[k].
  SparseLinearTable(const SparseLinear& world, const std::vector<Index>& support,
                    const std::vector<double>& beta);

  Index candidates() const { return candidates_; }
  std::vector<Index> relevant() const { return relevant_; }
  Facts facts() const;
  Matrix x(Range rows, Range columns, Stream train) const;
  Matrix columns(Range rows, std::span<const Index> columns, Stream train) const;
  Vector y(Range rows, Stream train) const;
  Vector mean(Range rows, Stream train) const;
  double excess_risk(const LinearRule& rule) const;

 private:
  double quadratic_form(const auto& v) const {
    return std::visit([&](const auto& covariance) { return covariance.quadratic_form(v); }, covariance_);
  }

  Index candidates_;
  Covariance covariance_;
  std::vector<Index> relevant_;  // most important first
  SparseVector beta_;
  double signal_;
  Noise noise_;
};
static_assert(Truth<SparseLinearTable> && HasExactRisk<SparseLinearTable>);

Stream row_of(const Stream& train, Range rows, Index i) {
  return train.child(static_cast<std::uint64_t>(rows.first + i));
}

std::span<double> row_span(Matrix& x, Index i) {
  return {x.row(i).data(), static_cast<std::size_t>(x.cols())};
}

// Positions 0 .. size-1 so that keys ascend; equal keys keep their order.
template <class Key>
std::vector<std::size_t> order_by(std::size_t size, const Key& key) {
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  return order;
}

SparseVector by_column(const std::vector<Index>& support, const std::vector<double>& beta) {
  SparseVector sorted;
  for (const std::size_t k : order_by(support.size(), [&](std::size_t a) { return support[a]; })) {
    sorted.columns.push_back(support[k]);
    sorted.values.push_back(beta[k]);
  }
  return sorted;
}

std::vector<Index> by_importance(const std::vector<Index>& support, const std::vector<double>& beta,
                                 const Covariance& covariance) {
  const auto importance = [&](std::size_t k) {
    return std::visit([&](const auto& law) { return beta[k] * beta[k] * law.variance(support[k]); },
                      covariance);
  };
  std::vector<Index> columns;
  for (const std::size_t k : order_by(support.size(), [&](std::size_t a) { return -importance(a); }))
    columns.push_back(support[k]);
  return columns;
}

// Scales beta to the signal asked for, and returns the signal.
double scale_to_signal(SparseVector& beta, double natural, double wanted) {
  if (wanted == 0) return natural;
  const double factor = std::sqrt(wanted / natural);
  for (double& b : beta.values) b *= factor;
  return wanted;
}

SparseLinearTable::SparseLinearTable(const SparseLinear& world, const std::vector<Index>& support,
                                     const std::vector<double>& beta)
    : candidates_(world.candidates),
      covariance_(make_covariance(world.covariance, world.candidates)),
      relevant_(by_importance(support, beta, covariance_)),
      beta_(by_column(support, beta)),
      signal_(scale_to_signal(beta_, quadratic_form(beta_), world.signal)),
      noise_(world.tails, noise_deviation(pool_of(world), signal_)) {}

Facts SparseLinearTable::facts() const {
  const double noise = noise_.deviation();
  return {{"candidates", static_cast<double>(candidates_)},
          {"relevant", static_cast<double>(relevant_.size())},
          {"noise", noise},
          {"signal", signal_},
          {"signal_to_noise", signal_ / (noise * noise)}};
}

Matrix SparseLinearTable::x(Range rows, Range columns, Stream train) const {
  assert(columns.first >= 0 && columns.first + columns.count <= candidates_);
  Matrix out(rows.count, columns.count);
  std::visit(
      [&](const auto& covariance) {
        for (Index i = 0; i < rows.count; ++i)
          covariance.fill(row_of(train, rows, i), columns.first, row_span(out, i));
      },
      covariance_);
  return out;
}

Matrix SparseLinearTable::columns(Range rows, std::span<const Index> columns, Stream train) const {
  Matrix out(rows.count, static_cast<Index>(columns.size()));
  std::visit(
      [&](const auto& covariance) {
        for (Index i = 0; i < rows.count; ++i)
          covariance.pick(row_of(train, rows, i), columns, row_span(out, i));
      },
      covariance_);
  return out;
}

Vector SparseLinearTable::mean(Range rows, Stream train) const {
  const Matrix x = columns(rows, beta_.columns, std::move(train));
  Vector sums(rows.count);
  for (Index i = 0; i < rows.count; ++i) {
    double sum = 0;
    for (Index k = 0; k < x.cols(); ++k) sum += x(i, k) * beta_.values[static_cast<std::size_t>(k)];
    sums[i] = sum;
  }
  return sums;
}

Vector SparseLinearTable::y(Range rows, Stream train) const {
  const Vector noise = noise_.of_rows(rows, train);
  return mean(rows, std::move(train)) + noise;
}

double SparseLinearTable::excess_risk(const LinearRule& rule) const {
  const Vector errors = coefficient_errors(rule, candidates_, beta_.columns, beta_.values);
  return quadratic_form(errors) + rule.intercept * rule.intercept;
}

}  // namespace

std::span<const Option<SparseLinear>> SparseLinear::options() {
  return option_table;
}

std::string SparseLinear::fingerprint() const {
  return fingerprint_of(*this, options());
}

void SparseLinear::require_consistent() const {
  require_pool(pool_of(*this), SparseLinear{}.noise);
  require_covariance(covariance);
  require_coefficients(coefficients);
  require_tails(tails);
}

Table SparseLinear::draw(Stream truth) const {
  require_valid(*this);
  return SparseLinearTable(*this, draw_support(support, candidates, relevant, truth.child("support")),
                           draw_coefficients(coefficients, relevant, truth.child("coefficients")));
}

}  // namespace quartic
