#pragma once
/// What a verb of the program and its options are, in words: from there come parsing, --help, the man page
/// and shell completion.
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quartic {

/// What may stand in a place, for shell completion.
enum class Completes {
  nothing,
  experiments,
  efforts,
  folders,
  curves,
  topics,
  names,
  verbs,
  settings,
  tables,
  projection_laws
};

struct OptionText {
  std::string name;         ///< "--effort"
  std::string letter = "";  ///< "-e"
  std::string value = "";   ///< how help names the value; empty for a flag
  std::string help;
  Completes completes = Completes::nothing;
  bool repeats = false;  ///< may be given several times
};

struct ArgumentText {
  std::string name;  ///< "EXPERIMENT"
  std::string help;
  Completes completes = Completes::nothing;
  bool optional = false;
  bool repeats = false;  ///< the last one: one or more words
};

struct ExampleText {
  std::string command, says;
};

struct VerbText {
  std::string name;
  std::string summary;      ///< one line, for the overview
  std::string description;  ///< paragraphs, separated by an empty line
  std::vector<ArgumentText> arguments;
  std::vector<OptionText> options;
  std::vector<ExampleText> examples;
  bool hidden = false;  ///< for packagers: works, but is not listed
};

/// Paragraphs of one line each, of a text that is broken into lines anywhere; empty lines separate them.
std::string unfolded(std::string_view text);
/// Names of the verbs that are listed.
std::vector<std::string> verb_names(std::span<const VerbText> verbs);
/// The text with its commands, such as "quartic run", under the name by which the program was called.
std::string called(std::string text, std::string_view program, std::span<const VerbText> verbs);
/// "quartic run EXPERIMENT [options]".
std::string synopsis(const VerbText& verb);
/// "-e, --effort EFFORT".
std::string usage(const OptionText& option);

/// What the program is, in two sentences.
std::string_view program_description();
/// What each exit status means.
struct ExitText {
  int status;
  std::string_view meaning;
};
const std::vector<ExitText>& exit_texts();

/// Exit statuses of the program.
namespace exit_status {
inline constexpr int done = 0, failed_fits = 1, bad_input = 2, unexpected = 3, interrupted = 130;
inline constexpr int differs = 1;      // of verify and replay
inline constexpr int signalled = 128;  // and the number of the signal
}  // namespace exit_status

}  // namespace quartic
