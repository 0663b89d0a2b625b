#include "cli/program.hpp"

#include <malloc.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/verbs/dispatch.hpp"
#include "models/linear/blas.hpp"

namespace quartic {

namespace {

// Matrices come and go by the thousand. glibc would return each large one to the system and have the next
// one's pages cleared anew (half of the time of a cross-validated lasso); one arena that keeps what was freed
// does not.
void keep_freed_memory() {
  constexpr int most = 1 << 30;
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, most);
  mallopt(M_TRIM_THRESHOLD, most);
  mallopt(M_TOP_PAD, 1 << 26);
}

// OpenBLAS has chosen its kernels by now. Where it took those of an older processor, the program starts anew
// in its own place and tells it better; where that is impossible, it goes on as it is.
void restart_with_better_blas_kernels(char** argv) {
  constexpr const char* choice = "OPENBLAS_CORETYPE";
  if (std::getenv(choice)) return;
  const std::string kernels(better_blas_kernels());
  if (kernels.empty() || setenv(choice, kernels.c_str(), 1) != 0) return;
  execv("/proc/self/exe", argv);
}

// A file that grows beyond what the shell allows (ulimit -f) then fails like one on a full disk, with a
// message, instead of killing the program.
void survive_limits_of_files() {
  signal(SIGXFSZ, SIG_IGN);
}

std::string name_of_program(int argc, char** argv) {
  return argc > 0 ? std::filesystem::path(argv[0]).filename().string() : "quartic";
}

}  // namespace

int program(const Catalogues& catalogues, int argc, char** argv) {
  restart_with_better_blas_kernels(argv);
  keep_freed_memory();
  survive_limits_of_files();
  const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  const Console console = standard_console();
  return run_program(words, {name_of_program(argc, argv), catalogues, console});
}

int program_within(const Catalogues& catalogues, std::span<const std::string> words, std::ostream& out,
                   std::ostream& err) {
  return run_program(words, {"quartic", catalogues, {.out = out, .err = err}});
}

int program_within(const Catalogues& catalogues, std::span<const std::string> words) {
  return run_program(words, {"quartic", catalogues, standard_console()});
}

}  // namespace quartic
