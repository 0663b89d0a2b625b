#pragma once
/// cube.npy read back.
#include <string_view>

#include "experiments/results/cube.hpp"

namespace quartic {

/// The cube of these bytes, which Cube::write_npy wrote of one with these axes. Throws InvalidInput for any others.
Cube read_npy(std::string_view bytes, const CubeAxes& axes);

}  // namespace quartic
