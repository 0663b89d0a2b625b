#include "laws/curves/contradiction.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"

namespace quartic::detail::contradiction_test {
namespace {

/// Replicates of a law at so many sizes over two decades, log-normal and alike at neighbouring sizes by
/// `memory`.
LawEvidence measured(const Law& law, Index sizes, double spread, double memory = 0) {
  constexpr Index replicates = 20;
  LawEvidence made{{Vector(sizes), Vector(sizes), Vector::Constant(sizes, replicates / spread / spread)},
                   Matrix(replicates, sizes),
                   replicates};
  Stream stream(9);
  for (Index r = 0; r < replicates; ++r)
    for (Index k = 0; k < sizes; ++k)
      made.influences(r, k) = (k > 0 ? memory * made.influences(r, k - 1) : 0) +
                              std::sqrt(1 - memory * memory) * spread * stream.normal() / replicates;
  const Vector means = made.influences.colwise().sum();
  for (Index k = 0; k < sizes; ++k) {
    made.points.sizes[k] = 100 * std::pow(100, static_cast<double>(k) / static_cast<double>(sizes - 1));
    made.points.values[k] = law.at(made.points.sizes[k]) * std::exp(means[k]);
  }
  made.influences.rowwise() -= means.transpose() / replicates;
  return made;
}

const Law straight{.form = LawForm::power, .scale = 3, .exponent = 1};
const Law floored{.form = LawForm::floor, .scale = 3, .exponent = 1, .floor = 0.0003};
const Law shifted{.form = LawForm::offset, .scale = 3, .exponent = 1, .offset = 80};

TEST(Contradiction, IsOfTheFormsThatMissTheBend) {
  const Contradiction of_power(measured(straight, 10, 0.1)), of_floor(measured(floored, 10, 0.1)),
      of_offset(measured(shifted, 10, 0.1));
  for (const LawForm form : {LawForm::power, LawForm::floor, LawForm::offset})
    EXPECT_GT(of_power.p(form), 0.02) << to_string(form);
  EXPECT_LT(of_floor.p(LawForm::power), 1e-3);
  EXPECT_GT(of_floor.p(LawForm::floor), 0.02);
  EXPECT_LT(of_floor.p(LawForm::offset), 0.01);
  EXPECT_LT(of_offset.p(LawForm::power), 1e-3);
  EXPECT_LT(of_offset.p(LawForm::floor), 1e-3);
  EXPECT_GT(of_offset.p(LawForm::offset), 0.02);
}

TEST(Contradiction, IsNoneBetweenFewSizes) {
  const Contradiction few(measured(floored, 5, 0.001));
  for (const LawForm form : {LawForm::power, LawForm::floor, LawForm::offset}) EXPECT_EQ(few.p(form), 1);
}

/// Replicates that bend at either end as the averages do leave them undecided.
TEST(Contradiction, IsNoneWhereReplicatesScatterInTheSameWay) {
  LawEvidence evidence = measured(floored, 10, 0.01);
  EXPECT_LT(Contradiction(evidence).p(LawForm::power), 1e-4);
  for (Index r = 0; r < evidence.influences.rows(); ++r)
    for (Index k = 0; k < evidence.influences.cols(); ++k)
      evidence.influences(r, k) +=
          (r % 4 < 2 ? 0.5 : -0.5) * std::exp(-0.5 * static_cast<double>(r % 2 == 0 ? k : 9 - k));
  EXPECT_GT(Contradiction(evidence).p(LawForm::power), 0.01);
}

TEST(Contradiction, IsNoneWhereNoFormFits) {
  LawEvidence evidence = measured(straight, 10, 0.001);
  for (Index k = 0; k < 10; ++k)
    evidence.points.values[k] *= std::exp(0.05 * std::sin(2.5 * static_cast<double>(k)));
  EXPECT_GT(Contradiction(evidence).p(LawForm::power), 0.02);
}

TEST(Contradiction, OfRowsThatStandForThemselvesIsThatOfTheirResiduals) {
  LawEvidence evidence = measured(floored, 12, 0.05);
  evidence.influences = {};
  EXPECT_LT(Contradiction(evidence).p(LawForm::power), 0.01);
  EXPECT_GT(Contradiction(evidence).p(LawForm::floor), 0.01);
  evidence.floor = 0.0003;
  EXPECT_EQ(Contradiction(evidence).widest(), LawForm::offset);
  EXPECT_GT(Contradiction(evidence).p(LawForm::power), 0.01);
}

}  // namespace
}  // namespace quartic::detail::contradiction_test
