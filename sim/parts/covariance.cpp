#include "sim/parts/covariance.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <string>

#include "core/require.hpp"
#include "sim/parts/elementary.hpp"
#include "sim/parts/form.hpp"

namespace quartic {

namespace {

std::size_t position(Index index) {
  return static_cast<std::size_t>(index);
}

void fill_normals(Stream stream, Index first, std::span<double> out) {
  stream.skip(static_cast<std::uint64_t>(first));
  stream.fill_normal(out);
}

std::vector<double> normals(Stream stream, Range range) {
  std::vector<double> z(position(range.count));
  fill_normals(std::move(stream), range.first, z);
  return z;
}

// The normals at these places: each on its own where they lie far apart, else all between the first and the
// last.
void pick_normals(Stream stream, std::span<const Index> places, std::span<double> out) {
  constexpr Index one_alone_costs = 8;  // times one in bulk
  if (places.empty()) return;
  const auto [low, high] = std::minmax_element(places.begin(), places.end());
  const Range all = {*low, *high - *low + 1};
  if (all.count > one_alone_costs * static_cast<Index>(places.size())) return stream.normals_at(places, out);
  const std::vector<double> z = normals(std::move(stream), all);
  for (std::size_t k = 0; k < places.size(); ++k) out[k] = z[position(places[k] - all.first)];
}

// v as a list of (column, value), for forms written once for dense and sparse v.
struct Entries {
  Index count;
  const Index* columns;  // null: all, in order
  const double* values;

  Entries(const Vector& v) : count(v.size()), columns(nullptr), values(v.data()) {}
  Entries(const SparseVector& v)
      : count(static_cast<Index>(v.columns.size())), columns(v.columns.data()), values(v.values.data()) {
    assert(v.columns.size() == v.values.size() && std::is_sorted(v.columns.begin(), v.columns.end()));
  }
  Index column(Index k) const { return columns ? columns[k] : k; }
};

// In the order of the columns. sum_of_squares.hpp has another; the bits of results depend on which it is.
double squares_in_order(const Entries& v) {
  double sum = 0;
  for (Index k = 0; k < v.count; ++k) sum += v.values[k] * v.values[k];
  return sum;
}

// factor * rho^times; 0 once it is negligible, before it becomes denormal (and slow).
double decayed(double factor, double rho, Index times) {
  for (; times > 0 && std::abs(factor) > 1e-290; --times) factor *= rho;
  return times > 0 ? 0 : factor;
}

// With c_k = sum over l < k of rho^(column_k - column_l) v_l, the form is sum_k v_k (v_k + 2 c_k).
double autoregressive_form(const Entries& v, double rho) {
  double sum = 0, before = 0;
  for (Index k = 0; k < v.count; ++k) {
    if (k > 0) before = decayed(before + v.values[k - 1], rho, v.column(k) - v.column(k - 1));
    sum += v.values[k] * (v.values[k] + 2 * before);
  }
  return sum;
}

// (1 - rho) |v|^2 + rho sum over blocks of (sum of v in the block)^2.
double blocks_form(const Entries& v, const Blocks& blocks) {
  double sum = 0, in_block = 0;
  for (Index k = 0; k < v.count; ++k) {
    in_block += v.values[k];
    const bool last = k + 1 == v.count || v.column(k) / blocks.size != v.column(k + 1) / blocks.size;
    if (!last) continue;
    sum += in_block * in_block;
    in_block = 0;
  }
  return (1 - blocks.rho) * squares_in_order(v) + blocks.rho * sum;
}

double spectrum_form(const Entries& v, const Spectrum& spectrum) {
  double sum = 0;
  for (Index k = 0; k < v.count; ++k) sum += spectrum.variance(v.column(k)) * v.values[k] * v.values[k];
  return sum;
}

}  // namespace

void Isotropic::fill(const Stream& row, Index first, std::span<double> out) const {
  fill_normals(row.child("x"), first, out);
}

void Isotropic::pick(const Stream& row, std::span<const Index> columns, std::span<double> out) const {
  pick_normals(row.child("x"), columns, out);
}

double Isotropic::quadratic_form(const Vector& v) const {
  return squares_in_order(v);
}
double Isotropic::quadratic_form(const SparseVector& v) const {
  return squares_in_order(v);
}

void Autoregressive::fill(const Stream& row, Index first, std::span<double> out) const {
  std::vector<double> before = normals(row.child("x"), {0, first});
  fill_normals(row.child("x"), first, out);
  const double scale = std::sqrt((1 - rho) * (1 + rho));
  double x = 0;
  const auto step = [&](double z, Index j) { return x = j == 0 ? z : rho * x + scale * z; };
  for (Index j = 0; j < first; ++j) step(before[position(j)], j);
  for (double& z : out) z = step(z, first++);
}

void Autoregressive::pick(const Stream& row, std::span<const Index> columns, std::span<double> out) const {
  if (columns.empty()) return;
  std::vector<double> x(position(*std::max_element(columns.begin(), columns.end()) + 1));
  fill(row, 0, x);
  for (std::size_t k = 0; k < columns.size(); ++k) out[k] = x[position(columns[k])];
}

double Autoregressive::quadratic_form(const Vector& v) const {
  return autoregressive_form(v, rho);
}
double Autoregressive::quadratic_form(const SparseVector& v) const {
  return autoregressive_form(v, rho);
}

void Blocks::fill(const Stream& row, Index first, std::span<double> out) const {
  if (out.empty()) return;
  fill_normals(row.child("x"), first, out);
  const Index end = first + static_cast<Index>(out.size());
  const Index first_block = first / size, last_block = (end - 1) / size;
  const std::vector<double> g = normals(row.child("blocks"), {first_block, last_block - first_block + 1});
  const double shared = std::sqrt(rho), own = std::sqrt(1 - rho);
  for (Index block = first_block; block <= last_block; ++block) {
    const Index from = std::max(first, block * size) - first, to = std::min(end, (block + 1) * size) - first;
    const double common = shared * g[position(block - first_block)];
    for (double& z : out.subspan(position(from), position(to - from))) z = common + own * z;
  }
}

void Blocks::pick(const Stream& row, std::span<const Index> columns, std::span<double> out) const {
  std::vector<Index> blocks(columns.size());
  std::transform(columns.begin(), columns.end(), blocks.begin(), [&](Index column) { return column / size; });
  std::vector<double> g(columns.size());
  pick_normals(row.child("blocks"), blocks, g);
  pick_normals(row.child("x"), columns, out);
  const double shared = std::sqrt(rho), own = std::sqrt(1 - rho);
  for (std::size_t k = 0; k < columns.size(); ++k) out[k] = shared * g[k] + own * out[k];
}

double Blocks::quadratic_form(const Vector& v) const {
  return blocks_form(v, *this);
}
double Blocks::quadratic_form(const SparseVector& v) const {
  return blocks_form(v, *this);
}

Spectrum::Spectrum(Index candidates, double exponent) : deviations_(candidates) {
  for (Index j = 0; j < candidates; ++j)
    deviations_[j] = detail::power(static_cast<double>(j + 1), -exponent / 2);
}

void Spectrum::fill(const Stream& row, Index first, std::span<double> out) const {
  fill_normals(row.child("x"), first, out);
  const double* deviation = deviations_.data() + first;
  for (std::size_t k = 0; k < out.size(); ++k) out[k] *= deviation[k];
}

void Spectrum::pick(const Stream& row, std::span<const Index> columns, std::span<double> out) const {
  pick_normals(row.child("x"), columns, out);
  for (std::size_t k = 0; k < columns.size(); ++k) out[k] *= deviations_[columns[k]];
}

double Spectrum::quadratic_form(const Vector& v) const {
  return spectrum_form(v, *this);
}
double Spectrum::quadratic_form(const SparseVector& v) const {
  return spectrum_form(v, *this);
}

namespace {

Form parse_covariance(std::string_view text) {
  const std::array<FormRule, 4> rules = {{{"isotropic", {}, "isotropic"},
                                          {"ar1", {"rho"}, "ar1(0.5)"},
                                          {"blocks", {"size", "rho"}, "blocks(20, 0.5)"},
                                          {"spectrum", {"exponent"}, "spectrum(1.5)"}}};
  Form form = parse_form("covariance", text, rules);
  const std::string problem = "covariance = \"" + std::string(text) + "\" ";
  const std::vector<double>& given = form.arguments;
  if (form.word == "ar1")
    require(std::abs(given[0]) < 1,
            problem +
                "(rho is the correlation of neighbouring columns, between -1 and 1, and 1 "
                "would make them all equal). Write for example \"ar1(0.5)\".",
            {"covariance"});
  if (form.word == "blocks") {
    require(given[0] >= 1 && given[0] <= 1e9 && given[0] == std::floor(given[0]),
            problem +
                "(the size of a block is a whole number of columns). Write for example \"blocks(20, 0.5)\".",
            {"covariance"});
    require(given[1] >= 0 && given[1] < 1,
            problem +
                "(rho is the correlation inside a block, from 0 to below 1). Write "
                "for example \"blocks(20, 0.5)\".",
            {"covariance"});
  }
  if (form.word == "spectrum")
    require(given[0] >= 0 && given[0] <= 20,
            problem +
                "(variances j^-exponent are to fall, with an exponent from 0 to 20). "
                "Write for example \"spectrum(1.5)\".",
            {"covariance"});
  return form;
}

}  // namespace

void require_covariance(std::string_view text) {
  parse_covariance(text);
}

Covariance make_covariance(std::string_view text, Index candidates) {
  const Form form = parse_covariance(text);
  if (form.word == "ar1") return Autoregressive{form.arguments[0]};
  if (form.word == "blocks") return Blocks{static_cast<Index>(form.arguments[0]), form.arguments[1]};
  if (form.word == "spectrum") return Spectrum(candidates, form.arguments[0]);
  return Isotropic{};
}

}  // namespace quartic
