#pragma once
/// Random numbers as a pure function of a path of names and numbers.
#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/random/normal.hpp"

namespace quartic {

/// Philox4x32-10 words and normals, named by a path: Stream(seed).child("train").child(7). Equal paths give
/// equal numbers everywhere: any compiler, processor, order of calls, number of threads.
///
/// A stream is 126 bits, Philox's 64-bit key and 62 bits of its counter. The lower 64 bits of the counter
/// number the blocks of four words, and the two top bits separate words, normals, numbered children and named
/// children: no two of these ever share an evaluation. A child's state is one Philox evaluation at its
/// number, or at the 64-bit FNV-1a hash of its name. Of N streams the chance that any two coincide is N^2 /
/// 2^127 (6e-15 for 10^12 streams); two names beneath one parent, 2^-64.
///
/// Words and normals are two independent sequences read at one position; each call moves on by what it
/// returns. Moved-from streams may only be assigned to: all else is an assert.
class Stream {
 public:
  explicit Stream(std::uint64_t seed);
  Stream(Stream&& other) noexcept;
  Stream& operator=(Stream&& other) noexcept;
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() = default;

  /// The stream beneath this one; the position does not matter.
  Stream child(std::uint64_t id) const;
  Stream child(std::string_view name) const;

  /// The next 32 random bits.
  std::uint32_t operator()();
  /// (w + 1/2) / 2^32 for the next word w: in (0, 1), never an end.
  double uniform();
  /// The next normal. fill_normal is tens of times as fast for many at once.
  double normal();
  /// The next out.size() normals; same bits as out.size() calls of normal().
  void fill_normal(std::span<double> out);
  /// The normals at these positions, counted from the stream's beginning; the position does not move. Sizes
  /// agree.
  void normals_at(std::span<const std::ptrdiff_t> positions, std::span<double> out) const;
  /// Moves on by this many words or normals in no time.
  void skip(std::uint64_t count);

 private:
  explicit Stream(const detail::PhiloxCounter& state) noexcept;
  detail::PhiloxCounter evaluate(std::uint64_t domain, std::uint64_t counter) const;
  detail::PhiloxFamily family(std::uint64_t domain) const;

  detail::PhiloxKey key_{};
  std::uint64_t high_ = 0;  // upper half of the counter; its two top bits are left to the domain
  std::uint64_t position_ = 0;
  bool alive_ = true;
};

}  // namespace quartic
