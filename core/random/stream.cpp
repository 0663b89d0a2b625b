#include "core/random/stream.hpp"

#include <utility>

namespace quartic {

namespace {

// The two top bits of the counter say what an evaluation is for.
constexpr std::uint64_t words = 0, normals = 1, numbered_children = 2, named_children = 3;
constexpr std::uint64_t domain_shift = 62;

constexpr std::uint32_t low(std::uint64_t x) {
  return static_cast<std::uint32_t>(x);
}
constexpr std::uint32_t upper(std::uint64_t x) {
  return static_cast<std::uint32_t>(x >> 32);
}

// FNV-1a, 64 bits (Fowler, Noll & Vo; RFC 9923).
constexpr std::uint64_t hash(std::string_view name) {
  std::uint64_t h = 0xCBF29CE484222325u;
  for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  return h;
}

// Roots: the seed under a key that no one chose, the first digits of pi's fraction.
constexpr detail::PhiloxKey root_key = {0x243F6A88, 0x85A308D3};

}  // namespace

Stream::Stream(std::uint64_t seed) : Stream(detail::philox({low(seed), upper(seed), 0, 0}, root_key)) {}

Stream::Stream(const detail::PhiloxCounter& state) noexcept
    : key_{state[0], state[1]},
      high_((std::uint64_t{state[3]} << 32 | state[2]) & ((std::uint64_t{1} << domain_shift) - 1)) {}

Stream::Stream(Stream&& other) noexcept
    : key_(other.key_),
      high_(other.high_),
      position_(other.position_),
      alive_(std::exchange(other.alive_, false)) {}

Stream& Stream::operator=(Stream&& other) noexcept {
  key_ = other.key_;
  high_ = other.high_;
  position_ = other.position_;
  alive_ = std::exchange(other.alive_, false);
  return *this;
}

detail::PhiloxFamily Stream::family(std::uint64_t domain) const {
  assert(alive_ && "a stream was used after it was moved from");
  return {key_, high_ | domain << domain_shift};
}

detail::PhiloxCounter Stream::evaluate(std::uint64_t domain, std::uint64_t counter) const {
  const detail::PhiloxFamily at = family(domain);
  return detail::philox({low(counter), upper(counter), low(at.high), upper(at.high)}, at.key);
}

Stream Stream::child(std::uint64_t id) const {
  return Stream(evaluate(numbered_children, id));
}

Stream Stream::child(std::string_view name) const {
  return Stream(evaluate(named_children, hash(name)));
}

std::uint32_t Stream::operator()() {
  const std::uint32_t word = evaluate(words, position_ / 4)[position_ % 4];
  ++position_;
  return word;
}

double Stream::uniform() {
  return ((*this)() + 0.5) * 0x1p-32;
}

double Stream::normal() {
  double z = 0;
  fill_normal({&z, 1});
  return z;
}

void Stream::fill_normal(std::span<double> out) {
  detail::fill_normals(detail::best_instruction_set(), family(normals), position_, out);
  position_ += out.size();
}

void Stream::normals_at(std::span<const std::ptrdiff_t> positions, std::span<double> out) const {
  detail::gather_normals(detail::best_instruction_set(), family(normals), positions, out);
}

void Stream::skip(std::uint64_t count) {
  assert(alive_ && "a stream was used after it was moved from");
  position_ += count;
}

}  // namespace quartic
