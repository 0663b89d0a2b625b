#pragma once
/// How much memory there is.
#include <filesystem>

namespace quartic {

/// Bytes this process may use: the machine's, or less where a container or a batch system sets a limit
/// (cgroup).
double machine_memory_bytes();

namespace detail {

/// The lowest limit of the groups that this file of /proc names, and of those around them, as they stand
/// under `mount`; infinite where there is none.
double memory_limit_of_groups(const std::filesystem::path& groups, const std::filesystem::path& mount);

}  // namespace detail
}  // namespace quartic
