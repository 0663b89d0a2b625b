#include "core/data.hpp"

#include <gtest/gtest.h>

#include <array>

#include "core/require.hpp"

namespace quartic::data_test {
namespace {

Matrix counted(Index rows, Index columns) {
  Matrix x(rows, columns);
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < columns; ++j) x(i, j) = static_cast<double>(100 * i + j);
  return x;
}

Data sample() {
  return {counted(5, 4), Vector::LinSpaced(5, 0, 4)};
}
Data single_sample() {
  return {MatrixF(counted(5, 4).cast<float>()), Vector::LinSpaced(5, 0, 4)};
}

TEST(Data, KnowsItsShapeAndItsTask) {
  const Data data(counted(3, 2), Vector::Ones(3), Task::classification);
  EXPECT_EQ(data.rows(), 3);
  EXPECT_EQ(data.columns(), 2);
  EXPECT_EQ(data.task(), Task::classification);
  EXPECT_EQ(single_sample().columns(), 4);
}

TEST(Data, ACopySharesTheNumbers) {
  const Data data = sample();
  // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): the copy is what is tested
  const Data copy = data;
  EXPECT_EQ(copy.dense().data(), data.dense().data());
  EXPECT_EQ(copy.y().data(), data.y().data());
}

TEST(Data, APrefixIsAViewOfTheFirstRows) {
  const Data data = sample();
  const Data first = data.prefix(3);
  EXPECT_EQ(first.rows(), 3);
  EXPECT_EQ(first.y().size(), 3);
  EXPECT_EQ(first.dense().data(), data.dense().data());
  EXPECT_EQ(first.dense(), data.dense().topRows(3));
  EXPECT_EQ(first.prefix(2).rows(), 2);
}

TEST(Data, SourcesFollowWhatIsDoneToColumnsAndLabelsNotToRows) {
  const Data source(counted(7, 4), Vector::Ones(7), Task::classification);
  const Data data = Data(counted(5, 4), Vector::Ones(5), Task::classification).with_sources({source, source});
  EXPECT_TRUE(sample().sources().empty());
  ASSERT_EQ(data.prefix(2).sources().size(), 2);
  EXPECT_EQ(data.prefix(2).sources()[1].rows(), 7);
  const Data restricted = data.restrict(std::array<Index, 2>{3, 1});
  ASSERT_EQ(restricted.sources().size(), 2);
  EXPECT_EQ(restricted.sources()[0].dense()(2, 0), 203);
  const Data real = data.with_real_labels();
  EXPECT_EQ(real.sources()[0].task(), Task::regression);
  EXPECT_EQ(real.sources()[0].y()(0), 0.5);
  EXPECT_THROW(data.with_sources({sample().restrict(std::array<Index, 1>{0})}), InvalidInput);
}

TEST(Data, APrefixMayBeEmptyOrWhole) {
  EXPECT_EQ(sample().prefix(0).rows(), 0);
  EXPECT_EQ(sample().prefix(5).dense(), sample().dense());
}

TEST(Data, APrefixOutlivesTheDataItCameFrom) {
  auto whole = std::make_unique<Data>(sample());
  const Data first = whole->prefix(2);
  whole.reset();
  EXPECT_EQ(first.dense()(1, 3), 103);
}

TEST(Data, RefusesAPrefixBeyondItsRows) {
  EXPECT_THROW(sample().prefix(6), InvalidInput);
  EXPECT_THROW(sample().prefix(-1), InvalidInput);
  EXPECT_THROW(sample().prefix(3).prefix(4), InvalidInput);
}

TEST(Data, RestrictGathersColumnsInTheOrderAsked) {
  const std::array<Index, 3> wanted = {3, 0, 3};
  for (const Data& data : {sample(), single_sample()}) {
    const Data some = data.prefix(4).restrict(wanted);
    EXPECT_EQ(some.rows(), 4);
    EXPECT_EQ(some.columns(), 3);
    EXPECT_EQ(some.is_dense(), data.is_dense());
    EXPECT_EQ(some.y(), data.prefix(4).y());
    Matrix expected(4, 3);
    expected << 3, 0, 3, 103, 100, 103, 203, 200, 203, 303, 300, 303;
    EXPECT_EQ(some.block({0, 4}, {0, 3}), expected);
  }
}

TEST(Data, RestrictKeepsTheTask) {
  const Data labelled(counted(2, 2), Vector::Zero(2), Task::classification);
  EXPECT_EQ(labelled.restrict(std::array<Index, 1>{1}).task(), Task::classification);
}

TEST(Data, RestrictToNothingKeepsTheRows) {
  const Data none = sample().restrict({});
  EXPECT_EQ(none.rows(), 5);
  EXPECT_EQ(none.columns(), 0);
}

TEST(Data, RefusesColumnsItDoesNotHave) {
  EXPECT_THROW(sample().restrict(std::array<Index, 2>{0, 4}), InvalidInput);
  EXPECT_THROW(sample().restrict(std::array<Index, 1>{-1}), InvalidInput);
}

TEST(Data, ABlockIsACopyAsDoubleHoweverXIsHeld) {
  const Matrix expected = counted(5, 4).block(1, 2, 3, 2);
  EXPECT_EQ(sample().block({1, 3}, {2, 2}), expected);
  EXPECT_EQ(single_sample().block({1, 3}, {2, 2}), expected);
}

TEST(Data, SinglePrecisionIsNotDense) {
  EXPECT_TRUE(sample().is_dense());
  EXPECT_FALSE(single_sample().is_dense());
}

TEST(Data, RefusesLabelsThatDoNotMatchTheRows) {
  EXPECT_THROW(Data(counted(3, 2), Vector::Ones(2)), InvalidInput);
  EXPECT_THROW(Data(MatrixF(counted(3, 2).cast<float>()), Vector::Ones(4)), InvalidInput);
}

TEST(Data, ClassesBecomeNumbersAroundZeroAndShareTheirRows) {
  const Data classes(counted(3, 2), Vector{{0, 1, 1}}, Task::classification);
  const Data numbers = classes.with_real_labels();
  EXPECT_EQ(numbers.task(), Task::regression);
  EXPECT_EQ(numbers.y(), (Vector{{-0.5, 0.5, 0.5}}));
  EXPECT_EQ(numbers.dense().data(), classes.dense().data());
  EXPECT_EQ(classes.prefix(2).with_real_labels().y(), (Vector{{-0.5, 0.5}}));
  EXPECT_EQ(numbers.with_real_labels().y(), numbers.y()) << "numbers stay as they are";
}

TEST(DenseView, IsNoCopyWhereTheDataAreDense) {
  const Data data = sample();
  EXPECT_EQ(DenseView(data).matrix().data(), data.dense().data());
}

TEST(DenseView, ConvertsSinglePrecision) {
  EXPECT_EQ(DenseView(single_sample().prefix(3)).matrix(), counted(3, 4));
}

TEST(DenseView, ACopyOutlivesTheOriginal) {
  auto original = std::make_unique<DenseView>(single_sample());
  const DenseView copy = *original;
  original.reset();
  EXPECT_EQ(copy.matrix(), counted(5, 4));
}

}  // namespace
}  // namespace quartic::data_test
