#pragma once
/// run.sqlite in the folder of a run: every record as soon as its task has ended, for readers that watch,
/// and for the next run. docs/reliability.md has its tables, and what happens to it in every sort of
/// accident.
#include <memory>
#include <string>

#include "experiments/results/archive.hpp"
#include "experiments/store/builders.hpp"
#include "experiments/study/arm.hpp"

namespace quartic {

struct StoreOptions {
  bool retry_failed = false;  ///< records of failed fits are not found, so that the fits run again
  int threads = 0;            ///< of the run, for provenance
  Shard shard = {};           ///< likewise
};

/// What was taken over from another folder's store.
struct TakenOver {
  Index records = 0;
  bool damaged = false;  ///< whether there are records that could not be read
};

/// Writes the store of a study. A thread of its own commits what was kept within 50 milliseconds or so; a
/// process that is killed loses no more, and never leaves a store that cannot be read. The caller holds the
/// lock of the folder (HeldFolder does).
class RecordStore final : public RecordArchive {
 public:
  /// Opens the store of this folder, or makes one, and puts study.toml beside it. What another study left is
  /// kept: its records are found where this one asks for them. Reads the whole file, and throws InvalidInput,
  /// which says what to do, where it is damaged, of a newer version, of something else, or cannot be written;
  /// MachineFailure on a full disk.
  RecordStore(std::string folder, const Study& study, StoreOptions options = {});
  ~RecordStore() override;

  void for_each_finished(const Study& study, const Cell& cell, const Take& take) override;
  /// Throws MachineFailure where an earlier record could not be written.
  void keep(const Study& study, const Cell& cell, std::span<const Record> records) override;
  /// Takes over every sound record of another folder's store, with its provenance; of a damaged one those
  /// that can still be read. Throws InvalidInput where there is no such store, or where it cannot be opened.
  TakenOver take_over(const std::string& folder);
  /// Commits what is left and leaves one file. Throws MachineFailure where that fails.
  void finish();
  /// Who computed what is committed of the study (of this store's shard), and how much is missing.
  StudyBuilders builders(const Study& study);
  /// How many records had a checksum that fails, so far; they are left out, and computed again.
  Index unsound() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace quartic
