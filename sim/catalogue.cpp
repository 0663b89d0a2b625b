#include "sim/catalogue.hpp"

#include "sim/worlds/smooth.hpp"
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

CatalogueEntry<World> smooth() {
  return {.name = "smooth",
          .summary =
              "a smooth function by its coefficients: infinitely many columns that all matter, each less "
              "than the one before",
          .options = describe(smooth_options()),
          .make = [](const OptionValues& values) -> World {
            auto world = with_options(smooth_options(), values);
            world.require_valid();
            return world;
          }};
}

}  // namespace

const std::vector<CatalogueEntry<World>>& world_catalogue() {
  static const std::vector<CatalogueEntry<World>> entries = {sparse_linear(), smooth()};
  return entries;
}

}  // namespace quartic
