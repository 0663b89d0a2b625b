#include "models/linear/gram_source.hpp"

#include <algorithm>

#include "core/require.hpp"

namespace quartic {

namespace {

Index largest_below(Index columns, std::span<const Index> sizes) {
  Index largest = 0;
  for (Index n : sizes)
    if (n < columns) largest = std::max(largest, n);
  return largest;
}

bool serves_rows(const Moments& moments, Index n, Needs needs) {
  return (!needs.row_gram || moments.row_gram(n) != nullptr) &&
         (!needs.row_factor || moments.row_factor(n) != nullptr);
}

}  // namespace

GramSource::GramSource(const Prefixes& prefixes, Needs needs)
    : shared_(dynamic_cast<const Moments*>(prefixes.shared)), rows_(shared_), data_(prefixes.data) {
  require(std::is_sorted(prefixes.sizes.begin(), prefixes.sizes.end()),
          "the sizes of a learning curve do not ascend (each builds on the one before). Sort them.");
  const Index n = largest_below(data_.columns(), prefixes.sizes);
  if (n == 0 || (shared_ && serves_rows(*shared_, n, needs))) return;
  own_.emplace(data_, prefixes.sizes, Needs{.row_gram = needs.row_gram, .row_factor = needs.row_factor});
  rows_ = &*own_;
}

ColumnGram GramSource::column_gram(Index n) {
  if (shared_)
    if (const ColumnGram* sums = shared_->column_gram(n)) return *sums;
  if (!growing_) growing_.emplace(data_);
  return growing_->at(n);
}

}  // namespace quartic
