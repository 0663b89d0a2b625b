#include "models/flexible/dense/kernel.hpp"

#include <vector>

#include "core/machine/processor.hpp"
#include "models/flexible/dense/loops.hpp"

namespace quartic::detail {

namespace {

struct Shape {
  static constexpr int bytes = 16, tile_rows = 6, tile_vectors = 2;
};

template <class Real>
std::vector<DenseKernels<Real>> those_that_run() {
  std::vector<DenseKernels<Real>> kernels;
  const auto *avx512 = dense_kernels_avx512<Real>(), *avx2 = dense_kernels_avx2<Real>();
  if (avx512 && processor_has(InstructionSet::avx512)) kernels.push_back(*avx512);
  if (avx2 && processor_has(InstructionSet::avx2)) kernels.push_back(*avx2);
  kernels.push_back(DenseLoops<Real, Shape>::kernels());
  return kernels;
}

}  // namespace

template <class Real>
std::span<const DenseKernels<Real>> dense_kernels() {
  static const std::vector<DenseKernels<Real>> kernels = those_that_run<Real>();
  return kernels;
}

template std::span<const DenseKernels<float>> dense_kernels();
template std::span<const DenseKernels<double>> dense_kernels();

}  // namespace quartic::detail
