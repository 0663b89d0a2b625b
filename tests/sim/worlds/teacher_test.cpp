#include "sim/worlds/teacher.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/support/pool_world.hpp"

namespace quartic::teacher_test {
namespace {

using support::answers;
using support::fact;
using support::first_columns;

const double pi = std::acos(-1);

// Each of two units looks at one column: answers by hand.
Teacher two_columns(const char* activation) {
  return {.candidates = 2,
          .relevant = 2,
          .hidden = 2,
          .activation = activation,
          .weights = "coordinates",
          .coefficients = "decay(1)",
          .signal = 0,
          .support = "first"};
}

TEST(Teacher, AnswersAreWeightedSumsOfUnitsLessTheirMean) {
  const Truth relu = two_columns("relu").draw(Stream(1)), erf = two_columns("erf").draw(Stream(1)),
              tanh = two_columns("tanh").draw(Stream(1)), linear = two_columns("linear").draw(Stream(1));
  const Matrix z = first_columns(relu, 30);
  for (Index i = 0; i < 30; ++i) {
    const double u = z(i, 0), v = z(i, 1);
    EXPECT_NEAR(answers(relu, 30)[i], std::max(u, 0.) + std::max(v, 0.) / 2 - 1.5 / std::sqrt(2 * pi), 1e-15);
    EXPECT_NEAR(answers(erf, 30)[i], std::erf(u / std::sqrt(2)) + std::erf(v / std::sqrt(2)) / 2, 1e-15);
    EXPECT_NEAR(answers(tanh, 30)[i], std::tanh(u) + std::tanh(v) / 2, 1e-15);
    EXPECT_NEAR(answers(linear, 30)[i], u + v / 2, 1e-15);
  }
}

TEST(Teacher, SignalsOfSeparateUnitsAreSums) {
  EXPECT_NEAR(fact(two_columns("linear").draw(Stream(1)), "signal"), 1.25, 1e-15);
  EXPECT_NEAR(fact(two_columns("erf").draw(Stream(1)), "signal"), 1.25 / 3, 1e-15);
  EXPECT_NEAR(fact(two_columns("relu").draw(Stream(1)), "signal"), 1.25 * (0.5 - 1 / (2 * pi)), 1e-15);
}

TEST(Teacher, LinearTeachersLeaveNothingToLinearRules) {
  const Truth truth = two_columns("linear").draw(Stream(1));
  EXPECT_NEAR(fact(truth, "nonlinear"), 0, 1e-15);
  EXPECT_NEAR(*truth.excess_risk({(Vector(2) << 1, 0.5).finished(), 0.5}), 0.25, 1e-15);
}

TEST(Teacher, TheBestLinearRuleOfReluUnitsIsHalfOfThem) {
  const Truth truth = two_columns("relu").draw(Stream(1));
  EXPECT_NEAR(*truth.excess_risk({(Vector(2) << 0.5, 0.25).finished()}), 1.25 * (0.25 - 1 / (2 * pi)), 1e-15);
  EXPECT_NEAR(fact(truth, "nonlinear"), 1.25 * (0.25 - 1 / (2 * pi)), 1e-15);
}

// T = I and unit outputs: the error of a student that answers 0 is M/2 (2/pi) asin(1/2) = M/6.
TEST(Teacher, ServesTheSettingOfSaadAndSolla) {
  const Truth truth = Teacher{.candidates = 80,
                              .relevant = 80,
                              .hidden = 3,
                              .activation = "erf",
                              .weights = "orthonormal",
                              .coefficients = "equal",
                              .signal = 0,
                              .support = "first",
                              .noise = 0.1}
                          .draw(Stream(3));
  EXPECT_NEAR(fact(truth, "signal") / 2, 0.5, 1e-14);
  EXPECT_EQ(fact(truth, "noise"), 0.1);
  EXPECT_NEAR(fact(truth, "nonlinear"), 1 - 3 / pi, 1e-14);
}

TEST(Teacher, OneUnitMakesItsLargestWeightTheMostImportant) {
  const Truth truth =
      Teacher{.candidates = 6, .relevant = 6, .hidden = 1, .activation = "linear", .coefficients = "equal"}
          .draw(Stream(4));
  std::vector<double> risks;  // of the best rule that uses one column alone
  for (const Index column : truth.relevant()) {
    const double forward = *truth.excess_risk({Vector::Unit(6, column)});
    const double backward = *truth.excess_risk({-Vector::Unit(6, column)});
    risks.push_back(-std::abs(forward - backward));
  }
  EXPECT_TRUE(std::is_sorted(risks.begin(), risks.end()));
}

TEST(Teacher, MoreUnitsKeepTheFirst) {
  const auto draw = [](Index hidden) {
    return Teacher{.hidden = hidden, .activation = "linear", .signal = 0}.draw(Stream(5));
  };
  const Vector two = answers(draw(2), 10), three = answers(draw(3), 10), four = answers(draw(4), 10);
  EXPECT_NE(two, three);
  EXPECT_NE(three, four);
  EXPECT_EQ(draw(2).relevant().size(), 10);
}

TEST(Teacher, RefusesTruthsThatCancel) {
  const Teacher world = {.relevant = 1, .hidden = 2, .activation = "linear"};
  int refused = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    refused += support::thrown_message([&] { world.draw(Stream(seed)); })
                       .starts_with(
                           "the truth that was drawn has "
                           "variance 0 (its parts cancel")
                   ? 1
                   : 0;
  EXPECT_GT(refused, 0);
  EXPECT_LT(refused, 20);
}

TEST(Teacher, LargerPoolsKeepEverything) {
  support::expect_larger_pools_to_keep_everything(Teacher{});
}

TEST(Teacher, SignalAndNoiseAreSettable) {
  for (const char* activation : {"linear", "relu", "tanh", "erf"})
    support::expect_signal_and_noise_to_be_settable(Teacher{.activation = activation});
}

TEST(Teacher, KeepsItsGoldenValues) {
  const Truth relu = Teacher{}.draw(Stream(1)), tanh = Teacher{.activation = "tanh"}.draw(Stream(1));
  EXPECT_EQ(relu.relevant(), (std::vector<Index>{49, 41, 31, 21, 24, 29, 38, 39, 17, 43}));
  EXPECT_EQ(relu.y({0, 2}, Stream(2)),
            (Vector(2) << -0x1.298257d44ab68p+0, -0x1.e07d6848d0003p-1).finished());
  EXPECT_EQ(tanh.y({0, 2}, Stream(2)),
            (Vector(2) << -0x1.ef17d44848725p+0, -0x1.4191ad60f95dap+0).finished());
  const Truth erf =
      Teacher{.activation = "erf", .weights = "orthonormal", .coefficients = "gaussian", .signal = 0}.draw(
          Stream(1));
  EXPECT_EQ(erf.y({0, 2}, Stream(2)), (Vector(2) << 0x1.e2235ddae99p-8, 0x1.03b4f92c44855p+1).finished());
}

TEST(Teacher, RefusesOptionsThatNoTableCanHave) {
  support::expect_refusals<Teacher>(
      {{{.candidates = 0},
        "candidates = 0 (a truth has from 1 to 1000000000 columns). Give a whole number from 1 to 1000000000."},
       {{.relevant = 60},
        "relevant = 60 (there are only 50 candidates). Lower relevant or raise candidates."},
       {{.hidden = 0}, "hidden = 0 (from 1 to 1000 can be drawn). Give a whole number from 1 to 1000."},
       {{.activation = "sigmoid"},
        "activation = \"sigmoid\" (it understands linear, relu, tanh, erf). Write one of these."},
       {{.hidden = 11, .weights = "orthonormal"},
        "hidden = 11 (no more directions than relevant columns, here 10, can be orthonormal). Raise "
        "relevant, or lower hidden."},
       {{.weights = "coordinates"},
        "hidden = 4 (with weights = \"coordinates\" each is one of the relevant columns, and there are 10). "
        "Set "
        "relevant = 4."},
       {{.noise = 1, .signal_to_noise = 4},
        "noise = 1 and signal_to_noise = 4 are both given (each alone sets the noise). Give one of them."},
       {{.coefficients = "equals"},
        "coefficients = \"equals\" (it understands equal, gaussian, signs, decay(exponent), linear(from, to), halving(equal)). Did you mean "
        "\"equal\"?"}});
}

}  // namespace
}  // namespace quartic::teacher_test
