#include "experiments/study/document/document.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "experiments/study/schema.hpp"
#include "page/engine/questions.hpp"

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

}  // namespace

Answer about(const Question&) {
  const Catalogues catalogues = built_in_catalogues();
  return told({{"studies", studies_json()},
               {"worlds", entries_json(catalogues.worlds())},
               {"models", entries_json(catalogues.models())},
               {"schema", Json::parse(study_schema(catalogues))}});
}

}  // namespace quartic::page
