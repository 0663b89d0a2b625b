#include "experiments/study.hpp"

#include <algorithm>
#include <filesystem>

#include "experiments/study_draft.hpp"
#include "experiments/study_edits.hpp"

namespace quartic {

namespace {

std::string name_of(std::string_view file) {
  const std::string stem = std::filesystem::path(file).stem().string();
  const bool usable = !stem.empty() && std::all_of(stem.begin(), stem.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
  return usable && stem != "-" ? stem : "study";
}

/// An edited document, validated whole.
Study study_of(const detail::Node& document) {
  detail::Problems problems;
  detail::Draft draft = detail::read_draft(document, problems);
  problems.throw_if_any();
  detail::check_options(draft, problems);
  problems.throw_if_any();
  detail::settle_claims(draft, problems);
  draft.study.cells = detail::expand(draft);
  detail::check_claims(draft, draft.study.cells, problems);
  problems.throw_if_any();
  detail::check_cells(draft, draft.study.cells, problems);
  problems.throw_if_any();
  draft.study.text = detail::canonical_text(document, draft.study);
  return draft.study;
}

void check_other_efforts(const detail::Node& document, std::string_view file, std::string_view in_force) {
  for (const std::string& name : detail::effort_names(document)) {
    if (name == in_force) continue;
    detail::Node variant = document;
    detail::apply_effort(variant, name, file);
    static_cast<void>(study_of(variant));
  }
}

}  // namespace

Study parse_study(std::string_view text, std::string_view file, const StudyEdits& edits) {
  const detail::Node document = detail::read_document(text, file);
  detail::Node edited = document;
  if (!edits.effort.empty()) detail::apply_effort(edited, edits.effort, file);
  for (const auto& [key, value] : edits.overrides) detail::apply_override(edited, key, value);
  Study study = study_of(edited);
  check_other_efforts(document, file, edits.effort);
  study.name = name_of(file);
  study.effort = edits.effort;
  if (study.title.empty()) study.title = study.name;
  return study;
}

}  // namespace quartic
