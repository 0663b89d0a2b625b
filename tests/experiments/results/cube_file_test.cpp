#include "experiments/results/cube_file.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <sstream>

#include "core/require.hpp"

namespace quartic::cube_file_test {
namespace {

const CubeAxes axes{.cells = 2, .arms = {"a", "b", "c"}, .sizes = {10, 20}, .replicates = 5};

std::string npy_of(const Cube& cube) {
  std::ostringstream out;
  cube.write_npy(out);
  return out.str();
}

TEST(CubeFile, IsReadAsItWasWritten) {
  Cube cube(axes);
  cube.set({1, 2, 1, 4}, Measure::status, 3);
  cube.set({0, 1, 0, 2}, Measure::excess_risk, 0.25);
  const Cube read = read_npy(npy_of(cube), axes);
  ASSERT_EQ(read.values().size(), cube.values().size());
  EXPECT_EQ(std::memcmp(read.values().data(), cube.values().data(), cube.values().size_bytes()), 0);
}

TEST(CubeFile, IsRefusedWhereItIsAnothers) {
  const std::string bytes = npy_of(Cube(axes));
  CubeAxes others = axes;
  others.sizes = {10, 20, 30};
  EXPECT_THROW(read_npy(bytes, others), InvalidInput);
  others = axes;
  std::swap(others.cells, others.replicates);  // as many numbers
  EXPECT_THROW(read_npy(bytes, others), InvalidInput);
  EXPECT_THROW(read_npy(bytes.substr(0, bytes.size() - 1), axes), InvalidInput);
  EXPECT_THROW(read_npy("", axes), InvalidInput);
}

}  // namespace
}  // namespace quartic::cube_file_test
