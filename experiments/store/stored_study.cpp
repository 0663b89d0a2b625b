#include "experiments/store/stored_study.hpp"

#include <nlohmann/json.hpp>

#include "experiments/platform/digest.hpp"
#include "experiments/platform/plain_file.hpp"
#include "experiments/store/rows.hpp"

namespace quartic::detail {

namespace {

// JSON, so that no two labels have one text.
std::string compute_seal(const StudyLabel& label) {
  const nlohmann::json words = {label.name, label.effort, label.shard.index, label.shard.count, label.run};
  return sha256(words.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace

void write_study(Database& database, const StoredStudy& study) {
  const StudyLabel label = study.label.value_or(StudyLabel{});
  const std::string hash = sha256(study.text);
  const std::string seal = study.label ? compute_seal(label) : "";
  Statement put(database, "INSERT OR REPLACE INTO study VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
  put.bind(1, version_of(database));
  put.bind(2, std::string_view(study.text));
  put.bind(3, std::string_view(hash));
  put.bind(4, std::string_view(label.name));
  put.bind(5, std::string_view(label.effort));
  put.bind(6, label.shard.index);
  put.bind(7, label.shard.count);
  put.bind(8, label.run);
  put.bind(9, std::string_view(seal));
  put.execute();
}

StoredStudy read_study(const Database& database) {
  Statement row(database, "SELECT text, sha256, name, effort, shard, shards, run, seal FROM study");
  StoredStudy study;
  if (!row.step()) return study;
  if (sha256(row.text(0)) == row.text(1)) study.text = row.text(0);
  StudyLabel label{.name = std::string(row.text(2)),
                   .effort = std::string(row.text(3)),
                   .shard = {row.integer(4), row.integer(5)},
                   .run = row.integer(6)};
  if (row.text(7) == compute_seal(label)) study.label = std::move(label);
  return study;
}

std::optional<StudyLabel> label_in_manifest(const std::filesystem::path& folder, const std::string& text) {
  const auto json =
      nlohmann::json::parse(read_plain_file(folder / "manifest.json").value_or(""), nullptr, false);
  const auto study = json.find("study");  // the end where it is no object
  if (study == json.end() || !study->is_object()) return std::nullopt;
  const auto word = [&](const char* key) {
    const auto found = study->find(key);
    return found != study->end() && found->is_string() ? found->get<std::string>() : "";
  };
  if (word("sha256") != sha256(text)) return std::nullopt;
  return StudyLabel{.name = word("name"), .effort = word("effort"), .shard = {}, .run = 0};
}

}  // namespace quartic::detail
