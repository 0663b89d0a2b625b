#pragma once
/// One plain function a verb: options in, exit status out (cli/help/description.hpp says what each means).
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/terminal/console.hpp"
#include "cli/verbs/study_limits.hpp"
#include "cli/verbs/study_source.hpp"
#include "experiments/tables/fit.hpp"
#include "laws/frontiers/projection.hpp"

namespace quartic {

/// topic: "worlds", "models", "experiments", "laws", "theory" or "" for an overview.
int list(const std::string& topic, const Console& console);

/// Prints an experiment's study file, or describes a world, model, law or curve.
int show(const std::string& name, const Console& console);

struct RunOptions {
  StudyOptions study;
  int threads = 0;          ///< 0: all cores
  double memory_bytes = 0;  ///< 0: three quarters of the machine
  std::string out;          ///< "": runs/<experiment>, numbered where that exists
  std::string checkpoints;  ///< folder; "": none are kept
  std::string shard;        ///< "i/N"; "": all of it
  bool extend = false;      ///< the folder may hold another study, whose records are kept
  bool retry_failed = false;
  bool plot = false, json = false, quiet = false;
  LimitOptions limits = {};
};
int run_study(const RunOptions& options, const Console& console);
/// Goes on with the study of a folder; `options` without study, out, shard and extend.
int resume_run(const std::string& folder, const RunOptions& options, const Console& console);

struct StatusOptions {
  std::string folder;
  bool json = false, watch = false;
};
int show_status(const StatusOptions& options, const Console& console);

struct ExportOptions {
  std::string folder;
  std::string format;  ///< "csv", "npy", "jsonl" or "views"
  std::string out;     ///< "": the folder itself
};
int export_records(const ExportOptions& options, const Console& console);

struct MergeOptions {
  std::string out;
  std::vector<std::string> folders;
  bool plot = false, json = false, quiet = false;
};
int merge_runs(const MergeOptions& options, const Console& console);

struct VerifyOptions {
  std::string folder;
  double share = 0.01;  ///< of the tasks
  int threads = 0;
  double memory_bytes = 0;
};
int verify_run(const VerifyOptions& options, const Console& console);

struct ReplayOptions {
  std::string folder, record;  ///< the record as KEY/n/replicate
  double memory_bytes = 0;
};
int replay_fit(const ReplayOptions& options, const Console& console);

struct PlanOptions {
  StudyOptions study;
  int threads = 0;
  double memory_bytes = 0;
  std::optional<double> against = {};  ///< plan the power of claims against this exponent
  double spread = 0.5;                 ///< of log errors
  LimitOptions limits = {};
};
int plan_study(const PlanOptions& options, const Console& console);

/// A study as an array of jobs on a cluster, and a merge after it.
struct SubmitOptions {
  StudyOptions study;
  Index tasks = 1;
  std::string out;     ///< "": runs/<experiment>, numbered where that exists
  std::string sbatch;  ///< options for sbatch, as one text
  bool dry_run = false;
};
int submit_study(const SubmitOptions& options, const Console& console);

/// Draws the pictures of the run in this folder.
int plot_folder(const std::string& folder, const Console& console);

struct TheoryOptions {
  enum class Form { table, csv, json };
  std::string curve;
  std::vector<std::pair<std::string, std::string>> settings;
  Form form = Form::table;
};
int tabulate_theory(const TheoryOptions& options, const Console& console);

struct ProjectOptions {
  std::string file;             ///< "": the published ImageNet systems
  std::vector<double> targets;  ///< errors
  ProjectionForm law = ProjectionForm::power;
  std::string error = "error", compute = "compute";  ///< columns of the file
  double unit = 1;                                   ///< operations in one unit of computing
  std::string conversions;                           ///< "": those of the program
  std::string hardware;                              ///< "": the first of them
  bool json = false;
};
int project_errors(const ProjectOptions& options, const Console& console);

struct FitOptions {
  std::string source;  ///< a table, or the folder of a run
  FitQuestion question;
  bool json = false;
};
int fit_exponents(const FitOptions& options, const Console& console);

struct CalibrateOptions {
  std::string effort = "classroom";
  std::uint64_t seed = 1;
  int threads = 0;  ///< 0: all cores
  bool json = false;
};
int calibrate_intervals(const CalibrateOptions& options, const Console& console);

int print_schema(const Console& console);
int print_completion(const std::string& shell, const Console& console);
int print_help(const std::string& verb, const Console& console);
int print_manual(const Console& console);

}  // namespace quartic
