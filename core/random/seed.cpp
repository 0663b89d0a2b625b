#include "core/random/seed.hpp"

namespace quartic {

std::uint32_t seed_from(std::string_view word) {
  std::uint32_t hash = 2166136261U;
  for (const char c : word) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 16777619U;
  }
  return hash;
}

}  // namespace quartic
