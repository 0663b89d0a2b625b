#pragma once
/// Normals of a stream in bulk, with the same bits on every instruction set.
///
/// Normal j of the family (key, high) is a pure function of j, with one 32-bit word w_j each:
///     (w_4b, ..., w_4b+3) = Philox4x32-10(counter = (b low, b high, high low, high high), key)
///     u_j = (w_j + 1/2) / 2^32,   r = sqrt(-2 log u_2k)
///     z_2k = r cos(2 pi u_2k+1),   z_2k+1 = r sin(2 pi u_2k+1)
/// (Box & Muller 1958). log, cos and sin are polynomials in plain double arithmetic without fused
/// multiply-adds, in one order of operations for every width of vector. Errors: -2 log u below 8e-16
/// relative, cos and sin below 3e-16 absolute, z below 3e-15 absolute. |z| <= sqrt(66 log 2) = 6.76.
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/machine/processor.hpp"
#include "core/random/philox.hpp"

namespace quartic::detail {

/// The two words of Philox's key and the upper half of its counter.
struct PhiloxFamily {
  PhiloxKey key{};
  std::uint64_t high = 0;
};

/// True where this build has kernels for it and the processor has it. Baseline is always there.
bool is_available(InstructionSet set);
InstructionSet best_instruction_set();

/// out[i] = normal number first + i.
void fill_normals(InstructionSet set, const PhiloxFamily& family, std::uint64_t first, std::span<double> out);
/// out[i] = normal number positions[i]. Precondition: sizes agree.
void gather_normals(InstructionSet set, const PhiloxFamily& family, std::span<const std::ptrdiff_t> positions,
                    std::span<double> out);

/// The pieces on their own, for tests: exactly what the scalar path computes.
double minus_two_log(std::uint32_t word);  ///< -2 log((word + 1/2) / 2^32)
struct CosSin {
  double cos, sin;
};
CosSin cos_sin(std::uint32_t word);  ///< of 2 pi (word + 1/2) / 2^32

}  // namespace quartic::detail
