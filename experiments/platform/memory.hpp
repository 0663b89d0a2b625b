#pragma once
/// How much memory there is.
namespace quartic {

/// Bytes this process may use: the machine's, or less where a container (cgroup) sets a limit.
double machine_memory_bytes();

}  // namespace quartic
