#include "experiments/study/absent_models.hpp"

#include <algorithm>
#include <string>

#include "core/require.hpp"
#include "experiments/study/document/document.hpp"

namespace quartic {

namespace {

using detail::Node;

struct AbsentModel {
  std::string kind;

  std::string name() const { return kind; }
  Fit fit(const Data&, Stream) const {
    throw InvalidInput("the model " + kind +
                       " is not here (it was made in another program). Run its study where it was made.");
  }
};

/// What is_absent() knows the entry by.
struct MakeAbsent {
  std::string kind;
  Model operator()(const OptionValues&) const { return AbsentModel{kind}; }
};

bool has_model(const Catalogues& catalogues, const std::string& kind) {
  const auto& models = catalogues.models();
  return std::any_of(models.begin(), models.end(), [&](const auto& entry) { return entry.name == kind; });
}

std::vector<std::string> models_of_arms(const Node& document) {
  std::vector<std::string> models;
  const Node* arms = detail::find(*document.table(), "arm");
  if (!arms || !arms->list()) return models;
  for (const Node& arm : *arms->list()) {
    const Node* model = arm.table() ? detail::find(*arm.table(), "model") : nullptr;
    if (model && model->text()) models.push_back(*model->text());
  }
  return models;
}

}  // namespace

Catalogues with_absent_models(Catalogues catalogues, std::string_view study_text) {
  for (const std::string& kind : models_of_arms(detail::read_document(study_text, "study.toml")))
    if (!has_model(catalogues, kind))
      catalogues = catalogues.with(CatalogueEntry<Model>{
          .name = kind, .summary = "not here", .options = {}, .make = MakeAbsent{kind}});
  return catalogues;
}

bool is_absent(const CatalogueEntry<Model>& entry) {
  return entry.make.target<MakeAbsent>() != nullptr;
}

}  // namespace quartic
