#pragma once
/// What truths do row by row.
#include <span>

#include "core/interruption.hpp"
#include "core/random/stream.hpp"
#include "core/types.hpp"

namespace quartic {

/// The stream of one row. Drawing rows may be interrupted here.
inline Stream row_stream(const Stream& train, Index row) {
  interruption_point();
  return train.child(static_cast<std::uint64_t>(row));
}

/// Row i of x, to be written.
inline std::span<double> row_span(Matrix& x, Index i) {
  return {x.row(i).data(), static_cast<std::size_t>(x.cols())};
}

}  // namespace quartic
