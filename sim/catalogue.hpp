#pragma once
/// All worlds by name.
#include <vector>

#include "core/catalogue.hpp"
#include "core/world.hpp"

namespace quartic {

const std::vector<CatalogueEntry<World>>& world_catalogue();

}  // namespace quartic
