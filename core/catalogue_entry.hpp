#pragma once
/// The entry of a world or a model of one's own, for Catalogues::with.
#include <string>
#include <utility>

#include "core/catalogue.hpp"

namespace quartic {

/// catalogue_entry<World, StepWorld>("one step in one column"). `T` has name() and static options(); it may have
/// require_valid(), which throws InvalidInput for options that cannot be used.
template <class Product, class T>
CatalogueEntry<Product> catalogue_entry(std::string summary) {
  return {.name = T{}.name(),
          .summary = std::move(summary),
          .options = describe(T::options()),
          .make = [](const OptionValues& values) -> Product {
            T made = with_options(T::options(), values);
            if constexpr (requires { made.require_valid(); }) made.require_valid();
            return made;
          }};
}

}  // namespace quartic
