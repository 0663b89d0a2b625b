#include "experiments/results/cube_file.hpp"

#include <cstring>
#include <sstream>

#include "core/require.hpp"

namespace quartic {

namespace {

/// Where the numbers begin.
std::size_t find_values(std::string_view bytes, const Cube& like) {
  std::ostringstream written;
  like.write_npy(written);
  const std::string expected = written.str();
  const std::size_t first = expected.size() - like.values().size_bytes();
  require(bytes.size() == expected.size() &&
              bytes.substr(0, first) == std::string_view(expected).substr(0, first),
          "these bytes are no cube of " + std::to_string(like.values().size()) +
              " numbers (their length or their first line says so). Run the study again.");
  return first;
}

}  // namespace

Cube read_npy(std::string_view bytes, const CubeAxes& axes) {
  Cube cube(axes);
  const char* next = bytes.data() + find_values(bytes, cube);
  Slot slot;
  for (slot.cell = 0; slot.cell < axes.cells; ++slot.cell)
    for (slot.arm = 0; slot.arm < std::ssize(axes.arms); ++slot.arm)
      for (slot.size = 0; slot.size < std::ssize(axes.sizes); ++slot.size)
        for (slot.replicate = 0; slot.replicate < axes.replicates; ++slot.replicate)
          for (Index measure = 0; measure < measure_count; ++measure, next += sizeof(double)) {
            double value = 0;
            std::memcpy(&value, next, sizeof value);
            cube.set(slot, static_cast<Measure>(measure), value);
          }
  return cube;
}

}  // namespace quartic
