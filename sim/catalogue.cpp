#include "sim/catalogue.hpp"

#include "sim/worlds/additive.hpp"
#include "sim/worlds/interactions.hpp"
#include "sim/worlds/multi_index.hpp"
#include "sim/worlds/power_law.hpp"
#include "sim/worlds/smooth.hpp"
#include "sim/worlds/sparse_linear.hpp"
#include "sim/worlds/teacher.hpp"

namespace quartic {

namespace {

/// One entry; W is a struct of options with require_valid.
template <class W>
CatalogueEntry<World> entry(std::string summary, std::span<const Option<W>> (*options)()) {
  return {.name = W{}.name(),
          .summary = std::move(summary),
          .options = describe(options()),
          .make = [options](const OptionValues& values) -> World {
            auto world = with_options(options(), values);
            world.require_valid();
            return world;
          }};
}

}  // namespace

const std::vector<CatalogueEntry<World>>& world_catalogue() {
  static const std::vector<CatalogueEntry<World>> entries = {
      entry("y = x'beta + noise over very many candidate columns of which a few matter",
            sparse_linear_options),
      entry("a smooth function by its coefficients: infinitely many columns that all matter, each less than "
            "the one before",
            smooth_options),
      entry("a spectrum and a target that fall by two powers, the model of scaling laws", power_law_options),
      entry("a two-layer network of the relevant columns teaches", teacher_options),
      entry("a function of a few directions in the space of the relevant columns", multi_index_options),
      entry("columns that matter together: sums of products, or of ANDs, of relevant columns",
            interactions_options),
      entry("sums of functions of one relevant column each, of any smoothness", additive_options)};
  return entries;
}

}  // namespace quartic
