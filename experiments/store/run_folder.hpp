#pragma once
/// The folder a run leaves behind.
///
///     run.sqlite     every record as soon as it is known (record_store.hpp)
///     study.toml     what ran                       records.csv    one line a fit
///     summary.csv    averages over replicates       findings.json  one entry a claim
///     cube.npy       everything, for NumPy          cube.json      what its axes are
///     timings.csv    CPU seconds of fits that shared no work
///     classes.csv    of worlds of classes, one line a fit
///     history.csv    where a model was asked to keep how its training went
///     manifest.json  who ran what, where, with which program, and a digest of the results
///
/// Times stand in timings.csv and manifest.json alone: all other files have the same bytes whenever the study
/// runs.
#include <memory>
#include <string>
#include <string_view>

#include "experiments/engine/engine.hpp"
#include "experiments/store/builders.hpp"
#include "experiments/store/new_folders.hpp"
#include "experiments/store/record_store.hpp"

namespace quartic {

/// What is known when a run has ended.
struct FinishedRun {
  const Study& study;
  const RunResult& result;
  std::string_view findings_json;
  std::vector<Builder> builders = {};  ///< of the records
};

/// Receives the records of a run and leaves whole files or none. It writes files under names that end in
/// ".partial"; finish() renames them, manifest.json last. Until then the results of an earlier run in the
/// same folder stay as they were. Without finish() the destructor removes the partial files.
class RunFolder final : public RecordSink {
 public:
  /// In this folder, which is kept once the run of this study has finished. Settings that differ between its
  /// cells are columns of the CSV files. Throws InvalidInput where a file cannot be made.
  RunFolder(HeldFolder& folder, const Study& study);
  ~RunFolder() override;

  const std::string& path() const;
  /// Throws MachineFailure when the disk is full.
  void write(std::span<const Record> records) override;
  /// Writes what is left, puts every file in its place and returns the digest: the SHA-256 of
  /// `cat records.csv summary.csv findings.json cube.npy`, and classes.csv where there is one. Throws as write
  /// does, and InvalidInput where a file cannot be made.
  std::string finish(const FinishedRun& run);

 private:
  class Files;
  std::unique_ptr<Files> files_;
};

/// A run while it goes on in a folder: its store, and its files. The study outlives it.
struct KeptRun {
  /// Throws as RunFolder and RecordStore do.
  KeptRun(HeldFolder& folder, const Study& ran, const StoreOptions& options = {});
  /// Commits the store and puts every file in its place; throws as both do.
  void finish(const RunResult& result, std::string_view findings_json);

  const Study& study;
  RunFolder files;
  RecordStore store;
};

}  // namespace quartic
