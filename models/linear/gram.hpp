#pragma once
/// Gram matrices whose entries for a prefix do not depend on how many rows follow it.
#include "core/data.hpp"
#include "models/linear/triangle.hpp"

namespace quartic {

/// Inner products of the columns of the first `rows` rows.
struct ColumnGram {
  Index rows = 0;
  Matrix gram;  ///< X'X, p x p: the lower triangle holds it, the upper is zero
  Vector xy;    ///< X'y, p
  double yy = 0;

  /// |X|_F^2, the sum of squares of all entries.
  double trace() const { return gram.trace(); }
};

/// Column j of X'X, gathered from the lower triangle: p.
Vector gram_column(const Matrix& lower, Index j);

/// X'X, X'y and y'y by growing prefixes: sums over tiles of 64 rows in order, so that the sums for n are
/// those of its full tiles and one partial tile of n modulo 64 rows, whatever sizes came before. rows x p (p
/// + 3) flops in all.
class GrowingGram {
 public:
  explicit GrowingGram(const Data& data);
  /// The sums over the first n rows. Precondition: n is at least that of the previous call.
  ColumnGram at(Index n);

 private:
  void add_rows(ColumnGram& sums, Range rows) const;
  Data data_;
  ColumnGram full_tiles_;
};

/// XX' of the first n rows. Entry i, j is the sum over the columns in their order, whatever n is. n^2 p
/// flops.
Triangle row_gram(const Data& data, Index n);

}  // namespace quartic
