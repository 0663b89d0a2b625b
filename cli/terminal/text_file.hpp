#pragma once
/// Files as text.
#include <istream>
#include <string>

namespace quartic {

/// What is left of a stream.
std::string everything(std::istream& in);

/// The whole file that a user named. Throws InvalidInput for a folder, or a file that cannot be opened.
std::string read_text_file(const std::string& path);

/// Throws InvalidInput where it cannot be written whole.
void write_text_file(const std::string& path, const std::string& text);

}  // namespace quartic
