#include "sim/catalogue.hpp"

#include "sim/worlds/sparse_linear.hpp"

namespace quartic {

namespace {

CatalogueEntry<World> sparse_linear() {
  return {.name = "sparse_linear",
          .summary = "y = x'beta + noise over very many candidate columns of which a few matter",
          .options = describe(sparse_linear_options()),
          .make = [](const OptionValues& values) -> World {
            auto world = with_options(sparse_linear_options(), values);
            world.require_valid();
            return world;
          }};
}

}  // namespace

const std::vector<CatalogueEntry<World>>& world_catalogue() {
  static const std::vector<CatalogueEntry<World>> entries = {sparse_linear()};
  return entries;
}

}  // namespace quartic
