#pragma once
/// Runs the built program as a user would: words in; standard output, standard error and exit status out.
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/places.hpp"

namespace quartic::testing {

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_text(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
}

/// A folder of its own for one test, removed with the object.
class Scratch {
 public:
  Scratch() {
    static std::atomic<int> counter{0};
    path_ = std::filesystem::temp_directory_path() /
            ("quartic_cli_" + std::to_string(getpid()) + "_" + std::to_string(counter++));
    std::filesystem::create_directories(path_);
  }
  ~Scratch() { std::filesystem::remove_all(path_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

struct Outcome {
  int status = -1;
  std::string out, err;
};

/// Runs `before quartic words` in `folder` with this text on standard input; `words` and `before` are shell
/// text.
inline Outcome run_quartic(const Scratch& folder, const std::string& words, const std::string& input = "",
                           const std::string& before = "") {
  write_text(folder / ".in", input);
  const std::string command = "cd '" + folder.path() + "' && " + before + " '" + program_path() + "' " +
                              words + " < .in > .out 2> .err";
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_text(folder / ".out"),
          read_text(folder / ".err")};
}

/// What a user at the keyboard types once the screen shows this text.
struct Keys {
  std::string after, typed;
};
inline const std::string ctrl_c = "\x03";

/// Runs `quartic words` on a terminal of its own, types the keys in their order, and waits for the end.
/// `out` is everything the screen showed.
inline Outcome run_on_terminal(std::vector<std::string> words, const std::vector<Keys>& keys) {
  int screen = -1;
  const pid_t child = forkpty(&screen, nullptr, nullptr, nullptr);
  if (child < 0) throw std::runtime_error("no terminal");
  if (child == 0) {
    words.insert(words.begin(), "quartic");
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execv(program_path().c_str(), arguments.data());
    _exit(98);
  }
  Outcome outcome;
  std::size_t typed = 0, seen = 0;
  std::array<char, 4096> buffer{};
  for (ssize_t count = 0; (count = read(screen, buffer.data(), buffer.size())) > 0;) {
    outcome.out.append(buffer.data(), static_cast<std::size_t>(count));
    if (typed == keys.size() || outcome.out.find(keys[typed].after, seen) == std::string::npos) continue;
    seen = outcome.out.size();
    const std::string& text = keys[typed++].typed;
    if (write(screen, text.data(), text.size()) < 0) break;
  }
  close(screen);
  int status = 0;
  waitpid(child, &status, 0);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

/// A study that runs in milliseconds: 20 candidates, 2 relevant, 3 arms.
inline const std::string small_study = R"(title = "A small study"
question = "Does everything work?"
seed = 7
replicates = 6
sizes = [30, 60, 120]

[world]
kind = "sparse_linear"
candidates = 20
relevant = 2

[[arm]]
name = "oracle"
model = "least_squares"
expert = { correct = 2, wrong = 0 }

[[arm]]
name = "flexible"
model = "least_squares"

[[arm]]
name = "regularised"
model = "lasso"
penalty = "theory_known"

[[claim]]
says = "The oracle learns from data"
arm = "oracle"
law = "data_exponent"
form = "power"
at_least = 0.1
margin = 0.05

[effort.classroom]
replicates = 3
)";

/// Tests that draw are skipped where it is not installed.
inline bool has_gnuplot() {
  return std::system("command -v gnuplot > /dev/null") == 0;
}

}  // namespace quartic::testing
