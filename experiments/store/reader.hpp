#pragma once
/// Reads a store without writing to it, also while a run writes.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "experiments/results/archive.hpp"
#include "experiments/results/record_key.hpp"
#include "experiments/store/runs.hpp"
#include "experiments/study/arm.hpp"

namespace quartic {

/// Of the fits a study asks for.
struct StoreCounts {
  Index total = 0, done = 0, failed = 0, diverged = 0;  ///< those that failed or diverged are done
};

/// One record, and where it stands in a study.
struct FoundRecord {
  Record record;
  std::string key;      ///< of its series
  std::string content;  ///< JSON
  Index run = 0;        ///< that wrote it
};

/// Every member throws InvalidInput, which says what to do, where the file turns out to be damaged.
class StoreReader final : public RecordSource {
 public:
  /// Whether the folder has a store; a file that a killed run left before it had tables is none.
  static bool exists(const std::string& folder);
  /// Throws InvalidInput where the folder has no store, or one that is damaged, newer, or unreadable.
  explicit StoreReader(std::string folder);
  ~StoreReader() override;

  /// Canonical TOML; what study.toml says where the store has lost it; "" where neither says.
  std::string study_text() const;
  /// Whether that is another study than this. Not where it is lost.
  bool holds_another(const Study& study) const;
  /// That study, with the name and the effort it ran under; those of manifest.json where the store has lost
  /// them, else the name "study". Throws InvalidInput where it is lost, or names a kind that the catalogues
  /// do not have.
  Study study(const Catalogues& catalogues = built_in_catalogues()) const;
  /// The part of the study that the latest run in this folder took. Nothing where the store has lost it.
  std::optional<Shard> shard() const;
  /// All that wrote records which are here, those of merged stores among them.
  std::vector<StoredRun> runs() const;
  /// The latest of them in this folder. Nothing where the store has lost it.
  std::optional<StoredRun> last_run() const;
  /// How many rows of this study's series have a checksum that fails. No other member tells of them; the next
  /// run computes them again.
  Index unsound(const Study& study) const;
  /// Counts rows without looking at their checksums.
  StoreCounts count(const Study& study, const Shard& shard = {}) const;
  /// The first records of this study that failed or diverged, at most so many.
  std::vector<FoundRecord> without_success(const Study& study, std::size_t most) const;
  /// Every sound record of this study in study order (cell, arm, n, replicate).
  void for_each(const Study& study, const std::function<void(const FoundRecord&)>& visit) const;
  /// The records whose series begins with these digits, with this n and replicate. Looks through the cells of
  /// the study. Throws InvalidInput where there is none, or where the digits fit several series.
  FoundRecord find(const Study& study, const RecordName& name) const;

  void for_each_finished(const Study& study, const Cell& cell, const Take& take) override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace quartic
