#pragma once
/// Large arrays in large pages. Column-wise access to a row-major matrix touches a new page every few
/// elements, and the first touch of a page costs about as much as a thousand element accesses.
#include <cstddef>
#include <vector>

namespace quartic::detail {

/// Asks the system (Linux, madvise) for pages of 2 MB where whole ones fit in these bytes. Call it before
/// they are touched. Where there are none, nothing happens.
void ask_for_large_pages(void* first, std::size_t bytes);

/// `count` copies of a value (in a std::vector), in large pages where there are some.
template <class Numbers>
Numbers filled_in_large_pages(std::size_t count, typename Numbers::value_type value = 0) {
  Numbers numbers;
  numbers.reserve(count);
  ask_for_large_pages(numbers.data(), count * sizeof(value));
  numbers.assign(count, value);
  return numbers;
}

}  // namespace quartic::detail
