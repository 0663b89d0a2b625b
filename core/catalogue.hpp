#pragma once
/// One line of a catalogue: how a world or a model is named, described and made from options.
#include <functional>
#include <string>
#include <vector>

#include "core/options.hpp"

namespace quartic {

/// Product is World or Model.
template <class Product>
struct CatalogueEntry {
  std::string name;
  std::string summary;  ///< one sentence for `quartic list`
  std::vector<OptionInfo> options;
  std::function<Product(const OptionValues&)> make;  ///< throws InvalidInput for unusable options
};

}  // namespace quartic
