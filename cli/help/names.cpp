#include "cli/help/names.hpp"

#include "experiments/study/claim_laws.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/tables/built_in.hpp"
#include "experiments/tables/table_study.hpp"
#include "laws/theory/catalogue/catalogue.hpp"

namespace quartic {

namespace {

template <class Entries>
std::vector<std::string> entry_names(const Entries& entries) {
  std::vector<std::string> names;
  for (const auto& entry : entries) names.emplace_back(entry.name);
  return names;
}

}  // namespace

std::vector<std::string> experiment_names() {
  std::vector<std::string> names;
  for (const auto* texts : {&built_in_studies(), &replication_packs(), &built_in_table_studies()})
    for (const auto& [name, text] : *texts) names.push_back(name);
  return names;
}

std::vector<std::string> world_names(const Catalogues& catalogues) {
  return entry_names(catalogues.worlds());
}
std::vector<std::string> model_names(const Catalogues& catalogues) {
  return entry_names(catalogues.models());
}
std::vector<std::string> law_names() {
  return entry_names(claim_laws);
}
std::vector<std::string> curve_names() {
  return entry_names(theory_curves());
}

std::vector<std::string> topic_names() {
  return {"worlds", "models", "experiments", "replications", "laws", "theory"};
}

std::vector<std::string> showable_names(const Catalogues& catalogues) {
  std::vector<std::string> all = experiment_names();
  for (const auto& [name, text] : built_in_tables()) all.push_back(name);
  for (const auto& names : {world_names(catalogues), model_names(catalogues), law_names(), curve_names()})
    all.insert(all.end(), names.begin(), names.end());
  return all;
}

}  // namespace quartic
