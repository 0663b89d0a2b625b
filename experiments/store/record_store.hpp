#pragma once
/// run.sqlite in the folder of a run: every record as soon as its task has ended, for readers that watch,
/// and for the next run. docs/reliability.md has its tables, and what happens to it in every sort of
/// accident.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "experiments/results/archive.hpp"
#include "experiments/study/arm.hpp"

namespace quartic {

struct StoreOptions {
  bool retry_failed = false;  ///< records of failed fits are not found, so that the fits run again
  int threads = 0;            ///< of the run, for provenance
  Shard shard = {};           ///< likewise
};

/// Reads the whole store of a folder, where it has one, and repairs it where it is damaged: what is sound is
/// copied to a new file, and the damaged one stays as run.sqlite.damaged. Returns how many records were kept
/// then, nothing where all was well. The caller holds the lock of the folder. Throws InvalidInput where the
/// file may not be read, MachineFailure on a full disk.
std::optional<Index> repair_store(const std::string& folder);

/// Whether that would repair something. Reads the whole store; takes no lock. Throws InvalidInput where the
/// file may not be read.
bool needs_repair(const std::string& folder);

/// Writes the store of a study. A thread of its own commits what was kept within 50 milliseconds or so; a
/// process that is killed loses no more, and never leaves a store that cannot be read. The caller holds the
/// lock of the folder (RunFolder does).
class RecordStore final : public RecordArchive {
 public:
  /// Opens the store of this folder, or makes one, and puts study.toml beside it. What another study left is
  /// kept: its records are found where this one asks for them. Throws InvalidInput where the file is damaged
  /// (see repair_store), of a newer version, of something else, or cannot be written; MachineFailure on a
  /// full disk.
  RecordStore(std::string folder, const Study& study, StoreOptions options = {});
  ~RecordStore() override;

  void for_each_finished(const Study& study, const Cell& cell, const Take& take) override;
  /// Throws MachineFailure where an earlier record could not be written.
  void keep(const Study& study, const Cell& cell, std::span<const Record> records) override;
  /// Takes over every sound record of another folder's store, with its provenance. Returns how many there
  /// were. Throws InvalidInput where there is no such store.
  Index take_over(const std::string& folder);
  /// Commits what is left and leaves one file. Throws MachineFailure where that fails.
  void finish();
  /// How many records had a checksum that fails, so far; they are left out, and computed again.
  Index unsound() const;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace quartic
