#pragma once
/// The entry of a world or a model, of the built-in catalogues or for Catalogues::with.
#include <string>
#include <utility>

#include "core/catalogue.hpp"

namespace quartic {

/// catalogue_entry<World, StepWorld>("one step in one column"). `T` has name() and static options(); its
/// make throws as require_valid (core/options.hpp).
template <class Product, class T>
CatalogueEntry<Product> catalogue_entry(std::string summary) {
  return {.name = T{}.name(),
          .summary = std::move(summary),
          .options = describe(T::options()),
          .make = [](const OptionValues& values) -> Product {
            T made = with_options(T::options(), values);
            require_valid(made);
            return made;
          }};
}

}  // namespace quartic
