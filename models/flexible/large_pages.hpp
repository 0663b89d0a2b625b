#pragma once
/// Large arrays in large pages: products read weights across rows, and so touch a page for every few numbers.
#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace quartic::detail {

/// `count` zeros (in a std::vector), in pages of 2 MB where the system has them for those who ask (Linux,
/// madvise).
template <class Numbers>
Numbers zeros_in_large_pages(std::size_t count) {
  Numbers numbers;
  numbers.reserve(count);
#ifdef MADV_HUGEPAGE
  constexpr std::uintptr_t page = 4096, large_page = std::uintptr_t{1} << 21U;
  const auto begin = (reinterpret_cast<std::uintptr_t>(numbers.data()) + page - 1) / page * page;
  const auto end = reinterpret_cast<std::uintptr_t>(numbers.data() + count) / page * page;
  // A kernel without large pages refuses: then nothing is gained.
  if (end >= begin + large_page) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#endif
  numbers.resize(count);
  return numbers;
}

}  // namespace quartic::detail
