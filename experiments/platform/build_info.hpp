#pragma once
/// How this library was built: what a manifest needs to explain a number years later.
#include <string_view>

namespace quartic {

/// "0.2.0", from project() in CMakeLists.txt.
std::string_view version();
/// Commit of the sources at build time, with "+changes" when tracked files differed from it; "unknown"
/// outside git.
std::string_view git_revision();
/// "GNU 12.2.0".
std::string_view compiler();
/// Optimisation and floating-point flags, one blank between two.
std::string_view compiler_flags();

}  // namespace quartic
