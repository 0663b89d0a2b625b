#include <algorithm>
#include <charconv>

#include "core/random/seed.hpp"
#include "core/require.hpp"
#include "experiments/engine/engine.hpp"
#include "experiments/results/settings.hpp"
#include "experiments/study/arm.hpp"
#include "experiments/study/expert_keys.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "page/engine/questions.hpp"

namespace quartic::page {

namespace {

StudyEdits read_edits(const Json& study) {
  StudyEdits edits{.effort = study.value("effort", "")};
  for (const Json& pair : study.value("overrides", Json::array()))
    edits.overrides.emplace_back(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
  return edits;
}

Json arm_json(const ArmSpec& arm, const Catalogues& catalogues) {
  const std::string marks = list_marks(arm, catalogues.model(arm.model.kind));
  return {{"name", arm.name},
          {"model", arm.model.kind},
          {"expert", arm.expert ? Json(describe_expert(*arm.expert)) : Json(nullptr)},
          {"informed", !marks.empty()}};
}

constexpr std::size_t most_cells = 400;  // that a page can offer

Json cells_json(const Study& study) {
  Json cells = Json::array();
  for (std::size_t k = 0; k < std::min(study.cells.size(), most_cells); ++k) {
    const Cell cell = study.cells[k];
    cells.push_back({{"id", cell.id}, {"settings", Json::parse(settings_json(cell.settings))}});
  }
  return cells;
}

Json study_json(const Study& study, const RunExtent& extent) {
  Json arms = Json::array(), claims = Json::array();
  for (const ArmSpec& arm : study.cells.front().arms) arms.push_back(arm_json(arm, study.catalogues));
  for (const Claim& claim : study.claims) claims.push_back(claim.says);
  return {{"name", study.name},
          {"title", study.title},
          {"question", study.question},
          {"observations", study.observations},
          {"seed", std::to_string(study.seed)},
          {"replicates", study.replicates},
          {"adaptive", study.adaptive.has_value()},
          {"sizes", study.sizes},
          {"arms", std::move(arms)},
          {"cells", cells_json(study)},
          {"claims", std::move(claims)},
          {"text", study.text},
          {"fits", extent.fits},
          {"performance", to_string(study.performance)}};
}

}  // namespace

std::uint64_t read_seed(const Json& seed) {
  const std::string text = seed.get<std::string>();
  std::uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  require(read.ec == std::errc{} && read.ptr == text.data() + text.size(),
          "\"" + text + "\" is no seed (it is a whole number from 0 on). Write such as 1.");
  return value;
}

Study read_study(const Json& asked) {
  const Json& study = asked.at("study");
  return parse_study(study.at("text").get<std::string>(), "study.toml", read_edits(study));
}

Answer study_text(const Question& question) {
  const std::string name = question.asked.at("name").get<std::string>();
  const auto found = built_in_studies().find(name);
  require(found != built_in_studies().end(), "there is no study \"" + name + "\". Choose one of the list.");
  return told({{"text", found->second}});
}

Answer seed_of_name(const Question& question) {
  return told({{"seed", std::to_string(seed_from(question.asked.at("name").get<std::string>()))}});
}

Answer check(const Question& question) {
  const Study study = read_study(question.asked);
  return told({{"study", study_json(study, find_extent(study))}});
}

}  // namespace quartic::page
