#pragma once
/// The records of a store in other forms.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/adaptive/adaptive.hpp"
#include "experiments/store/reader.hpp"

namespace quartic {

/// csv: records.csv, summary.csv, timings.csv, classes.csv where there are worlds of classes, and history.csv
/// where there is one. npy: cube.npy and cube.json. jsonl: records.jsonl, one record a line with its key and
/// the settings of its cell. views: in the store itself, the table `cells` and the views `results`, `averages`
/// and `failures` (docs/reliability.md): of these the caller holds the lock of the folder.
enum class ExportFormat { csv, npy, jsonl, views };
std::string_view to_string(ExportFormat format);

/// Writes them to the folder `out`, which is made where it does not exist; each file appears whole or not at
/// all. What the store lacks is left out. Returns the names of what was written. Throws InvalidInput where
/// the folder cannot be written, or where a run is writing there; MachineFailure on a full disk.
std::vector<std::string> export_store(const std::string& folder, const Study& study, ExportFormat format,
                                      const std::string& out);

/// What a store makes of a study without running anything.
struct StoredResults {
  RunResult result;                        ///< `interrupted` where something is missing
  std::optional<AdaptiveReport> adaptive;  ///< of a study with adaptive replicates: its decisions, made anew
};

/// All that the store has of the study; `sink` is told of its records in study order. Of a study with
/// adaptive replicates these are the records that its rule asks for, whatever else the store holds.
StoredResults stored_results(RecordSource& store, const Study& study, RecordSink& sink);

/// A study and what its store has of it.
struct StudyRun {
  Study study;
  RunResult result;
  std::optional<AdaptiveReport> adaptive;  ///< as of StoredResults
};

/// The run of this folder, without its single records. Throws as StoreReader and its member study do.
StudyRun read_run(const std::string& folder, const Catalogues& catalogues);

/// The fits of a shard of the study. The total of a study with adaptive replicates is what its rule has asked
/// for so far: final where all of them are done.
StoreCounts stored_counts(StoreReader& store, const Study& study, const Shard& shard = {});

}  // namespace quartic
