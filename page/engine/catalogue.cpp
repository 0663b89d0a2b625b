#include "laws/theory/catalogue/catalogue.hpp"
#include "core/require.hpp"
#include "experiments/findings/causes.hpp"
#include "experiments/platform/build_info.hpp"
#include "experiments/platform/memory.hpp"
#include "experiments/study/document/document.hpp"
#include "experiments/study/expert_keys.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/read/schema.hpp"
#include "page/engine/questions.hpp"
#include "sim/findings/finding.hpp"

namespace quartic::page {

namespace {

Json value_json(const OptionValue& value) {
  return std::visit([](const auto& held) { return Json(held); }, value);
}

Json option_json(const OptionInfo& option) {
  Json words = Json::array();
  for (const OptionWord& word : option.words) words.push_back(word.word);
  return {{"name", option.name},
          {"kind", to_string(option.kind)},
          {"default", value_json(option.default_value)},
          {"help", option.help},
          {"words", std::move(words)}};
}

template <class Options>
Json options_json(const Options& options) {
  Json list = Json::array();
  for (const OptionInfo& option : options) list.push_back(option_json(option));
  return list;
}

template <class Entries>
Json entries_json(const Entries& entries) {
  Json list = Json::array();
  for (const auto& entry : entries)
    list.push_back(
        {{"name", entry.name}, {"summary", entry.summary}, {"options", options_json(entry.options)}});
  return list;
}

std::string text_under(const detail::Node& document, std::string_view key) {
  const detail::Node* node = detail::find(*document.table(), key);
  return node && node->text() ? *node->text() : "";
}

Json efforts_of(const detail::Node& document) {
  Json efforts = Json::array();
  const detail::Node* node = detail::find(*document.table(), "effort");
  if (node && node->table())
    for (const detail::Field& field : *node->table()) efforts.push_back(field.key);
  return efforts;
}

Json studies_json() {
  Json studies = Json::array();
  for (const auto& [name, text] : built_in_studies()) {
    const detail::Node document = detail::read_document(text, name);
    studies.push_back({{"name", name},
                       {"title", text_under(document, "title")},
                       {"question", text_under(document, "question")},
                       {"efforts", efforts_of(document)}});
  }
  return studies;
}

Json curves_json() {
  Json curves = Json::array();
  for (const TheoryCurve& curve : theory_curves()) {
    Json parameters = Json::array();
    for (const TheoryParameter& parameter : curve.parameters)
      parameters.push_back(
          {{"name", parameter.name}, {"default", parameter.default_value}, {"help", parameter.help}});
    curves.push_back(
        {{"name", curve.name}, {"summary", curve.summary}, {"parameters", std::move(parameters)}});
  }
  return curves;
}

Json finding_kinds() {
  Json kinds = Json::array();
  for (Index column = 0; column < findings_of_a_place; ++column) {
    const std::string name = finding_name(column);
    kinds.push_back(name.substr(0, name.find('_')));
  }
  return kinds;
}

}  // namespace

Answer about(const Question&) {
  const Catalogues catalogues = built_in_catalogues();
  return told({{"version", version()},
               {"studies", studies_json()},
               {"worlds", entries_json(catalogues.worlds())},
               {"models", entries_json(catalogues.models())},
               {"expert", options_json(detail::expert_options())},
               {"schema", Json::parse(study_schema(catalogues))},
               {"curves", curves_json()},
               {"cause_names", cause_names},
               {"finding_kinds", finding_kinds()},
               {"memory_bytes", machine_memory_bytes()}});
}

Answer theory(const Question& question) {
  const TheoryCurve& curve = theory_curve(question.asked.at("curve").get<std::string>());
  TheoryValues changes;
  for (const auto& [name, value] : question.asked.value("values", Json::object()).items())
    changes[name] = value.get<double>();
  const TheoryValues values = theory_values(curve, changes);
  Json points = Json::array();
  for (const Json& n : question.asked.at("n")) {
    const TheoryPoint point = curve.evaluate(n.get<double>(), values);
    points.push_back({{"excess_risk", point.excess_risk}, {"normalised_error", point.normalised_error}});
  }
  return told({{"points", std::move(points)}});
}

}  // namespace quartic::page
