#pragma once
/// Unit vectors along which a function of several inputs varies, and inputs projected on them.
#include <array>
#include <string_view>

#include "core/options.hpp"
#include "core/random/stream.hpp"
#include "core/types.hpp"

namespace quartic {

inline constexpr std::array direction_words = {
    OptionWord{"gaussian", "independent, uniform over all directions"},
    OptionWord{"orthonormal", "random, at right angles to each other"},
    OptionWord{"coordinates", "each is one relevant column"}};

/// Of the option that counts the directions.
inline constexpr Bounds direction_count = from_to(1, 1000, "from 1 to 1000 can be drawn");

/// How many inputs, and how many directions in their space.
struct DirectionCounts {
  Index inputs = 1;
  Index directions = 1;
};

/// "gaussian" | "orthonormal", with no more directions than inputs | "coordinates", with as many. Throws
/// InvalidInput for other counts, and for directions x inputs beyond 10^7. `name` is the option that counts
/// the directions. Precondition: `text` is one of the words.
void require_directions(std::string_view text, std::string_view name, DirectionCounts counts);

/// inputs x directions; each column has length 1. gaussian: normalised normals; orthonormal: the same, by
/// Gram and Schmidt, uniform over all such frames (Haar); coordinates: the identity. Direction m never
/// depends on how many there are. Stream: child(m) holds its normals. Precondition: require_directions
/// accepts.
Matrix draw_directions(std::string_view text, DirectionCounts counts, const Stream& stream);

/// z W: rows x directions for z of rows x inputs. Sums in the order of the inputs, so that a row has the same
/// bits in any block (and, unlike a library's product, everywhere).
Matrix projections(const Matrix& z, const Matrix& directions);

}  // namespace quartic
