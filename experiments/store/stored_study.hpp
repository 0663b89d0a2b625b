#pragma once
/// The study of a store: one row, that of its latest run.
#include <filesystem>
#include <optional>
#include <string>

#include "experiments/platform/sqlite.hpp"
#include "experiments/results/archive.hpp"

namespace quartic::detail {

/// What stands beside the text, and is proved by a hash of its own.
struct StudyLabel {
  std::string name, effort;
  Shard shard;    ///< that the run took
  Index run = 0;  ///< which wrote here last; rows of the table runs may also come from other stores
};

struct StoredStudy {
  std::string text;                 ///< "" where it was changed since
  std::optional<StudyLabel> label;  ///< nothing likewise
};

void write_study(Database& database, const StoredStudy& study);
/// Nothing where there is no row.
std::optional<StoredStudy> read_study(const Database& database);
/// Columns as in the table, for rows of any source.
inline constexpr int study_columns = 10;
template <class Source>
StoredStudy study_in(const Source& row);

/// The name and the effort that manifest.json says this text ran under, where it speaks of this text.
std::optional<StudyLabel> label_in_manifest(const std::filesystem::path& folder, const std::string& text);

std::string compute_seal(const StudyLabel& label);
std::string proved_text(std::string_view text, std::string_view hash);

template <class Source>
StoredStudy study_in(const Source& row) {
  StudyLabel label{.name = std::string(row.text(4)),
                   .effort = std::string(row.text(5)),
                   .shard = {row.integer(6), row.integer(7)},
                   .run = row.integer(8)};
  StoredStudy study{proved_text(row.text(2), row.text(3)), std::nullopt};
  if (row.text(9) == compute_seal(label)) study.label = std::move(label);
  return study;
}

}  // namespace quartic::detail
