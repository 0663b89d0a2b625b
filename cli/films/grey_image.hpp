#pragma once
/// Pictures in shades of grey.
#include <cstdint>
#include <string>

#include "core/types.hpp"

namespace quartic {

/// Height x width, top line first; 0 is black, 255 white.
using GreyImage = Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The bytes of a PNG file with 8 bits a pixel: the same for the same picture.
std::string png_bytes(const GreyImage& image);

}  // namespace quartic
