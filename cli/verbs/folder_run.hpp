#pragma once
/// A study that runs, or goes on, in a folder: what run, resume and merge have in common.
#include <optional>
#include <string>

#include "cli/help/parse.hpp"
#include "cli/terminal/console.hpp"
#include "experiments/results/archive.hpp"
#include "experiments/store/new_folders.hpp"
#include "experiments/store/run_folder.hpp"

namespace quartic {

struct FolderRun {
  int threads = 0;
  double memory_bytes = 0;
  std::string checkpoints;
  Shard shard = {};
  bool retry_failed = false;
  bool plot = false, json = false, quiet = false;
};

/// What of this was asked for, by a verb that has all of these options or some.
FolderRun read_folder_run(const Request& request);

/// What is done about a folder that holds another study.
enum class OtherStudy {
  refuse,
  offer_to_extend,  ///< refuse, and name --extend
  extend            ///< its records are kept
};

/// Throws InvalidInput, which says how many of this study's fits are there already, where the folder holds
/// another study, unless it is to be extended; also where it holds a run without a store that is of another
/// study.
void require_same_study(const std::string& folder, const Study& study, OtherStudy other);

/// Runs what the store lacks, writes the results and prints what was asked for. Returns the exit status.
int run_in_folder(HeldFolder& folder, const Study& study, const FolderRun& options, const Console& console);

/// The same without running anything: what the store has makes the results.
int collect_in_folder(KeptRun& kept, const FolderRun& options, const Console& console);

}  // namespace quartic
