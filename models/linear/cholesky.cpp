#include "models/linear/cholesky.hpp"

#include <cassert>

#include "models/linear/blas.hpp"
#include "models/linear/triangle_kernel.hpp"

namespace quartic {

Vector Cholesky::solve(Vector b) const {
  assert(b.size() <= valid);
  detail::triangle_kernels().front().solve(lower.numbers().data(), detail::span_of(b));
  return b;
}

Cholesky cholesky(Triangle lower, double smallest_pivot) {
  const Vector smallest = smallest_pivot * lower.diagonal();
  const Index valid =
      detail::triangle_kernels().front().factor(lower.numbers().data(), detail::span_of(smallest));
  return {std::move(lower), valid};
}

}  // namespace quartic
