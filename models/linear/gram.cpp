#include "models/linear/gram.hpp"

#include <algorithm>
#include <cassert>

#include "core/interruption.hpp"
#include "models/linear/blas.hpp"
#include "models/linear/triangle_kernel.hpp"

namespace quartic {

namespace {

using detail::Block;
using detail::ConstBlock;

constexpr Index kTile = 64;  // rows a step of X'X

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
  interruption_point();
  const Rows tile(data_, rows);
  const std::span<const double> y(data_.y().data() + rows.first, static_cast<std::size_t>(rows.count));
  detail::add_gram(Block(sums.gram), 1, detail::transposed(tile.block()));
  detail::add_product(detail::span_of(sums.xy), 1, detail::transposed(tile.block()), y);
  sums.yy += detail::dot(y, y);
  sums.rows += rows.count;
}

Triangle row_gram(const Data& data, Index n) {
  Triangle gram(n);
  Vector strips(detail::count_strips(n) * detail::strip_rows * detail::slab_columns);
  for (Index first = 0; first < data.columns(); first += detail::slab_columns) {
    interruption_point();
    const Range columns{first, std::min(detail::slab_columns, data.columns() - first)};
    for (Index i = 0; i < n; i += detail::strip_rows)
      detail::copy_into_strip(data.block({i, std::min(detail::strip_rows, n - i)}, columns),
                              strips.data() + i * columns.count);
    detail::triangle_kernels().front().add_products(gram.numbers(), strips.data(), columns.count);
  }
  return gram;
}

}  // namespace quartic
