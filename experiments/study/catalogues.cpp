#include "experiments/study/catalogues.hpp"

#include <algorithm>
#include <string>

#include "core/require.hpp"
#include "experiments/study/document/document.hpp"
#include "experiments/study/table_file.hpp"
#include "models/catalogue.hpp"
#include "sim/catalogue.hpp"

namespace quartic {

namespace {

template <class Product>
std::vector<std::string> list_names(const std::vector<CatalogueEntry<Product>>& entries) {
  std::vector<std::string> names;
  for (const CatalogueEntry<Product>& entry : entries) names.push_back(entry.name);
  return names;
}

template <class Product>
const CatalogueEntry<Product>& find_entry(const std::vector<CatalogueEntry<Product>>& entries,
                                          std::string_view kind, const std::string& noun) {
  for (const CatalogueEntry<Product>& entry : entries)
    if (entry.name == kind) return entry;
  if (kind.starts_with("python_"))
    throw InvalidInput(
        "the " + noun + " \"" + std::string(kind) +
        "\" is an object of Python (the program has none). Open the folder there: quartic.open(folder, " +
        noun + "s=study." + noun + "s), where the study is made again.");
  throw InvalidInput("unknown " + noun + " \"" + std::string(kind) + "\" " +
                     detail::choose_among(kind, noun + "s", list_names(entries)));
}

template <class Product>
void require_distinct(const std::vector<CatalogueEntry<Product>>& entries, const std::string& noun) {
  std::vector<std::string> names = list_names(entries);
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice == names.end()) return;
  throw InvalidInput("two " + noun + "s are named \"" + *twice +
                     "\" (a study could not tell which it means). Choose another name.");
}

}  // namespace

Catalogues::Catalogues(std::vector<CatalogueEntry<World>> worlds, std::vector<CatalogueEntry<Model>> models)
    : lists_(std::make_shared<const Lists>(Lists{std::move(worlds), std::move(models)})) {
  require_distinct(lists_->worlds, "world");
  require_distinct(lists_->models, "model");
}

Catalogues Catalogues::with(CatalogueEntry<World> entry) const {
  std::vector<CatalogueEntry<World>> more = worlds();
  more.push_back(std::move(entry));
  return {std::move(more), models()};
}

Catalogues Catalogues::with(CatalogueEntry<Model> entry) const {
  std::vector<CatalogueEntry<Model>> more = models();
  more.push_back(std::move(entry));
  return {worlds(), std::move(more)};
}

const CatalogueEntry<World>& Catalogues::world(std::string_view kind) const {
  return find_entry(worlds(), kind, "world");
}

const CatalogueEntry<Model>& Catalogues::model(std::string_view kind) const {
  return find_entry(models(), kind, "model");
}

Catalogues built_in_catalogues() {
  static const Catalogues built_in = Catalogues(world_catalogue(), model_catalogue()).with(table_entry());
  return built_in;
}

}  // namespace quartic
