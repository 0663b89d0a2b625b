#pragma once
/// A file that a user named, as text.
#include <string>

namespace quartic {

/// The whole file. Throws InvalidInput for a folder, or a file that cannot be opened.
std::string read_text_file(const std::string& path);

}  // namespace quartic
