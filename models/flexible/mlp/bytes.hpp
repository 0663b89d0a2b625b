#pragma once
/// Numbers as bytes and back, for states that this very program reads again.
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace quartic::detail {

/// 64-bit FNV-1a of these bytes after those hashed before.
constexpr std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t before = 14695981039346656037ULL) {
  for (const char c : bytes) before = (before ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return before;
}

/// The bytes of any numbers that stand next to each other.
template <class T>
std::string_view view_bytes(const T* numbers, std::size_t count) {
  static_assert(std::is_trivially_copyable_v<T>);
  return {reinterpret_cast<const char*>(numbers), count * sizeof(T)};
}

class ByteWriter {
 public:
  template <class T>
  void add(const T& number) {
    text_ += view_bytes(&number, 1);
  }
  template <class T>
  void add(const std::vector<T>& numbers) {
    add(numbers.size());
    text_ += view_bytes(numbers.data(), numbers.size());
  }
  std::string text() && { return std::move(text_); }

 private:
  std::string text_;
};

/// Reads in the order of writing. Past the end, or for a length that cannot be, everything is zero and
/// whole() is false.
class ByteReader {
 public:
  explicit ByteReader(std::string_view text) : rest_(text) {}

  template <class T>
  void read(T& number) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (!take(sizeof(T))) return;
    std::memcpy(&number, taken_.data(), sizeof(T));
  }
  template <class T>
  void read(std::vector<T>& numbers) {
    std::size_t count = 0;
    read(count);
    if (count > rest_.size() / sizeof(T) || !take(count * sizeof(T))) {
      whole_ = false;
      return;
    }
    numbers.resize(count);
    if (count > 0) std::memcpy(numbers.data(), taken_.data(), taken_.size());
  }
  /// All that was asked for was there.
  bool whole() const { return whole_; }
  bool at_end() const { return rest_.empty(); }

 private:
  bool take(std::size_t count) {
    whole_ = whole_ && count <= rest_.size();
    if (!whole_) return false;
    taken_ = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return true;
  }

  std::string_view rest_, taken_;
  bool whole_ = true;
};

}  // namespace quartic::detail
