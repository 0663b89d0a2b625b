#pragma once
/// The inner loops of 3 x 3 convolutions of square pictures, one set a kind of processor.
///
/// A picture stands with a border of zeros, so that a shift of it is an offset: every product is of a weight
/// and a vector of pixels as they stand, nothing is gathered, and borders cost what other pixels cost. Sums of
/// up to 8 channels are held in registers over all their terms, in one order: the bits of a number depend on
/// shapes and numbers alone.
///
/// No Eigen here, as in models/flexible/dense/kernel.hpp.
#include <cstdint>
#include <type_traits>

#include "models/flexible/dense/kernel.hpp"

namespace quartic::detail {

/// A picture of side x side pixels. Its plane: rows of side + 2 numbers, the first and last row, and the first
/// and last number of each row, zero; behind them zeros that vectors may read. Its sums: rows of side + 2
/// numbers from the first pixel on, of which the last two, and all behind the last row, mean nothing.
struct PictureSize {
  Index side = 1;

  constexpr Index width() const { return side + 2; }
  constexpr Index first() const { return width() + 1; }  ///< of a plane: where its first pixel stands
  constexpr Index pixels() const { return side * side; }
  constexpr Index sums() const { return side * width() - 2; }  ///< from the first pixel's to the last one's
  constexpr Index sum_numbers() const { return round_up(sums(), 32); }
  constexpr Index plane_numbers() const { return round_up(sum_numbers() + 2 * width() + 2, 16); }
  constexpr PictureSize pooled() const { return {side / 2}; }

 private:
  static constexpr Index round_up(Index count, Index unit) { return (count + unit - 1) / unit * unit; }
};

/// sums_c <- start_c + sum_i sum_{dy,dx in -1..1} w_{c,i,dy,dx} (picture i shifted by dy, dx), of one row.
template <class Real>
struct Convolution {
  PictureSize size;
  const Real* planes;  ///< `inputs` of them, one behind the other
  Index inputs;
  const Real* weights;  ///< outputs x inputs x 3 x 3
  const Real* start;    ///< one an output; null: 0
  Real* sums;           ///< `outputs` times sum_numbers()
  Index outputs;
};

/// parts_{c,i,dy,dx,lane} += the sum over pictures and some pixels of delta_c times picture i shifted: over all
/// lanes the derivative by w_{c,i,dy,dx}. delta are planes, too.
template <class Real>
struct Correlation {
  PictureSize size;
  Index pictures;
  const Real* planes;  ///< pictures x inputs of them
  Index inputs;
  const Real* deltas;  ///< pictures x outputs
  Index outputs;
  Real* parts;  ///< outputs x inputs x 9 x lanes
};

/// Which of the pixels (0, 0), (0, 1), (1, 0), (1, 1) of a square is the largest, the first where several are;
/// 4 where it is not positive. As wide as the number, so that vectors of them are.
template <class Real>
using Winner = std::conditional_t<sizeof(Real) == 4, std::int32_t, std::int64_t>;

/// pooled <- max(0, the largest of each square of 2 x 2 sums); of an odd side the last row and column are left
/// out.
template <class Real>
struct Pooling {
  PictureSize size;
  const Real* sums;
  Real* pooled;  ///< side/2 rows of side/2 numbers, `stride` apart
  Index stride;
  Winner<Real>* winners;  ///< (side/2)^2
};

/// The derivatives by the sums, as the pixels of a plane, from those by what was pooled.
template <class Real>
struct Unpooling {
  PictureSize size;
  const Real* from;  ///< side/2 rows of side/2 numbers, `stride` apart
  Index stride;
  const Winner<Real>* winners;
  Real* plane;
};

template <class Real>
struct ConvolutionKernels {
  Index lanes;  ///< numbers in a vector
  void (*convolve)(const Convolution<Real>& convolution);
  void (*correlate)(const Correlation<Real>& correlation);
  void (*pool)(const Pooling<Real>& pooling);
  void (*unpool)(const Unpooling<Real>& unpooling);
  /// The sum of the `lanes` parts.
  Real (*total)(const Real* parts);
};

/// Those this processor can run, the fastest first.
template <class Real>
std::span<const ConvolutionKernels<Real>> convolution_kernels();

/// nullptr where this build lacks them; specialised as dense_kernels_avx2.
template <class Real>
const ConvolutionKernels<Real>* convolution_kernels_avx2();
template <class Real>
const ConvolutionKernels<Real>* convolution_kernels_avx512();
template <>
const ConvolutionKernels<float>* convolution_kernels_avx2();
template <>
const ConvolutionKernels<double>* convolution_kernels_avx2();
template <>
const ConvolutionKernels<float>* convolution_kernels_avx512();
template <>
const ConvolutionKernels<double>* convolution_kernels_avx512();

}  // namespace quartic::detail
