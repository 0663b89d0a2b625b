#include "cli/pictures/run_about.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/pictures/run_json.hpp"
#include "core/words.hpp"
#include "experiments/study/document/document.hpp"

namespace quartic {

namespace {

// The settings stand in the manifest in the order of the study.
using Json = nlohmann::ordered_json;

// A list or a table within a list is no setting of quartic's, and may nest beyond the stack.
std::string plain_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_structured() ? "..." : value.dump();
}

/// The word of a study for what its samples are made of.
std::string observations_in(const std::string& study) {
  const detail::Node document = detail::read_document(study, "study.toml");
  const detail::Node* word = detail::find(*document.table(), "observations");
  return word && word->text() && !word->text()->empty() ? *word->text() : RunAbout{}.observations;
}

/// Of studies without the key, and of those written before there was one, it is the root.
Performance performance_in(const std::string& study) {
  const detail::Node document = detail::read_document(study, "study.toml");
  const detail::Node* word = detail::find(*document.table(), "performance");
  const bool inverse = word && word->text() && *word->text() == to_string(Performance::inverse);
  return inverse ? Performance::inverse : Performance::inverse_root;
}

bool uses_in(const std::string& study) {
  const detail::Node document = detail::read_document(study, "study.toml");
  return detail::find(*document.table(), "uses") != nullptr;
}

void read_study(const Json& study, RunAbout& about) {
  about.title = study.at("title").get<std::string>();
  about.name = study.at("name").get<std::string>();
  about.effort = study.at("effort").get<std::string>();
  about.seed = plain_text(study.at("seed"));
  if (!study.contains("text")) return;
  const auto text = study.at("text").get<std::string>();
  about.observations = observations_in(text);
  about.performance = performance_in(text);
  about.has_uses = uses_in(text);
}

void read_cells(const Json& cells, RunAbout& about) {
  for (const Json& cell : json_items(cells)) {
    Settings settings;
    for (const auto& [key, value] : cell.at("settings").items())
      settings.emplace_back(key, plain_text(value));
    if (!settings.empty()) about.cells[cell.at("cell").get<Index>()] = std::move(settings);
  }
}

}  // namespace

std::string RunAbout::source() const {
  std::vector<std::string> parts;
  if (!name.empty()) parts.push_back(name);
  if (!effort.empty()) parts.push_back("effort " + effort);
  if (!seed.empty()) parts.push_back("seed " + seed);
  return joined(parts);
}

RunAbout read_run_about(const std::string& folder) {
  if (!std::filesystem::exists(folder + "/manifest.json")) return {};
  return read_run_json<Json>(folder, "manifest.json", [](const Json& manifest) {
    RunAbout about;
    if (!manifest.is_object() || manifest.contains("study")) read_study(manifest.at("study"), about);
    if (manifest.contains("cells")) read_cells(manifest.at("cells"), about);
    return about;
  });
}

std::string key_in_words(const std::string& key) {
  const std::size_t first = key.find('.');
  if (first == std::string::npos) return key;
  const std::string rest = key.substr(first + 1);
  if (key.substr(0, first) != "arm") return rest;
  const std::size_t second = rest.find('.');
  if (second == std::string::npos) return rest;
  std::string_view option = std::string_view(rest).substr(second + 1);
  constexpr std::string_view of_expert = "expert.";  // a table of the arm
  if (option.starts_with(of_expert)) option.remove_prefix(of_expert.size());
  return std::string(option) + " of " + rest.substr(0, second);
}

std::string settings_in_words(const Settings& settings) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : settings) parts.push_back(key_in_words(key) + " = " + value);
  return joined(parts);
}

}  // namespace quartic
