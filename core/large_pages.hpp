#pragma once
/// Large arrays in large pages. Column-wise access to a row-major matrix touches a new page every few
/// elements, and the first touch of a page costs about as much as a thousand element accesses.
#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace quartic::detail {

/// `count` copies of a value (in a std::vector), in pages of 2 MB where the system grants them on request
/// (Linux, madvise).
template <class Numbers>
Numbers filled_in_large_pages(std::size_t count, typename Numbers::value_type value = 0) {
  Numbers numbers;
  numbers.reserve(count);
#ifdef MADV_HUGEPAGE
  constexpr std::uintptr_t page = std::uintptr_t{1} << 21U;
  const auto begin = (reinterpret_cast<std::uintptr_t>(numbers.data()) + page - 1) / page * page;
  const auto end = reinterpret_cast<std::uintptr_t>(numbers.data() + count) / page * page;
  // A kernel without large pages refuses: then nothing is gained.
  if (end > begin) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#endif
  numbers.assign(count, value);
  return numbers;
}

}  // namespace quartic::detail
