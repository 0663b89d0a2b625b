#pragma once
/// The machine and the moment: what provenance says of them.
#include <string>
#include <string_view>

namespace quartic {

/// "AMD EPYC 7B13", or "unknown".
std::string cpu_model();
/// The newest level of x86-64 this CPU has: "x86-64-v3"; "other" on other machines.
std::string_view instruction_set();
/// As the network knows it, or "unknown".
std::string host_name();
/// "2026-01-31T12:00:00Z".
std::string now_in_utc();

}  // namespace quartic
