#include "models/linear/moments.hpp"

#include <algorithm>

#include "core/require.hpp"

namespace quartic {

namespace {

// Distinct sizes in ascending order that satisfy the condition.
template <class Condition>
std::vector<Index> ascending(std::span<const Index> sizes, Condition condition) {
  std::vector<Index> chosen;
  std::copy_if(sizes.begin(), sizes.end(), std::back_inserter(chosen), condition);
  std::sort(chosen.begin(), chosen.end());
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  return chosen;
}

std::vector<Index> below(Index columns, std::span<const Index> sizes) {
  return ascending(sizes, [columns](Index n) { return n < columns; });
}

std::vector<Index> from(Index columns, std::span<const Index> sizes) {
  return ascending(sizes, [columns](Index n) { return n >= columns; });
}

void require_sizes(std::span<const Index> sizes, Index rows) {
  for (Index n : sizes)
    require(n >= 1 && n <= rows, "a sample size is " + std::to_string(n) + " (the data have " +
                                     std::to_string(rows) +
                                     " rows). Choose sizes from 1 to the number of rows.");
}

}  // namespace

Moments::Moments(const Data& data, std::span<const Index> sizes, Needs needs) {
  require_sizes(sizes, data.rows());
  const std::vector<Index> small = below(data.columns(), sizes), large = from(data.columns(), sizes);
  if (!small.empty() && (needs.row_gram || needs.row_factor)) {
    Triangle gram = quartic::row_gram(data, small.back());
    if (needs.row_gram) row_gram_ = gram;
    if (needs.row_factor) row_factor_ = cholesky(std::move(gram));
  }
  if (!large.empty() && needs.column_gram) {
    GrowingGram growing(data);
    for (Index n : large) column_grams_.push_back(growing.at(n));
  }
}

double Moments::bytes(Index columns, std::span<const Index> sizes, Needs needs) {
  const std::vector<Index> small = below(columns, sizes), large = from(columns, sizes);
  const double p = static_cast<double>(columns);
  const double triangles = (needs.row_gram ? 1 : 0) + (needs.row_factor ? 1 : 0);
  double numbers = small.empty() ? 0 : triangles * static_cast<double>(Triangle::size(small.back()));
  if (needs.column_gram && !large.empty()) numbers += static_cast<double>(large.size() + 1) * (p * p + p);
  return numbers * static_cast<double>(sizeof(double));
}

double Moments::bytes_alone(Index columns, std::span<const Index> sizes, Needs needs) {
  const double p = static_cast<double>(columns);
  const bool grows = needs.column_gram && !from(columns, sizes).empty();
  needs.column_gram = false;
  return bytes(columns, sizes, needs) + (grows ? (p * p + p) * static_cast<double>(sizeof(double)) : 0);
}

const Triangle* Moments::row_gram(Index n) const {
  return row_gram_ && n <= row_gram_->order() ? &*row_gram_ : nullptr;
}

const Cholesky* Moments::row_factor(Index n) const {
  return row_factor_ && n <= row_factor_->lower.order() ? &*row_factor_ : nullptr;
}

const ColumnGram* Moments::column_gram(Index n) const {
  const auto found = std::find_if(column_grams_.begin(), column_grams_.end(),
                                  [n](const ColumnGram& sums) { return sums.rows == n; });
  return found == column_grams_.end() ? nullptr : &*found;
}

}  // namespace quartic
