#include "sim/film/grain.hpp"

#include <cassert>
#include <vector>

namespace quartic::detail {

Canvas draw_nodes(Stream stream, Index nodes) {
  std::vector<double> normals(static_cast<std::size_t>(nodes * nodes));
  stream.fill_normal(normals);
  return Eigen::Map<const Matrix>(normals.data(), nodes, nodes).cast<float>();
}

Canvas draw_clouds(const Stream& stream, Index nodes) {
  constexpr float least = 0.8123F;  // 2^-0.3
  assert(nodes >= 4 && (nodes & (nodes - 1)) == 0);
  float height = 1;
  Canvas clouds = draw_nodes(stream.child(4), 4);
  for (Index finer = 8; finer <= nodes; finer *= 2) {
    height *= least;
    clouds = resampled(clouds, finer) +
             height * draw_nodes(stream.child(static_cast<std::uint64_t>(finer)), finer);
  }
  return clouds;
}

}  // namespace quartic::detail
