#include "models/flexible/dense/kernel.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "core/random/stream.hpp"

namespace quartic::detail::kernel_test {
namespace {

template <class Real>
class DenseKernel : public testing::Test {};
using Reals = testing::Types<float, double>;
TYPED_TEST_SUITE(DenseKernel, Reals);

template <class Real>
std::vector<Real> normals(Index count, std::uint64_t seed) {
  std::vector<double> numbers(static_cast<std::size_t>(count));
  Stream(seed).fill_normal(numbers);
  return {numbers.begin(), numbers.end()};
}

// Of sums of `terms` products of normals: a rounding in each, at worst.
template <class Real>
double tolerance(Index terms) {
  return std::numeric_limits<Real>::epsilon() * static_cast<double>(terms + 4) * 2;
}

struct Sizes {
  Index rows, columns, terms;
};
// Around tiles, vectors, panels, blocks of 96 rows and 256 terms, groups of 768 rows and 1024 columns.
const std::vector<Sizes> sizes = {{1, 1, 1},     {5, 3, 2},     {6, 16, 7},    {8, 32, 30},
                                  {9, 33, 31},   {64, 32, 100}, {97, 17, 8},   {13, 40, 300},
                                  {97, 65, 257}, {770, 5, 260}, {3, 1030, 259}};

template <class Real>
struct Factors {
  std::vector<Real> a, b, c, start;
  explicit Factors(Sizes s)
      : a(normals<Real>(s.rows * s.terms, 1)),
        b(normals<Real>(s.terms * s.columns, 2)),
        c(normals<Real>(s.rows * (s.columns + 3), 3)),
        start(normals<Real>(s.rows, 4)) {}
};

// The product by the textbook, in double, on top of `start` or of c.
template <class Real>
std::vector<double> textbook(const Factors<Real>& f, Sizes s, bool from_start,
                             std::pair<bool, bool> by_columns) {
  std::vector<double> c(f.c.begin(), f.c.end());
  for (Index i = 0; i < s.rows; ++i)
    for (Index j = 0; j < s.columns; ++j) {
      double sum = 0;
      for (Index k = 0; k < s.terms; ++k)
        sum += static_cast<double>(by_columns.first ? f.a[k * s.rows + i] : f.a[i * s.terms + k]) *
               static_cast<double>(by_columns.second ? f.b[j * s.terms + k] : f.b[k * s.columns + j]);
      double& entry = c[i * (s.columns + 3) + j];
      entry = (from_start ? static_cast<double>(f.start[i]) : entry) - 0.5 * sum;
    }
  return c;
}

template <class Real>
DenseFactor<Real> factor(const std::vector<Real>& numbers, Index rows, Index columns, bool by_columns) {
  return {numbers.data(), rows, columns, by_columns ? rows : columns,
          by_columns ? Layout::columns : Layout::rows};
}

template <class Real>
std::vector<Real> multiplied(const DenseKernels<Real>& kernels, Factors<Real> f, Sizes s, bool from_start,
                             std::pair<bool, bool> by_columns) {
  const Index panels = (s.columns + kernels.panel - 1) / kernels.panel;
  std::vector<Real> packed(static_cast<std::size_t>(s.terms * panels * kernels.panel)),
      work(static_cast<std::size_t>(kernels.work), std::numeric_limits<Real>::quiet_NaN());
  kernels.pack(factor(f.b, s.terms, s.columns, by_columns.second), packed.data());
  kernels.multiply({{f.c.data(), s.rows, s.columns, s.columns + 3},
                    Real(-0.5),
                    factor(f.a, s.rows, s.terms, by_columns.first),
                    packed.data(),
                    from_start ? f.start.data() : nullptr,
                    work.data()});
  return f.c;
}

template <class Real>
double worst_error(const std::vector<Real>& numbers, const std::vector<double>& right) {
  double worst = 0;
  for (std::size_t i = 0; i < right.size(); ++i)
    worst = std::max(worst, std::abs(static_cast<double>(numbers[i]) - right[i]));
  return worst;
}

TYPED_TEST(DenseKernel, MultipliesAsTheTextbookDoes) {
  for (const Sizes s : sizes)
    for (const std::pair<bool, bool>& layout :
         {std::pair{false, false}, {false, true}, {true, false}, {true, true}})
      for (const bool from_start : {false, true}) {
        const Factors<TypeParam> factors(s);
        const auto expected = textbook(factors, s, from_start, layout);
        for (const DenseKernels<TypeParam>& kernels : dense_kernels<TypeParam>())
          EXPECT_LT(worst_error(multiplied(kernels, factors, s, from_start, layout), expected),
                    tolerance<TypeParam>(s.terms))
              << kernels.lanes << " lanes: " << s.rows << " x " << s.columns << " x " << s.terms;
      }
}

// What stands beside the first columns does not change them: a row of a batch is its own.
TYPED_TEST(DenseKernel, GivesAColumnTheSameBitsAloneAndInCompany) {
  for (const DenseKernels<TypeParam>& kernels : dense_kernels<TypeParam>()) {
    const Sizes many{20, 45, 300}, few{20, 7, 300};
    Factors<TypeParam> factors(many);
    const auto all = multiplied(kernels, factors, many, true, {false, true});
    const auto alone = multiplied(kernels, factors, few, true, {false, true});
    for (Index i = 0; i < few.rows; ++i)
      for (Index j = 0; j < few.columns; ++j)
        ASSERT_EQ(alone[i * (few.columns + 3) + j], all[i * (many.columns + 3) + j]);
  }
}

TYPED_TEST(DenseKernel, StepsOneRowAsTheTextbookDoes) {
  for (const DenseKernels<TypeParam>& kernels : dense_kernels<TypeParam>())
    for (const Sizes s : {Sizes{1, 1, 0}, {7, 19, 0}, {13, 130, 0}}) {
      auto w = normals<TypeParam>(s.rows * s.columns, 1), below = normals<TypeParam>(s.columns, 4);
      const auto x = normals<TypeParam>(s.columns, 2);
      auto delta = normals<TypeParam>(s.rows, 3);
      delta[s.rows / 2] = 0;  // a dead unit
      std::vector<TypeParam> sums(static_cast<std::size_t>(s.rows));
      kernels.multiply_row({w.data(), s.rows, s.columns, s.columns}, x.data(), delta.data(), sums.data());
      const auto old = w, below_before = below;
      kernels.descend_row({w.data(), s.rows, s.columns, s.columns}, x.data(), delta.data(), TypeParam(0.5),
                          below.data());
      std::vector<double> expected(below_before.begin(), below_before.end());
      for (Index i = 0; i < s.rows; ++i) {
        auto sum = static_cast<double>(delta[i]);
        for (Index j = 0; j < s.columns; ++j) {
          const auto weight = static_cast<double>(old[i * s.columns + j]);
          sum += weight * static_cast<double>(x[j]);
          expected[j] += static_cast<double>(delta[i]) * weight;
          EXPECT_NEAR(w[i * s.columns + j],
                      weight - 0.5 * static_cast<double>(delta[i]) * static_cast<double>(x[j]),
                      tolerance<TypeParam>(4));
        }
        EXPECT_NEAR(sums[i], sum, tolerance<TypeParam>(s.columns));
      }
      for (Index j = 0; j < s.columns; ++j) EXPECT_NEAR(below[j], expected[j], tolerance<TypeParam>(s.rows));
    }
}

TYPED_TEST(DenseKernel, CombinesRowsAndMultipliesVectors) {
  for (const DenseKernels<TypeParam>& kernels : dense_kernels<TypeParam>())
    for (const Sizes s : {Sizes{1, 1, 0}, {7, 19, 0}, {13, 130, 0}}) {
      const auto z = normals<TypeParam>(s.rows * s.columns, 1), w = normals<TypeParam>(s.rows, 2);
      std::vector<TypeParam> weighted(static_cast<std::size_t>(s.columns)), plain = weighted;
      kernels.combine({z.data(), s.rows, s.columns, s.columns}, w.data(), 2, weighted.data());
      kernels.combine({z.data(), s.rows, s.columns, s.columns}, nullptr, 0, plain.data());
      for (Index j = 0; j < s.columns; ++j) {
        double with = 2, without = 0;
        for (Index k = 0; k < s.rows; ++k) {
          with += static_cast<double>(w[k]) * static_cast<double>(z[k * s.columns + j]);
          without += static_cast<double>(z[k * s.columns + j]);
        }
        EXPECT_NEAR(weighted[j], with, tolerance<TypeParam>(s.rows));
        EXPECT_NEAR(plain[j], without, tolerance<TypeParam>(s.rows));
      }
      double product = 0, sum = 0;
      for (Index j = 0; j < s.columns; ++j) {
        product += static_cast<double>(z[j]) * static_cast<double>(z[j]);
        sum += static_cast<double>(z[j]);
      }
      EXPECT_NEAR(kernels.dot(z.data(), z.data(), s.columns), product, tolerance<TypeParam>(s.columns));
      EXPECT_NEAR(kernels.dot(z.data(), nullptr, s.columns), sum, tolerance<TypeParam>(s.columns));
    }
}

}  // namespace
}  // namespace quartic::detail::kernel_test
