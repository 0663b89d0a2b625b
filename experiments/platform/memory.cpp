#include "experiments/platform/memory.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

namespace quartic {

namespace {

namespace fs = std::filesystem;

// Infinite where there is none: "max" does not read as a number.
double limit_in(const fs::path& file) {
  double limit = 0;
  return std::ifstream(file) >> limit && limit > 0 ? limit : std::numeric_limits<double>::infinity();
}

// That of a group and of every one around it.
double lowest_limit(const fs::path& mount, fs::path group, const char* file) {
  double lowest = limit_in(mount / file);
  for (group = group.relative_path(); !group.empty(); group = group.parent_path())
    lowest = std::min(lowest, limit_in(mount / group / file));
  return lowest;
}

}  // namespace

double detail::memory_limit_of_groups(const fs::path& groups, const fs::path& mount) {
  double lowest = std::min(lowest_limit(mount, {}, "memory.max"),
                           lowest_limit(mount / "memory", {}, "memory.limit_in_bytes"));
  std::ifstream lines(groups);  // "0::/user.slice/job" of version 2, "7:memory:/job" of version 1
  for (std::string line; std::getline(lines, line);) {
    const std::size_t kinds = line.find(':') + 1, path = line.find(':', kinds) + 1;
    if (kinds == 0 || path == 0) continue;
    const std::string kind = "," + line.substr(kinds, path - 1 - kinds) + ",";
    if (kind == ",,") lowest = std::min(lowest, lowest_limit(mount, line.substr(path), "memory.max"));
    if (kind.find(",memory,") != std::string::npos)
      lowest = std::min(lowest, lowest_limit(mount / "memory", line.substr(path), "memory.limit_in_bytes"));
  }
  return lowest;
}

double machine_memory_bytes() {
  const double bytes =
      static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGE_SIZE));
  return std::min(bytes, detail::memory_limit_of_groups("/proc/self/cgroup", "/sys/fs/cgroup"));
}

}  // namespace quartic
