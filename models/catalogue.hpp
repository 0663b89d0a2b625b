#pragma once
/// All models by name.
#include <vector>

#include "core/catalogue.hpp"
#include "core/model.hpp"

namespace quartic {

const std::vector<CatalogueEntry<Model>>& model_catalogue();

}  // namespace quartic
