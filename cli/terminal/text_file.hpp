#pragma once
/// Files as text.
#include <string>

namespace quartic {

/// The whole file that a user named. Throws InvalidInput for a folder, or a file that cannot be opened.
std::string read_text_file(const std::string& path);

/// Throws InvalidInput where it cannot be written whole.
void write_text_file(const std::string& path, const std::string& text);

}  // namespace quartic
