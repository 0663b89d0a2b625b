#include "cli/films/grey_image.hpp"

#include <png.h>

#include <stdexcept>

namespace quartic {

// libpng counts in 32 bits; a picture that small always fits.
std::string png_bytes(const GreyImage& image) {
  png_image head{};
  head.version = PNG_IMAGE_VERSION;
  head.width = static_cast<png_uint_32>(image.cols());
  head.height = static_cast<png_uint_32>(image.rows());
  head.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = 0;
  std::string bytes;
  const auto write = [&](void* to) {
    if (png_image_write_to_memory(&head, to, &size, 0, image.data(), 0, nullptr) == 0)
      throw std::runtime_error(std::string("libpng: ") + head.message);
  };
  write(nullptr);  // asks for the size
  bytes.resize(size);
  write(bytes.data());
  return bytes;
}

}  // namespace quartic
