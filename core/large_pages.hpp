#pragma once
/// Large arrays in large pages: whoever reads a matrix across its rows touches a page for every few numbers,
/// and a page that is touched first costs as much as a thousand numbers.
#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace quartic::detail {

/// `count` copies of a value (in a std::vector), in pages of 2 MB where the system has them for those who ask
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
