#pragma once
/// What only the build knows. It is compiled once, and no other command line of the compiler names a folder:
/// so the compiler's cache serves a second clone too.
#include <string>

namespace quartic::testing {

/// The checkout.
std::string source_folder();
/// The built program.
std::string program_path();
/// Whether the libraries were compiled with their assertions.
bool libraries_assert();
/// Whether they were compiled with a sanitizer, and so are many times as slow.
bool libraries_are_sanitized();

}  // namespace quartic::testing
