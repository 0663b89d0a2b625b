#pragma once
/// PNG files read back by libpng.
#include <png.h>

#include <stdexcept>
#include <string>

#include "cli/films/grey_image.hpp"

namespace quartic::testing {

inline GreyImage read_png(const std::string& bytes) {
  png_image head{};
  head.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&head, bytes.data(), bytes.size()) == 0)
    throw std::runtime_error(head.message);
  head.format = PNG_FORMAT_GRAY;
  GreyImage image(head.height, head.width);
  if (png_image_finish_read(&head, nullptr, image.data(), 0, nullptr) == 0)
    throw std::runtime_error(head.message);
  return image;
}

}  // namespace quartic::testing
