#include "models/linear/logistic/column_products.hpp"

#include <algorithm>

#include "core/interruption.hpp"
#include "models/linear/lasso/correlations.hpp"

namespace quartic::detail {

namespace {
constexpr Index block_numbers = Index{1} << 16;  // 512 KiB, in the cache between conversion and use
constexpr Index strip = 24;                      // of correlations: blocks of whole strips keep its bits
}  // namespace

Matrix column_products(const Matrix& vectors, const Data& data) {
  if (vectors.rows() == 0) return Matrix(0, data.columns());
  if (data.is_dense()) return correlations(vectors, data.dense());
  const Index d = data.columns();
  const Index width = std::max<Index>(1, block_numbers / (strip * std::max<Index>(1, data.rows()))) * strip;
  Matrix products(vectors.rows(), d);
  for (Index first = 0; first < d; first += width) {
    interruption_point();
    const Index count = std::min(width, d - first);
    const Matrix block = data.block({0, data.rows()}, {first, count});
    products.middleCols(first, count) = correlations(vectors, MatrixView(block.data(), block.rows(), count));
  }
  return products;
}

}  // namespace quartic::detail
