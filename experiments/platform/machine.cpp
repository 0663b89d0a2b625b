#include "experiments/platform/machine.hpp"

#include <time.h>
#include <unistd.h>

#include <array>
#include <fstream>

#include "core/machine/processor.hpp"

namespace quartic {

std::string cpu_model() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name"))
      if (const auto colon = line.find(": "); colon != std::string::npos) return line.substr(colon + 2);
  return "unknown";
}

std::string_view instruction_set() {
#if defined(__x86_64__)
  if (processor_has(InstructionSet::avx512)) return "x86-64-v4";
  if (processor_has(InstructionSet::avx2)) return "x86-64-v3";
  return __builtin_cpu_supports("sse4.2") ? "x86-64-v2" : "x86-64";
#else
  return "other";
#endif
}

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : "unknown";
}

std::string now_in_utc() {
  const time_t now = time(nullptr);
  tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  return {text.data(), strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

}  // namespace quartic
