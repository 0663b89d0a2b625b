#pragma once
/// The records of a store in other forms.
#include <string>
#include <string_view>
#include <vector>

#include "experiments/engine.hpp"
#include "experiments/store_reader.hpp"

namespace quartic {

/// csv: records.csv, summary.csv, timings.csv, and history.csv where there is one. npy: cube.npy and
/// cube.json. jsonl: records.jsonl, one record a line with its key and the settings of its cell. views: in
/// the store itself, the table `cells` and the views `results`, `averages` and `failures`
/// (docs/reliability.md).
enum class ExportFormat { csv, npy, jsonl, views };
std::string_view to_string(ExportFormat format);

/// Writes them to the folder `out`, which is made where it does not exist; each file appears whole or not at
/// all. What the store lacks is left out. Returns the names of what was written. Throws InvalidInput where
/// the folder cannot be written, or where a run is writing there; MachineFailure on a full disk.
std::vector<std::string> export_store(const std::string& folder, const Study& study, ExportFormat format,
                                      const std::string& out,
                                      const Catalogues& catalogues = built_in_catalogues());

/// All that the store has of the study, as the engine's result: nothing is run. `interrupted` where some of
/// it is missing; of the records it has, `sink` is told in study order.
RunResult stored_results(RecordArchive& store, const Study& study, RecordSink& sink,
                         const Catalogues& catalogues = built_in_catalogues());

}  // namespace quartic
