#include "experiments/tables/table_folder.hpp"

#include <nlohmann/json.hpp>

#include "experiments/platform/digest.hpp"
#include "experiments/platform/provenance.hpp"
#include "experiments/platform/whole_file.hpp"

namespace quartic {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string manifest_json(const TableStudy& study, double wall_seconds, std::string_view digest) {
  Json json{{"schema_version", 1}};
  json.update(Json::parse(provenance_json()));
  json["wall_seconds"] = wall_seconds;
  json["digest"] = {{"sha256", digest}, {"of", "points.csv findings.json"}};
  json["study"] = {{"name", study.name}, {"title", study.title},      {"effort", study.effort},
                   {"seed", study.seed}, {"table", study.table.name}, {"sha256", sha256(study.text)},
                   {"text", study.text}};
  return json.dump(2) + "\n";
}

}  // namespace

std::string store_table_run(HeldFolder& folder, const TableStudy& study, const TableResult& result,
                            double wall_seconds) {
  const std::string points_text = points_csv(result), findings_text = findings_json(study, result);
  const std::string digest = sha256(points_text + findings_text);
  const fs::path& path = folder.path();
  detail::PartialFile points(path / "points.csv"), findings(path / "findings.json");
  detail::PartialFile toml(path / "study.toml"), manifest(path / "manifest.json");
  points.append(points_text);
  findings.append(findings_text);
  toml.append(study.text);
  manifest.append(manifest_json(study, wall_seconds, digest));
  // From the first change on the folder is not a complete run until its new manifest stands.
  detail::put_in_place({&points, &findings, &toml, &manifest}, path, {"manifest.json"});
  folder.keep();
  return digest;
}

}  // namespace quartic
