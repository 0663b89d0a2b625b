#pragma once
/// The arithmetic of core/random/normal.hpp, written once for any width of vector; included only by
/// core/normal*.cpp, each of which compiles it for its own instruction set. Lanes names the types: Bits
/// (unsigned 64-bit integers) and Real (doubles) of `width` elements each, how many vectors are
/// `interleaved`, how to load and store them, and two operations: multiply_low (64-bit products with the low
/// 32 bits of each lane) and square_root.
#include <cstddef>
#include <cstdint>

#include "core/random/philox.hpp"

namespace quartic::detail {

/// What every instruction set offers: whole blocks in order, and pairs at scattered places.
struct NormalKernels {
  std::size_t blocks;  ///< of four normals, written by one call of fill
  std::size_t pairs;   ///< evaluated by one call of gather
  /// out[0 .. 4 blocks count) = normals from 4 first_block on.
  void (*fill)(PhiloxKey key, std::uint64_t high, std::uint64_t first_block, std::size_t count, double* out);
  /// out[i] = normal number positions[i], i < pairs.
  void (*gather)(PhiloxKey key, std::uint64_t high, const std::ptrdiff_t* positions, double* out);
};

template <class Lanes>
struct NormalKernel {
  using Bits = typename Lanes::Bits;
  using Real = typename Lanes::Real;
  static constexpr std::size_t width = Lanes::width;
  static constexpr std::size_t interleaved = Lanes::interleaved;

  struct Pair {
    Real first, second;
  };
  /// Four random words a lane; the upper halves of the lanes hold rubbish.
  struct Words {
    Bits word[4];
  };

  [[gnu::always_inline]] static Bits bits(Real x) { return __builtin_bit_cast(Bits, x); }
  [[gnu::always_inline]] static Real real(Bits x) { return __builtin_bit_cast(Real, x); }
  /// The number 2^52 + (x mod 2^32).
  [[gnu::always_inline]] static Real above_2_52(Bits x) {
    return real((x & 0xFFFFFFFFu) | 0x4330000000000000u);
  }

  /// One round of Philox on `interleaved` independent vectors, which hide each other's latency.
  [[gnu::always_inline]] static void philox_round(Words (&x)[interleaved], PhiloxKey key) {
    for (Words& w : x) {
      const Bits product_0 = Lanes::multiply_low(w.word[0], philox_multiplier_0);
      const Bits product_1 = Lanes::multiply_low(w.word[2], philox_multiplier_1);
      w = {{(product_1 >> 32) ^ w.word[1] ^ key[0], product_1, (product_0 >> 32) ^ w.word[3] ^ key[1],
            product_0}};
    }
  }

  [[gnu::always_inline]] static void philox_all(Words (&x)[interleaved], PhiloxKey key) {
    for (int round = 0; round < philox_rounds; ++round) {
      philox_round(x, key);
      key = {key[0] + philox_weyl_0, key[1] + philox_weyl_1};
    }
  }

  [[gnu::always_inline]] static Words counters(Bits block, std::uint64_t high) {
    return {{block, block >> 32, block * 0 + high, block * 0 + (high >> 32)}};
  }

  /// -2 log((w + 1/2) / 2^32). With w + 1/2 = 2^k m, m in [sqrt 1/2, sqrt 2), s = (m - 1)/(m + 1):
  /// log m = 2 atanh s, an odd polynomial in s (minimax, relative error 1.9e-16).
  [[gnu::always_inline]] static Real minus_two_log(Bits word) {
    constexpr std::uint64_t root_half = 0x3FE6A09E00000000u, one = 0x3FF0000000000000u;
    const Bits shifted = bits(above_2_52(word) - (0x1p52 - 0.5)) + (one - root_half);
    const Real m = real((shifted & 0x000FFFFFFFFFFFFFu) + root_half);
    const Real k = real((shifted >> 52) | 0x4330000000000000u) - (0x1p52 + 1023 + 32);
    const Real s = (m - 1.0) / (m + 1.0);
    const Real z = s * s;
    const Real p =
        -1.3333333333317432 +
        z * (-0.8000000010460201 +
             z * (-0.5714283424994663 +
                  z * (-0.4444674409638158 + z * (-0.3624726030715487 + z * -0.3363995547748214))));
    return k * -1.3862943611198906 + s * (z * p - 4.0);
  }

  /// cos and sin of 2 pi (w + 1/2) / 2^32: the top bits choose the quadrant, the rest is an angle x in
  /// [-pi/4, pi/4] (minimax polynomials, relative errors 8e-17 and 4e-18).
  [[gnu::always_inline]] static Pair cos_sin(Bits word) {
    const Real x = (above_2_52((word << 2) ^ 0x80000000u) - (0x1p52 + 0x1p31 - 2)) * 0x1.921fb54442d18p-32;
    const Real z = x * x;
    const Real cosine =
        1.0 + z * (-0.5 + z * (0.04166666666660226 +
                               z * (-0.0013888888878274377 +
                                    z * (2.480158097169998e-05 +
                                         z * (-2.7555567137234153e-07 + z * 2.0647738314545074e-09)))));
    const Real sine =
        x + x * (z * (-0.16666666666666632 +
                      z * (0.008333333333322425 +
                           z * (-0.00019841269829817102 +
                                z * (2.7557313695266676e-06 +
                                     z * (-2.505075865839151e-08 + z * 1.5896828179578056e-10))))));
    const Bits quadrant = word + 0x20000000u;  // its two low bits are bits 30 and 31 here
    const Bits odd = Bits{} - ((quadrant >> 30) & 1u);
    const Bits swapped = (bits(cosine) ^ bits(sine)) & odd;
    constexpr std::uint64_t sign = 0x8000000000000000u;
    return {real(bits(cosine) ^ swapped ^ (((quadrant ^ (quadrant << 1)) << 32) & sign)),
            real(bits(sine) ^ swapped ^ ((quadrant << 32) & sign))};
  }

  [[gnu::always_inline]] static Pair box_muller(Bits radius_word, Bits angle_word) {
    const Real r = Lanes::square_root(minus_two_log(radius_word));
    const Pair unit = cos_sin(angle_word);
    return {r * unit.first, r * unit.second};
  }

  static void fill(PhiloxKey key, std::uint64_t high, std::uint64_t first_block, std::size_t count,
                   double* out) {
    for (std::size_t n = 0; n < count; ++n) {
      Words x[interleaved];
      for (std::size_t v = 0; v < interleaved; ++v)
        x[v] = counters(Lanes::iota() + (first_block + v * width), high);
      philox_all(x, key);
      for (std::size_t v = 0; v < interleaved; ++v) {
        const Pair a = box_muller(x[v].word[0], x[v].word[1]), b = box_muller(x[v].word[2], x[v].word[3]);
        Lanes::store_interleaved(a.first, a.second, b.first, b.second, out + 4 * v * width);
      }
      first_block += interleaved * width;
      out += 4 * interleaved * width;
    }
  }

  [[gnu::always_inline]] static Bits choose(Bits mask, Bits yes, Bits no) { return no ^ ((yes ^ no) & mask); }

  static void gather(PhiloxKey key, std::uint64_t high, const std::ptrdiff_t* positions, double* out) {
    Words x[interleaved];
    Bits position[interleaved];
    for (std::size_t v = 0; v < interleaved; ++v) {
      position[v] = Lanes::load(positions + v * width);
      x[v] = counters(position[v] >> 2, high);
    }
    philox_all(x, key);
    for (std::size_t v = 0; v < interleaved; ++v) {
      const Bits second_pair = Bits{} - ((position[v] >> 1) & 1u), odd = Bits{} - (position[v] & 1u);
      const Pair pair = box_muller(choose(second_pair, x[v].word[2], x[v].word[0]),
                                   choose(second_pair, x[v].word[3], x[v].word[1]));
      Lanes::store(real(choose(odd, bits(pair.second), bits(pair.first))), out + v * width);
    }
  }

  static constexpr NormalKernels kernels() {
    return {interleaved * width, interleaved * width, fill, gather};
  }
};

}  // namespace quartic::detail
