#pragma once
/// Inner products of all columns with a few vectors, whatever the columns are held as.
#include "core/data.hpp"

namespace quartic::detail {

/// R X for R (m x n): m x d; 2 m n d flops. One pass over the memory of X, tile by tile, along its rows; a tile is
/// converted to double where X is held as float, and no more than a tile is copied. Same bits either way.
Matrix column_products(const Matrix& vectors, const Data& data);

}  // namespace quartic::detail
