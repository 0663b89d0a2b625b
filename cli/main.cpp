/// The program `quartic`.
#include "cli/program.hpp"

#include <malloc.h>

#include <vector>

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

}  // namespace

int main(int argc, char** argv) {
  keep_freed_memory();
  const std::vector<std::string> words(argv + 1, argv + argc);
  return quartic::run_program(words, quartic::standard_console());
}
