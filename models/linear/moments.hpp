#pragma once
/// Gram matrices by prefix, computed once per replicate and shared by the arms.
///
/// X'X and X'y of the first n rows are running sums over tiles of 64 rows, so that one pass serves every n;
/// XX' of the first n rows is the leading block of XX' of all rows, and so is its Cholesky factor. Every
/// entry for n has the bits it would have if n were the only size (see gram.hpp, cholesky.hpp).
#include <optional>
#include <span>
#include <vector>

#include "core/model.hpp"
#include "models/linear/cholesky.hpp"
#include "models/linear/gram.hpp"

namespace quartic {

/// Inner products of data at each of some sizes, an immutable value that threads may share.
///
/// Which size gets what: sizes below data.columns() the row Gram XX' (needs.row_gram) and its Cholesky factor
/// (needs.row_factor); the other sizes X'X, X'y and y'y (needs.column_gram).
/// Work: rows p^2 for the columns' Gram of the largest size, m^2 p for the rows' with m the largest size
/// below p.
class Moments final : public SharedWork {
 public:
  /// Sizes in any order. Throws InvalidInput for a size outside 1 to data.rows().
  Moments(const Data& data, std::span<const Index> sizes, Needs needs);

  /// Bytes such an object would hold: what the engine charges against its memory bound.
  static double bytes(Index columns, std::span<const Index> sizes, Needs needs);
  /// Bytes that one model holds in its place, size by size: X'X of one size at a time.
  static double bytes_alone(Index columns, std::span<const Index> sizes, Needs needs);

  /// A triangle whose leading block of order n is XX' of the first n rows, or null where none is held.
  const Triangle* row_gram(Index n) const;
  /// Its factor, which serves every n in the same way, or null where none is held.
  const Cholesky* row_factor(Index n) const;
  /// X'X, X'y, y'y of the first n rows, or null where they are not held.
  const ColumnGram* column_gram(Index n) const;

 private:
  std::optional<Triangle> row_gram_;  // of the largest size below columns
  std::optional<Cholesky> row_factor_;
  std::vector<ColumnGram> column_grams_;  // ascending in rows
};

}  // namespace quartic
