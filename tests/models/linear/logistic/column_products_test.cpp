#include "models/linear/logistic/column_products.hpp"

#include <gtest/gtest.h>

#include "tests/support/linear_problem.hpp"

namespace quartic::column_products_test {
namespace {

TEST(ColumnProducts, AreThoseOfAnyStorage) {
  for (const auto& [n, d] : {std::pair{40, 7}, {3, 100}, {900, 1500}, {70, 4200}, {1, 1}}) {
    const Data single = in_single_precision(gaussian_problem(n, d, 2));
    const Data widened = data_of(single.block({0, n}, {0, d}), single.y());
    const Matrix vectors = gaussian_matrix(11, n, Stream(4));
    const Matrix products = detail::column_products(vectors, widened);
    EXPECT_EQ(detail::column_products(vectors, single), products);
    const Matrix expected = vectors * widened.dense();
    EXPECT_LE((products - expected).norm(), 1e-13 * (1 + expected.norm()) * n);
  }
}

TEST(ColumnProducts, OfNoVectorsAreNone) {
  EXPECT_EQ(detail::column_products(Matrix(0, 5), gaussian_problem(5, 3, 2)).rows(), 0);
}

}  // namespace
}  // namespace quartic::column_products_test
