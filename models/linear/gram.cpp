#include "models/linear/gram.hpp"

#include <cassert>

#include "models/linear/blas.hpp"

namespace quartic {

namespace {

using detail::Block;
using detail::ConstBlock;

constexpr Index kTile = 64;    // rows a step of X'X
constexpr Index kPanel = 128;  // rows a block of XX'

// Rows of data as double: in place where they are held so, else a converted copy that lives as long as this.
class Rows {
 public:
  Rows(const Data& data, Range rows) {
    if (!data.is_dense()) copy_ = data.block(rows, {0, data.columns()});
    const double* first = data.is_dense() ? data.dense().data() + rows.first * data.columns() : copy_.data();
    view_ = ConstBlock(first, rows.count, data.columns(), data.columns());
  }
  const ConstBlock& block() const { return view_; }

 private:
  Matrix copy_;
  ConstBlock view_{nullptr, 0, 0, 0};
};

// One block of 128 rows padded with zeros below row `last`.
Matrix padded_rows(const Data& data, Range rows) {
  Matrix padded = Matrix::Zero(kPanel, data.columns());
  padded.topRows(rows.count) = data.block(rows, {0, data.columns()});
  return padded;
}

// Rows [first, first + 128) of XX': all blocks to the left of the diagonal as one product, then the diagonal
// block.
void add_panel(Block gram, const Data& data, ConstBlock panel) {
  const Index first = gram.rows - kPanel;
  constexpr Index kStep = 8 * kPanel;
  for (Index j = 0; j < first; j += kStep) {
    const Rows left(data, {j, std::min(kStep, first - j)});
    detail::add_product(gram.part({first, kPanel}, {j, left.block().rows}), 1, detail::plain(panel),
                        detail::transposed(left.block()));
  }
  detail::add_gram(gram.part({first, kPanel}, {first, kPanel}), 1, detail::plain(panel));
}

}  // namespace

Vector gram_column(const Matrix& lower, Index j) {
  Vector column(lower.rows());
  column.head(j) = lower.row(j).head(j).transpose();
  column.tail(lower.rows() - j) = lower.col(j).tail(lower.rows() - j);
  return column;
}

GrowingGram::GrowingGram(const Data& data)
    : data_(data),
      full_tiles_{0, Matrix::Zero(data.columns(), data.columns()), Vector::Zero(data.columns()), 0} {}

ColumnGram GrowingGram::at(Index n) {
  assert(n <= data_.rows() && full_tiles_.rows <= n / kTile * kTile);
  while (full_tiles_.rows + kTile <= n) add_rows(full_tiles_, {full_tiles_.rows, kTile});
  ColumnGram sums = full_tiles_;
  if (sums.rows < n) add_rows(sums, {sums.rows, n - sums.rows});
  return sums;
}

void GrowingGram::add_rows(ColumnGram& sums, Range rows) const {
  const Rows tile(data_, rows);
  const std::span<const double> y(data_.y().data() + rows.first, static_cast<std::size_t>(rows.count));
  detail::add_gram(Block(sums.gram), 1, detail::transposed(tile.block()));
  detail::add_product(detail::span_of(sums.xy), 1, detail::transposed(tile.block()), y);
  sums.yy += detail::dot(y, y);
  sums.rows += rows.count;
}

Matrix row_gram(const Data& data, Index n) {
  const Index padded = (n + kPanel - 1) / kPanel * kPanel;
  Matrix gram = Matrix::Zero(padded, padded);
  for (Index first = 0; first < n; first += kPanel) {
    const Block rows = Block(gram).part({0, first + kPanel}, {0, padded});
    if (first + kPanel <= n) {
      const Rows panel(data, {first, kPanel});
      add_panel(rows, data, panel.block());
    } else {
      const Matrix panel = padded_rows(data, {first, n - first});
      add_panel(rows, data, panel);
    }
  }
  return gram;
}

}  // namespace quartic
