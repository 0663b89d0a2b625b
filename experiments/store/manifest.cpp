#include "experiments/store/manifest.hpp"

#include <nlohmann/json.hpp>

#include "experiments/platform/digest.hpp"
#include "experiments/platform/provenance.hpp"
#include "experiments/results/settings.hpp"
#include "experiments/study/expert_keys.hpp"
#include "experiments/study/formulas.hpp"

namespace quartic {

namespace {

using Json = nlohmann::ordered_json;

// Every option: as the study sets it (formulas as text), else its default.
template <class Product>
Json choice_json(const Choice& choice, const CatalogueEntry<Product>& entry) {
  const OptionValues values = with_defaults(entry.options, choice.options);
  return {{"kind", choice.kind}, {"options", Json::parse(canonical_json(values))}};
}

Json arm_json(const Study& study, const ArmSpec& arm) {
  const CatalogueEntry<Model>& entry = study.catalogues.model(arm.model.kind);
  Json json{{"name", arm.name}, {"model", choice_json(arm.model, entry)}};
  if (arm.expert) json["expert"] = Json::parse(canonical_json(expert_values(*arm.expert)));
  json["replicates"] = count_replicates(study, arm);
  json["marks"] = list_marks(arm, entry);
  return json;
}

Json cell_json(const Study& study, const Cell& cell) {
  Json arms = Json::array();
  for (const ArmSpec& arm : cell.arms) arms.push_back(arm_json(study, arm));
  return {{"cell", cell.id},
          {"settings", Json::parse(settings_json(cell.settings))},
          {"world", choice_json(cell.world, study.catalogues.world(cell.world.kind))},
          {"arms", arms}};
}

/// Every cell; of very many, that there are so many and what they vary.
void add_cells(Json& json, const Study& study) {
  json["cells"] = Json::array();
  if (study.cells.size() <= most_cells_in_manifest) {
    for (const Cell& cell : study.cells) json["cells"].push_back(cell_json(study, cell));
    return;
  }
  json["cells_left_out"] = {{"count", study.cells.size()},
                            {"why", "a manifest lists up to " + std::to_string(most_cells_in_manifest) +
                                        " cells; the study's text says what each of them is"}};
  json["axes"] = Json::array();
  for (const CellAxis& axis : study.cells.axes()) {
    Json values = Json::array();
    for (const std::string& value : axis.values) values.push_back(Json::parse(setting_json(value)));
    json["axes"].push_back({{"key", axis.key}, {"values", values}});
  }
}

// What stands under "machine" is true of who wrote the files; these computed the records.
Json builders_json(const std::vector<Builder>& builders) {
  Json list = Json::array();
  for (const Builder& one : builders)
    list.push_back({{"records", one.records},
                    {"version", one.version},
                    {"git_revision", one.git_revision},
                    {"compiler", one.compiler},
                    {"flags", one.flags},
                    {"instruction_set", one.instruction_set},
                    {"blas", one.blas},
                    {"cpus", one.cpus}});
  return list;
}

Json study_json(const Study& study) {
  return {{"name", study.name},
          {"title", study.title},
          {"effort", study.effort},
          {"seed", study.seed},
          {"replicates", study.replicates},
          {"sizes", study.sizes},
          {"storage", to_string(study.storage)},
          {"sha256", sha256(study.text)},
          {"text", study.text}};
}

}  // namespace

std::string manifest_json(const Study& study, const RunResult& result, std::string_view digest,
                          const std::vector<Builder>& builders) {
  Json json{{"schema_version", 1}};
  json.update(Json::parse(provenance_json()));
  json["machine"]["threads"] = result.threads;
  json["builders"] = builders_json(builders);
  json["wall_seconds"] = result.wall_seconds;
  json["cpu_seconds"] = result.cpu_seconds;
  json["interrupted"] = result.interrupted;
  json["failed_fits"] = result.failed;
  json["diverged_fits"] = result.cube.count(FitStatus::diverged);
  const std::string results = "records.csv summary.csv findings.json cube.npy";
  json["digest"] = {{"sha256", digest}, {"of", results + (has_classes(study) ? " classes.csv" : "")}};
  json["study"] = study_json(study);
  add_cells(json, study);
  return json.dump(2) + "\n";
}

bool is_manifest(std::string_view json) {
  const Json parsed = Json::parse(json, nullptr, false);
  return parsed.is_object() && parsed.contains("schema_version") && parsed.contains("program") &&
         parsed["program"].is_object() && parsed["program"].value("name", Json()) == "quartic";
}

}  // namespace quartic
