#pragma once
/// Inner products of all columns with a few vectors, whatever the columns are held as.
#include "core/data.hpp"

namespace quartic::detail {

/// R X for R (m x n): m x d; 2 m n d flops. One pass over the memory of X, which is converted to double in blocks of
/// columns where it is held as float: never more than a block is copied. Same bits either way.
Matrix column_products(const Matrix& vectors, const Data& data);

}  // namespace quartic::detail
