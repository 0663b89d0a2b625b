#pragma once
/// The kinds of worlds and models that a study may name.
#include <memory>
#include <string_view>
#include <vector>

#include "core/catalogue.hpp"
#include "core/model.hpp"
#include "core/world.hpp"

namespace quartic {

/// Worlds and models by name: an immutable value. Copies share their entries, and every Study holds one, so
/// that an entry lives as long as any study that names it.
///
///     const Catalogues mine = built_in_catalogues().with(my_world_entry).with(my_model_entry);
///     run(parse_study(text, "study.toml", {}, mine), options, sink);
class Catalogues {
 public:
  /// Throws InvalidInput where two worlds or two models have the same name.
  Catalogues(std::vector<CatalogueEntry<World>> worlds, std::vector<CatalogueEntry<Model>> models);
  /// These and one more. Throws InvalidInput where its name is taken.
  Catalogues with(CatalogueEntry<World> entry) const;
  Catalogues with(CatalogueEntry<Model> entry) const;

  const std::vector<CatalogueEntry<World>>& worlds() const { return lists_->worlds; }
  const std::vector<CatalogueEntry<Model>>& models() const { return lists_->models; }
  /// The entry of this kind. Throws InvalidInput that names the nearest one.
  const CatalogueEntry<World>& world(std::string_view kind) const;
  const CatalogueEntry<Model>& model(std::string_view kind) const;

 private:
  struct Lists {
    std::vector<CatalogueEntry<World>> worlds;
    std::vector<CatalogueEntry<Model>> models;
  };
  std::shared_ptr<const Lists> lists_;
};

/// Every world and model that comes with quartic: those of their catalogues, and the world `table`, which reads a file.
Catalogues built_in_catalogues();

}  // namespace quartic
