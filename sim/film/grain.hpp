#pragma once
/// Noise by values on lattices: one normal a node, smooth between them, so that any number of pixels shows the same.
#include "core/random/stream.hpp"
#include "sim/film/canvas.hpp"

namespace quartic::detail {

/// nodes x nodes independent standard normals: the next of the stream, row by row.
Canvas draw_nodes(Stream stream, Index nodes);

/// Clouds of all sizes in `nodes` x `nodes` points, a power of 2 from 4: lattices of 4, 8, ... nodes, each of half the
/// size and 2^-0.3 times the height of the one before, as noise of the spectrum 1/f^2.6 has. Variance about 1. Streams:
/// children by the number of nodes.
Canvas draw_clouds(const Stream& stream, Index nodes);

}  // namespace quartic::detail
