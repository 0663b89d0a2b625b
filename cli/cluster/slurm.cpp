#include "cli/cluster/slurm.hpp"

#include <regex>
#include <sstream>

#include "cli/terminal/child.hpp"
#include "core/require.hpp"

namespace quartic {

namespace {

ChildOutcome run_slurm(std::vector<std::string> words) {
  const std::string program = words.front();
  ChildOutcome outcome = run_child(std::move(words));
  require(
      outcome.found,
      "there is no " + program +
          " (the programs of Slurm are not on this machine or not on the PATH). Run this on a node from "
          "which jobs are submitted; on Debian the package is slurm-client. With --dry-run the scripts are "
          "printed without it.");
  return outcome;
}

/// What a program said, on one line and without the line end.
std::string said(const ChildOutcome& outcome) {
  std::istringstream lines(outcome.output);
  std::string text;
  for (std::string line; std::getline(lines, line);)
    if (!line.empty()) text += (text.empty() ? "" : "; ") + line;
  return text.empty() ? "it said nothing, and ended with status " + std::to_string(outcome.status) : text;
}

}  // namespace

SlurmLimits parse_limits(std::string_view config) {
  static const std::regex line(R"(^(MaxArraySize|MaxJobCount)\s*=\s*([0-9]{1,15})\s*$)");
  SlurmLimits limits;
  std::istringstream lines{std::string(config)};
  std::smatch match;
  for (std::string text; std::getline(lines, text);)
    if (std::regex_match(text, match, line))
      (match[1] == "MaxArraySize" ? limits.array_size : limits.jobs) = std::stoll(match[2]);
  return limits;
}

SlurmLimits slurm_limits() {
  const ChildOutcome outcome = run_slurm({"scontrol", "show", "config"});
  require(outcome.status == 0, "the Slurm controller does not answer (" + said(outcome) +
                                   "). Try scontrol ping, or ask whoever runs the cluster.");
  return parse_limits(outcome.output);
}

std::string sbatch(std::vector<std::string> words) {
  words.insert(words.begin(), {"sbatch", "--parsable"});
  const ChildOutcome outcome = run_slurm(std::move(words));
  require(outcome.status == 0, "sbatch refused the job (" + said(outcome) +
                                   "). Change what it names, with --sbatch or --tasks, and submit again.");
  // Warnings may stand around the number, and ";" with the name of a cluster after it.
  static const std::regex number(R"(^([0-9]+)(;.*)?$)");
  std::istringstream lines(outcome.output);
  std::smatch match;
  for (std::string line; std::getline(lines, line);)
    if (std::regex_match(line, match, number)) return match[1];
  throw InvalidInput("sbatch gave no number of a job (" + said(outcome) +
                     "). Look with squeue whether it was taken.");
}

}  // namespace quartic
