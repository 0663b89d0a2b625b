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
    rows_held_ = small.back();
    Matrix gram = quartic::row_gram(data, rows_held_);
    if (needs.row_gram && needs.row_factor) row_gram_ = gram;
    if (needs.row_factor)
      row_factor_ = nested_cholesky(std::move(gram), rows_held_);
    else
      row_gram_ = std::move(gram);
  }
  if (!large.empty() && needs.column_gram) {
    GrowingGram growing(data);
    for (Index n : large) column_grams_.push_back(growing.at(n));
  }
}

double Moments::bytes(Index columns, std::span<const Index> sizes, Needs needs) {
  const std::vector<Index> small = below(columns, sizes), large = from(columns, sizes);
  const double p = static_cast<double>(columns);
  const Index blocks = small.empty() ? 0 : (small.back() + 127) / 128;
  const double m = 128.0 * static_cast<double>(blocks);
  const double squares = (needs.row_gram ? 1 : 0) + (needs.row_factor ? 1 : 0);
  double numbers = squares * m * m;
  if (needs.column_gram && !large.empty()) numbers += static_cast<double>(large.size() + 1) * (p * p + p);
  return numbers * static_cast<double>(sizeof(double));
}

LowerView Moments::row_gram(Index n) const {
  const bool held = row_gram_.size() > 0 && n <= rows_held_;
  return {held ? row_gram_.data() : nullptr, held ? n : 0, held ? n : 0,
          Eigen::OuterStride<>(row_gram_.cols())};
}

const Cholesky* Moments::row_factor(Index n) const {
  return row_factor_ && n <= rows_held_ ? &*row_factor_ : nullptr;
}

const ColumnGram* Moments::column_gram(Index n) const {
  const auto found = std::find_if(column_grams_.begin(), column_grams_.end(),
                                  [n](const ColumnGram& sums) { return sums.rows == n; });
  return found == column_grams_.end() ? nullptr : &*found;
}

}  // namespace quartic
