#include "tests/fuzz/inputs.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  quartic::fuzz::read_study({reinterpret_cast<const char*>(data), size});
  return 0;
}
