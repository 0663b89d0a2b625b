#include "experiments/study/read/parse_study.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>

#include "experiments/study/document/edits.hpp"
#include "experiments/study/document/include.hpp"
#include "experiments/study/document/world_files.hpp"
#include "experiments/study/read/sweep.hpp"

namespace quartic {

namespace {

std::string make_name(std::string_view file) {
  const std::string stem = std::filesystem::path(file).stem().string();
  const bool usable = !stem.empty() && std::all_of(stem.begin(), stem.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
  return usable && stem != "-" ? stem : "study";
}

bool has_axis(const detail::Draft& draft) {
  const std::vector<const detail::Setting*> settings = detail::all_settings(draft);
  return std::any_of(settings.begin(), settings.end(), [](const auto* setting) { return setting->is_axis; });
}

/// The drafts whose cells the study has, checked: that of the grid, unless all it has is replaced by cases,
/// and those of the cases.
std::vector<detail::Draft> make_drafts(const detail::Draft& base, const std::vector<detail::Node>& cases) {
  detail::Problems problems;
  std::vector<detail::Draft> drafts;
  if (cases.empty() || has_axis(base)) drafts.push_back(base);
  for (const detail::Node& document : cases) {
    drafts.push_back(detail::read_draft(document, base.study.catalogues, problems));
    drafts.back().is_case = true;
    problems.throw_if_any();
  }
  for (detail::Draft& draft : drafts) {
    detail::check_options(draft, problems);
    problems.throw_if_any();
  }
  return drafts;
}

/// An edited document, validated whole.
Study make_study(const detail::Node& document, const Catalogues& catalogues) {
  detail::Problems problems;
  detail::Draft base = detail::read_draft(document, catalogues, problems);
  problems.throw_if_any();
  const auto cells =
      std::make_shared<const detail::SweepCells>(make_drafts(base, detail::case_documents(document)));
  detail::drop_claims_without_cells(base, *cells, problems);
  detail::drop_targets_without_cells(base, *cells, problems);
  detail::check_claims(base, *cells, problems);
  problems.throw_if_any();
  detail::check_cells(*cells, problems);
  problems.throw_if_any();
  base.study.cells = CellGrid(cells);
  base.study.text = detail::canonical_text(document, base.study);
  return base.study;
}

void check_other_efforts(const detail::Node& document, std::string_view file, const Study& study) {
  for (const std::string& name : detail::effort_names(document)) {
    if (name == study.effort) continue;
    detail::Node variant = document;
    detail::apply_effort(variant, name, file);
    static_cast<void>(make_study(variant, study.catalogues));
  }
}

}  // namespace

Study parse_study(std::string_view text, std::string_view file, const StudyEdits& edits,
                  const Catalogues& catalogues) {
  const detail::Node document =
      detail::with_includes(detail::read_document(text, file), file, built_in_studies());
  detail::Node edited = document;
  if (!edits.effort.empty()) detail::apply_effort(edited, edits.effort, file);
  for (const auto& [key, value] : edits.overrides) detail::apply_override(edited, key, value);
  Study study = make_study(detail::with_pinned_files(std::move(edited)), catalogues);
  study.name = make_name(file);
  study.effort = edits.effort;
  check_other_efforts(document, file, study);
  if (study.title.empty()) study.title = study.name;
  return study;
}

}  // namespace quartic
