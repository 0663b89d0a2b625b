#pragma once
/// Other programs: gnuplot, sbatch, scontrol. No shell stands between, so that a folder may have any name.
#include <string>
#include <vector>

namespace quartic {

/// How a program ended, and what it said on standard output and standard error, in the order in which it did.
struct ChildOutcome {
  bool found = true;  ///< false: there is no such program on the PATH
  int status = 0;     ///< its exit status; 1 where a signal ended it
  std::string output;
};

/// Runs a program of the PATH to its end, in `folder` ("": here), with nothing on standard input. Throws a
/// Refusal where the system refuses a process.
ChildOutcome run_child(std::vector<std::string> words, const std::string& folder = "");

/// Text as one word of a shell: in single quotes, unless it needs none.
std::string shell_word(const std::string& text);

/// The file that runs: the program itself.
std::string own_path();

}  // namespace quartic
