#pragma once
/// Where a linear model takes its Gram matrices from: the shared Moments, or, without them, its own of the
/// same bits.
#include <optional>

#include "models/linear/moments.hpp"

namespace quartic {

/// Serves the sizes of one learning curve in ascending order. Holds at most one X'X of its own at a time.
class GramSource {
 public:
  /// Throws InvalidInput unless the sizes ascend within 1 to the rows of data.
  GramSource(const Prefixes& prefixes, Needs needs);

  /// XX' of the first n rows (lower triangle, zero above it), and a factor that serves n rows. Precondition:
  /// n below the number of columns, the matching need was stated.
  Matrix row_gram(Index n) const { return rows_->row_gram(n)->leading(n); }
  const Cholesky& row_factor(Index n) const { return *rows_->row_factor(n); }
  /// X'X, X'y, y'y of the first n rows. Precondition: n at least the number of columns and the previous n.
  ColumnGram column_gram(Index n);

 private:
  const Moments* shared_;
  std::optional<Moments> own_;
  const Moments* rows_;
  Data data_;
  std::optional<GrowingGram> growing_;
};

}  // namespace quartic
