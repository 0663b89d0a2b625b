#pragma once
/// How much memory there is.
#include <string>

namespace quartic {

/// Bytes this process may use: the machine's, or less where a container (cgroup) sets a limit.
double machine_memory_bytes();

/// "1.5 GB", "640 MB", "12 kB" (powers of ten).
std::string to_bytes_text(double bytes);

}  // namespace quartic
