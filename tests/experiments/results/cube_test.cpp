#include "experiments/results/cube.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>

#include "core/require.hpp"
#include "tests/support/places.hpp"

namespace quartic::cube_test {
namespace {

CubeAxes small_axes() {
  return {.cells = 2, .arms = {"oracle", "flexible"}, .sizes = {10, 20, 40}, .replicates = 7};
}

// Values without pattern, with holes.
double value_at(const Slot& slot) {
  const Index mixed = 7 * slot.cell + 31 * slot.arm + 5 * slot.size + 13 * slot.replicate;
  return mixed % 5 == 0 ? nan : 0.1 + static_cast<double>(mixed * mixed % 97);
}

template <class Visit>
void for_each_slot(const CubeAxes& axes, Visit visit) {
  for (Index cell = 0; cell < axes.cells; ++cell)
    for (Index arm = 0; arm < static_cast<Index>(axes.arms.size()); ++arm)
      for (Index size = 0; size < static_cast<Index>(axes.sizes.size()); ++size)
        for (Index replicate = 0; replicate < axes.replicates; ++replicate)
          visit(Slot{cell, arm, size, replicate});
}

Cube filled_cube() {
  Cube cube(small_axes());
  for_each_slot(cube.axes(), [&](const Slot& slot) { cube.set(slot, Measure::excess_risk, value_at(slot)); });
  return cube;
}

struct Moments1 {
  double count = 0, mean = 0, standard_error = nan, geometric_mean = 0;
};

Moments1 slow_moments(const Cube& cube, Index cell, Index arm, Index size) {
  std::vector<double> kept;
  for (Index r = 0; r < cube.axes().replicates; ++r) {
    const double value = cube.at({cell, arm, size, r}, Measure::excess_risk);
    if (!std::isnan(value)) kept.push_back(value);
  }
  Moments1 result{.count = static_cast<double>(kept.size())};
  for (double value : kept) result.mean += value / result.count;
  for (double value : kept) result.geometric_mean += std::log(value) / result.count;
  double squares = 0;
  for (double value : kept) squares += (value - result.mean) * (value - result.mean);
  result.standard_error = std::sqrt(squares / (result.count - 1) / result.count);
  result.geometric_mean = std::exp(result.geometric_mean);
  return result;
}

TEST(Cube, StartsWithNothingMeasured) {
  const Cube cube(small_axes());
  for_each_slot(cube.axes(), [&](const Slot& slot) {
    EXPECT_TRUE(std::isnan(cube.at(slot, Measure::normalised_error)));
    EXPECT_TRUE(std::isnan(cube.at(slot, Measure::status)));
  });
  EXPECT_TRUE(cube.mean(0, Measure::normalised_error).array().isNaN().all());
}

TEST(Cube, KeepsEveryNumberInItsOwnSlot) {
  const Cube cube = filled_cube();
  for (Index cell = 0; cell < 2; ++cell) {
    const Matrix values = cube.measure(cell, 1, Measure::excess_risk);
    ASSERT_EQ(values.rows(), 7);
    ASSERT_EQ(values.cols(), 3);
    for (Index size = 0; size < 3; ++size)
      for (Index replicate = 0; replicate < 7; ++replicate) {
        const double expected = value_at({cell, 1, size, replicate});
        EXPECT_TRUE(values(replicate, size) == expected ||
                    (std::isnan(expected) && std::isnan(values(replicate, size))));
      }
  }
}

TEST(Cube, ReducesAsSlowLoopsDo) {
  const Cube cube = filled_cube();
  for (Index cell = 0; cell < 2; ++cell) {
    const Matrix mean = cube.mean(cell, Measure::excess_risk),
                 se = cube.standard_error(cell, Measure::excess_risk);
    const Matrix geometric = cube.geometric_mean(cell, Measure::excess_risk);
    const Matrix count = cube.count(cell, Measure::excess_risk);
    for (Index arm = 0; arm < 2; ++arm)
      for (Index size = 0; size < 3; ++size) {
        const Moments1 expected = slow_moments(cube, cell, arm, size);
        EXPECT_EQ(count(arm, size), expected.count);
        EXPECT_NEAR(mean(arm, size), expected.mean, 1e-12 * expected.mean);
        EXPECT_NEAR(se(arm, size), expected.standard_error, 1e-12 * expected.mean);
        EXPECT_NEAR(geometric(arm, size), expected.geometric_mean, 1e-12 * expected.geometric_mean);
      }
  }
}

TEST(Cube, HasNoStandardErrorForOneReplicate) {
  Cube cube({.cells = 1, .arms = {"a"}, .sizes = {5}, .replicates = 3});
  cube.set({0, 0, 0, 1}, Measure::normalised_error, 2.5);
  EXPECT_EQ(cube.mean(0, Measure::normalised_error)(0, 0), 2.5);
  EXPECT_TRUE(std::isnan(cube.standard_error(0, Measure::normalised_error)(0, 0)));
}

TEST(Cube, CountsTheFitsThatEndedSo) {
  Cube cube({.cells = 2, .arms = {"a", "b"}, .sizes = {5, 10}, .replicates = 3});
  for (const Slot slot : {Slot{0, 1, 0, 2}, Slot{1, 1, 1, 0}, Slot{1, 0, 1, 0}})
    cube.set(slot, Measure::status, static_cast<double>(FitStatus::diverged));
  cube.set({0, 0, 0, 0}, Measure::status, static_cast<double>(FitStatus::failed));
  EXPECT_EQ(cube.count(1, FitStatus::diverged), 2);
  EXPECT_EQ(cube.count(FitStatus::diverged), 3);
  EXPECT_EQ(cube.count(FitStatus::failed), 1);
  EXPECT_EQ(cube.count(FitStatus::converged), 0);
}

TEST(Cube, LeavesDivergedFitsOutOfAveragesOfErrorsAndComputing) {
  Cube cube({1, {"a"}, {10}, 3});
  for (Index r = 0; r < 3; ++r) {
    const Slot slot{.replicate = r};
    cube.set(slot, Measure::normalised_error, r == 1 ? 1e6 : 1. + static_cast<double>(r));
    cube.set(slot, Measure::fit_flops, r == 1 ? 1 : 7);
    cube.set(slot, Measure::theory, 0.5);
    cube.set(slot, Measure::status,
             static_cast<double>(r == 1 ? FitStatus::diverged : FitStatus::iteration_limit));
  }
  EXPECT_EQ(cube.mean(0, Measure::normalised_error)(0, 0), 2);
  EXPECT_EQ(cube.count(0, Measure::normalised_error)(0, 0), 2);
  EXPECT_DOUBLE_EQ(cube.geometric_mean(0, Measure::normalised_error)(0, 0), std::sqrt(3.));
  EXPECT_EQ(cube.mean(0, Measure::fit_flops)(0, 0), 7) << "what it cost to diverge is no cost of learning";
  EXPECT_EQ(cube.count(0, Measure::theory)(0, 0), 3) << "theory is of the truth";
  EXPECT_TRUE(std::isnan(cube.error({.replicate = 1})));
  EXPECT_EQ(cube.error({.replicate = 2}), 3);
  EXPECT_EQ(cube.at({.replicate = 1}, Measure::normalised_error), 1e6) << "the record keeps it";
}

TEST(Cube, FindsArmsAndSizes) {
  const Cube cube(small_axes());
  EXPECT_EQ(cube.arm("flexible"), 1);
  EXPECT_EQ(cube.size(40), 2);
  EXPECT_EQ(cube.size(30), -1);
  try {
    cube.arm("flexibel");
    FAIL() << "an unknown arm was found";
  } catch (const InvalidInput& error) {
    EXPECT_NE(std::string(error.what()).find("\"flexible\""), std::string::npos) << error.what();
  }
}

TEST(Cube, KnowsWhichFurtherSizesAnArmWasGiven) {
  CubeAxes axes = small_axes();
  axes.further = {axes.sizes.back()};
  Cube cube(axes);
  const Index last = std::ssize(axes.sizes) - 1;
  EXPECT_EQ(cube.largest_size(), last - 1);
  EXPECT_TRUE(cube.leaves_out({1, 0, last, 0}));
  EXPECT_FALSE(cube.leaves_out({1, 0, 0, 0})) << "nothing ran there, but every arm was given it";
  cube.set({1, 0, last, 3}, Measure::status, static_cast<double>(FitStatus::failed));
  EXPECT_FALSE(cube.leaves_out({1, 0, last, 0}));
  EXPECT_TRUE(cube.leaves_out({0, 0, last, 0}));
  EXPECT_EQ(Cube(small_axes()).largest_size(), last);
}

TEST(Cube, WritesAFileThatNumpyReads) {
  const Cube cube = filled_cube();
  std::ostringstream out;
  cube.write_npy(out);
  const std::string file = out.str();
  ASSERT_EQ(file.substr(0, 8), std::string("\x93NUMPY\x01\x00", 8));
  const std::size_t header = static_cast<unsigned char>(file[8]) + 256u * static_cast<unsigned char>(file[9]);
  const std::string description = file.substr(10, header);
  EXPECT_EQ((10 + header) % 16, 0u);
  EXPECT_NE(description.find("'descr': '<f8'"), std::string::npos) << description;
  EXPECT_NE(description.find("'fortran_order': False"), std::string::npos) << description;
  EXPECT_NE(description.find("'shape': (2, 2, 3, 7, 12)"), std::string::npos) << description;
  ASSERT_EQ(file.size(), 10 + header + 2 * 2 * 3 * 7 * 12 * sizeof(double));
  double value = 0;  // cell 1, arm 1, size 2, replicate 3, measure excess_risk
  std::memcpy(&value, file.data() + 10 + header + ((((1 * 2 + 1) * 3 + 2) * 7 + 3) * 12 + 1) * sizeof(double),
              8);
  EXPECT_EQ(value, value_at({1, 1, 2, 3}));
}

TEST(Cube, LabelsItsAxes) {
  const std::string labels = Cube(small_axes()).labels_json();
  for (const char* word : {"oracle", "normalised_error", "replicate", "40", "schema_version"})
    EXPECT_NE(labels.find(word), std::string::npos) << word;
  EXPECT_EQ(labels.find("3.0"), std::string::npos);
}

TEST(Cube, SaysHowManyBytesItTakes) {
  EXPECT_EQ(Cube::bytes(small_axes()), 2 * 2 * 3 * 7 * 12 * 8.0);
}

TEST(Cube, TakesOfEachFitWhatThePageOfClustersSays) {
  const auto bytes = static_cast<Index>(Cube::bytes({.arms = {"one"}, .sizes = {10}, .replicates = 1}));
  std::ifstream file(testing::source_folder() + "/docs/cluster.md");
  const std::string page(std::istreambuf_iterator<char>(file), {});
  EXPECT_NE(page.find("holds " + std::to_string(bytes) + " bytes of memory a fit"), std::string::npos)
      << bytes;
}

}  // namespace
}  // namespace quartic::cube_test
