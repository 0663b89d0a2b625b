#pragma once
/// Files as text.
#include <istream>
#include <string>

namespace quartic {

/// What is left of a stream of text, named so in messages. Throws InvalidInput at the first zero byte,
/// which no text has, and beyond so many bytes: a stream may have no end.
std::string everything(std::istream& in, const std::string& name, std::size_t most_bytes = 1U << 30U);

/// The whole file that a user named. Throws InvalidInput for a folder, and a file that cannot be opened.
std::string read_text_file(const std::string& path, std::size_t most_bytes = 1U << 30U);
/// That of a run's folder, which may come from anywhere. Throws InvalidInput where there is no such plain
/// file.
std::string read_run_file(const std::string& folder, const std::string& name);

/// In the place of what has this name, link or file. Throws InvalidInput for a folder, a Refusal where it cannot be
/// written whole.
void write_text_file(const std::string& path, const std::string& text);

}  // namespace quartic
