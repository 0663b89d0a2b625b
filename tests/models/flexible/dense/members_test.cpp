#include "models/flexible/dense/members.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/random/stream.hpp"

namespace quartic::detail::members_test {
namespace {

template <class Real>
class MemberKernel : public testing::Test {};
using Reals = testing::Types<float, double>;
TYPED_TEST_SUITE(MemberKernel, Reals);

// Numbers of every member, each for itself and all together. A few are zero, of either sign.
template <class Real>
struct Numbers {
  std::vector<std::vector<Real>> own;
  std::vector<Real> all;
  Numbers(Index lanes, Index count, std::uint64_t seed) : all(static_cast<std::size_t>(lanes * count)) {
    for (Index m = 0; m < lanes; ++m) {
      std::vector<double> normals(static_cast<std::size_t>(count));
      Stream(seed).child(static_cast<std::uint64_t>(m)).fill_normal(normals);
      own.emplace_back(normals.begin(), normals.end());
      for (Index t = m; t < count; t += 2 * lanes) own.back()[t] = t % 3 == 0 ? Real(0) : -Real(0);
      for (Index t = 0; t < count; ++t) all[t * lanes + m] = own.back()[t];
    }
  }
};

// Bits, not values: zeros have signs.
template <class Real>
void expect_members(const std::vector<Real>& all, const std::vector<std::vector<Real>>& own) {
  const auto lanes = std::ssize(own);
  for (Index m = 0; m < lanes; ++m)
    for (Index t = 0; t < std::ssize(own[m]); ++t) {
      ASSERT_EQ(all[t * lanes + m], own[m][t]) << "number " << t << " of member " << m << " of " << lanes;
      ASSERT_EQ(std::signbit(all[t * lanes + m]), std::signbit(own[m][t]))
          << "number " << t << " of member " << m << " of " << lanes << ": " << own[m][t];
    }
}

struct Sizes {
  Index rows, columns, terms;
};
// Around tiles of 2 x 4, vectors of 2 to 16 numbers and sums in up to 4 of them.
const std::vector<Sizes> sizes = {{1, 1, 1},     {5, 3, 2},    {4, 8, 10},   {2, 16, 7},   {7, 33, 31},
                                  {16, 32, 100}, {3, 130, 64}, {9, 65, 200}, {1, 15, 256}, {6, 31, 17}};

TYPED_TEST(MemberKernel, MultipliesWhatEachMemberMultipliesAlone) {
  for (const DenseKernels<TypeParam>& kernels : dense_kernels<TypeParam>())
    for (const Sizes s : sizes)
      for (const bool from_start : {false, true}) {
        const Index lanes = kernels.lanes,
                    padded = (s.columns + kernels.panel - 1) / kernels.panel * kernels.panel;
        const Numbers<TypeParam> a(lanes, s.rows * s.terms, 1), b(lanes, s.terms * s.columns, 2),
            start(lanes, s.rows, 3), alpha(lanes, 1, 4);
        Numbers<TypeParam> c(lanes, s.rows * s.columns, 5);
        kernels.members.multiply({c.all.data(),
                                  s.rows,
                                  s.columns,
                                  s.terms,
                                  alpha.all.data(),
                                  {a.all.data(), s.terms, 1},
                                  {b.all.data(), s.columns, 1},
                                  from_start ? start.all.data() : nullptr});
        std::vector<TypeParam> panels(static_cast<std::size_t>(s.terms * padded)), work(kernels.work);
        for (Index m = 0; m < lanes; ++m) {
          kernels.pack({b.own[m].data(), s.terms, s.columns, s.columns}, panels.data());
          kernels.multiply({.c = {c.own[m].data(), s.rows, s.columns, s.columns},
                            .alpha = alpha.own[m][0],
                            .a = {a.own[m].data(), s.rows, s.terms, s.terms},
                            .panels = panels.data(),
                            .start = from_start ? start.own[m].data() : nullptr,
                            .work = work.data()});
        }
        expect_members(c.all, c.own);
      }
}

TYPED_TEST(MemberKernel, AddsUpAsEachMemberDoesAlone) {
  for (const DenseKernels<TypeParam>& kernels : dense_kernels<TypeParam>())
    for (const Sizes s : sizes) {
      const Index lanes = kernels.lanes;
      const Numbers<TypeParam> w(lanes, s.rows * s.columns, 1), x(lanes, s.columns, 2),
          start(lanes, s.rows, 3);
      Numbers<TypeParam> products(lanes, s.rows, 4), dots(lanes, s.rows, 5), combined(lanes, s.columns, 6);
      kernels.members.multiply_row({w.all.data(), s.rows, s.columns}, x.all.data(), start.all.data(),
                                   products.all.data());
      kernels.members.dot({w.all.data(), s.rows, s.columns}, x.all.data(), dots.all.data());
      kernels.members.combine({w.all.data(), s.rows, s.columns}, start.all.data(), x.all.data(),
                              combined.all.data());
      for (Index m = 0; m < lanes; ++m) {
        const TypeParam* own = w.own[m].data();
        kernels.multiply_row({own, s.rows, s.columns, s.columns}, x.own[m].data(), start.own[m].data(),
                             products.own[m].data());
        for (Index i = 0; i < s.rows; ++i)
          dots.own[m][i] = kernels.dot(own + i * s.columns, x.own[m].data(), s.columns);
        kernels.combine({own, s.rows, s.columns, s.columns}, start.own[m].data(), x.own[m][0],
                        combined.own[m].data());
      }
      expect_members(products.all, products.own);
      expect_members(dots.all, dots.own);
      expect_members(combined.all, combined.own);
    }
}

TYPED_TEST(MemberKernel, DescendsARowAsEachMemberDoesAlone) {
  for (const DenseKernels<TypeParam>& kernels : dense_kernels<TypeParam>())
    for (const Sizes s : sizes)
      for (const bool with_below : {false, true}) {
        const Index lanes = kernels.lanes;
        Numbers<TypeParam> w(lanes, s.rows * s.columns, 1), below(lanes, s.columns, 2);
        const Numbers<TypeParam> x(lanes, s.columns, 3), delta(lanes, s.rows, 4), step(lanes, 1, 5);
        kernels.members.descend_row({w.all.data(), s.rows, s.columns}, x.all.data(), delta.all.data(),
                                    step.all.data(), with_below ? below.all.data() : nullptr);
        for (Index m = 0; m < lanes; ++m)
          kernels.descend_row({w.own[m].data(), s.rows, s.columns, s.columns}, x.own[m].data(),
                              delta.own[m].data(), step.own[m][0],
                              with_below ? below.own[m].data() : nullptr);
        expect_members(w.all, w.own);
        expect_members(below.all, below.own);
      }
}

TYPED_TEST(MemberKernel, GathersScattersAndSpreads) {
  for (const DenseKernels<TypeParam>& kernels : dense_kernels<TypeParam>())
    for (const Index count : {1, 7, 16, 37}) {
      const Numbers<TypeParam> numbers(kernels.lanes, count, 1), weights(kernels.lanes, 3, 2);
      auto back = numbers.own;
      std::vector<const TypeParam*> from;
      std::vector<TypeParam*> to;
      for (auto& one : back) one.assign(one.size(), 0), to.push_back(one.data());
      for (const auto& one : numbers.own) from.push_back(one.data());
      std::vector<TypeParam> all(numbers.all.size());
      kernels.members.gather(from.data(), count, all.data());
      expect_members(all, numbers.own);
      kernels.members.scatter(all.data(), count, to.data());
      expect_members(all, back);
      std::vector<TypeParam> spread(3 * all.size());
      kernels.members.spread(weights.all.data(), all.data(), {spread.data(), 3, count});
      for (Index t = 0; t < std::ssize(spread); ++t) {
        const Index m = t % kernels.lanes, j = t / kernels.lanes % count, k = t / kernels.lanes / count;
        ASSERT_EQ(spread[t], weights.own[m][k] * numbers.own[m][j]);
      }
    }
}

}  // namespace
}  // namespace quartic::detail::members_test
