#pragma once
/// The beginning of every manifest: program, machine, time.
#include <string>

namespace quartic {

/// {"program":{name, version, git_revision, compiler, flags},"machine":{cpu, instruction_set, blas},
/// "finished":"2026-01-31T12:00:00Z"}: this program, this machine, now.
std::string provenance_json();

}  // namespace quartic
