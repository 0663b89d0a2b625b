#pragma once
/// Runs a study: tasks over (cell, replicate), nested over arms; bounded memory; same bits for any number of
/// threads and shards, and however often it was interrupted.
#include <atomic>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "experiments/engine/checkpoint_folder.hpp"
#include "experiments/results/archive.hpp"
#include "experiments/results/cube.hpp"
#include "experiments/results/record.hpp"
#include "experiments/study/arm.hpp"
#include "experiments/study/study.hpp"

namespace quartic {

struct Progress {
  Index done = 0;   ///< fits finished (skipped after an interruption not counted)
  Index found = 0;  ///< those of them that the archive held
  /// Of this shard. Until every cell has begun, an estimate with several shards, and with
  /// EngineOptions::wanted too large: of cells that have not begun it counts every fit.
  Index total = 0;
  /// Of the operations of this run those of replicates that have ended, as far as can be told; NaN before the
  /// first has.
  double share = nan;
};

struct EngineOptions {
  int threads = 0;          ///< 0: all cores this process may use
  double memory_bytes = 0;  ///< of the whole process; 0: three quarters of the machine
  std::function<void(const Progress&)> progress = {};  ///< called from one thread at a time, often
  /// When it turns true, running replicates finish, of long ones only the running fits, and the rest is
  /// skipped.
  const std::atomic<bool>* stop = nullptr;
  /// Told once, soon after that, from a thread of its own: about how many seconds the running fits take; NaN
  /// where no fit like one of them has ended.
  std::function<void(double seconds)> stopping = {};
  /// A replicate that takes longer is long: its fits are kept in the archive as they end.
  double long_seconds = 10;
  /// When it turns true after `stop`, running replicates are dropped: fits, draws and judgements are left at
  /// their next interruption point (core/interruption.hpp), within half a second in every built-in study.
  const std::atomic<bool>* abandon = nullptr;
  /// Where fits that can resume keep their state; null: nowhere. Results do not depend on it.
  const CheckpointFolder* checkpoints = nullptr;
  /// Where finished fits are found, which are not run again, and kept. Null: nowhere.
  RecordArchive* archive = nullptr;
  Shard shard = {};  ///< the tasks of other shards are left out, and their records with them
  /// Replicates by cell, arm and size. Null: the study's.
  const Allotment* allotment = nullptr;
  /// Picks fits, from any thread: the others are left out likewise. Null: all.
  std::function<bool(const Slot&)> wanted = {};
};

struct RunResult {
  Cube cube;         ///< cell x arm x size x replicate x measure
  Index failed = 0;  ///< records with status failed, those of the archive among them
  bool interrupted = false;
  int threads = 1;  ///< used
  double wall_seconds = 0, cpu_seconds = 0;
};

/// Runs every arm of every cell and hands the records to the sink, cell by cell as they end. Results do not
/// depend on threads, on memory, or on which other arms, sizes and replicates the study has. An exception of
/// an arm (bad_alloc too) becomes a record with status failed whose message names cell, arm, n and replicate.
/// Memory: the cube (96 bytes a fit), and as many replicates at once as the bound allows. With an archive
/// only the fits it lacks are run, and the records are those of a run without one. A replicate is kept whole,
/// when it ends; of one that is long each fit is, within half a second of its end. An interruption loses the
/// fits that run, and of replicates that are not long those that have ended. Throws InvalidInput for a study
/// the catalogues refuse, or when the results or one replicate alone do not fit the memory; passes on what
/// the sink and the archive throw, after running tasks ended.
RunResult run(const Study& study, const EngineOptions& options, RecordSink& sink);

/// What `source` has of the study, as a run hands it over; nothing is run. `interrupted` where something is
/// missing. Throws InvalidInput where the results do not fit three quarters of the machine's memory.
RunResult collect(const Study& study, RecordSource& source, RecordSink& sink,
                  const Allotment* allotment = nullptr);

/// How large a run would be, by formula alone; nothing is run.
struct RunExtent {
  Index cells = 0, tasks = 0, fits = 0;
  double bytes = 0;  ///< of the process, at its height
};

/// Throws as run does before it begins.
RunExtent find_extent(const Study& study, const EngineOptions& options = {});

/// The cell of a study whose replicates take most memory, by formula, and what its pilot took.
struct LargestCell {
  CellSettings settings;
  double bytes = 0, flops = 0, seconds = 0;  ///< of one replicate, all sizes; seconds of one core
};

/// What a run would take. Flops and time are extrapolated from real replicates.
struct Plan {
  Index cells = 0, tasks = 0, fits = 0;
  double memory_bytes = 0;   ///< of the process, at its height
  double program_bytes = 0;  ///< of that, for the program itself
  double results_bytes = 0;  ///< for the results
  double task_bytes = 0;     ///< memory of one replicate
  int tasks_at_once = 1;     ///< replicates that run together
  double flops = 0;          ///< standalone flops of all fits; NaN where a model gives none
  double seconds = 0;        ///< wall-clock time
  double disk_bytes = 0;     ///< of the store and of all files
  LargestCell largest;
  Index pilot_fits = 0, pilot_failures = 0, pilot_divergences = 0;
  std::string pilot_failure, pilot_divergence;  ///< what the first of these says
  std::string basis;                            ///< a sentence: how flops and seconds were found
};

/// Runs pilots of first replicates within about `pilot_seconds`: all sizes where that is enough, else single
/// sizes from the smallest up, the larger ones extrapolated by a power law (then the time is an upper bound,
/// because a whole replicate shares work between sizes). Of more than 24 cells, twelve speak for the others.
/// Throws as run does.
Plan plan(const Study& study, const EngineOptions& options = {}, double pilot_seconds = 3);

}  // namespace quartic
