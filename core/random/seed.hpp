#pragma once
/// Seeds that people can remember.
#include <cstdint>
#include <string_view>

namespace quartic {

/// 32-bit FNV-1a of the bytes of a word: s = 2166136261, then s = (s xor byte) 16777619 mod 2^32 for each byte.
std::uint32_t seed_from(std::string_view word);

}  // namespace quartic
