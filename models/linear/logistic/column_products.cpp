#include "models/linear/logistic/column_products.hpp"

#include <algorithm>

#include "core/interruption.hpp"
#include "models/linear/lasso/correlations.hpp"

namespace quartic::detail {

namespace {
constexpr Index tile_columns = 85 * 24;         // whole strips of correlations
constexpr Index tile_numbers = Index{1} << 16;  // 512 KiB, in the cache between conversion and use

void add_tile(Block out, ConstBlock vectors, const Data& data, Range rows, Range columns) {
  if (data.is_dense()) return add_correlations(out, vectors, ConstBlock(data.dense()).part(rows, columns));
  add_correlations(out, vectors, data.block(rows, columns));
}
}  // namespace

Matrix column_products(const Matrix& vectors, const Data& data) {
  Matrix products = Matrix::Zero(vectors.rows(), data.columns());
  if (vectors.rows() == 0) return products;
  const Range all{0, vectors.rows()};
  for (Index column = 0; column < data.columns(); column += tile_columns) {
    const Range columns{column, std::min(tile_columns, data.columns() - column)};
    const Index tile_rows = tile_numbers / columns.count;
    for (Index row = 0; row < data.rows(); row += tile_rows) {
      interruption_point();
      const Range rows{row, std::min(tile_rows, data.rows() - row)};
      add_tile(Block(products).part(all, columns), ConstBlock(vectors).part(all, rows), data, rows, columns);
    }
  }
  return products;
}

}  // namespace quartic::detail
