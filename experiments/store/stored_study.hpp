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
/// Nothing of it where there is no row.
StoredStudy read_study(const Database& database);

/// The name and the effort that manifest.json says this text ran under, where it speaks of this text.
std::optional<StudyLabel> label_in_manifest(const std::filesystem::path& folder, const std::string& text);

}  // namespace quartic::detail
