#pragma once
/// Files that are what their name says: a folder may come from anywhere, and hold links, pipes and devices.
#include <filesystem>
#include <optional>
#include <string>

namespace quartic {

/// The whole of a plain file of at most so many bytes, or of a link to one; nothing where there is none, or
/// another, or a larger one. Never waits.
std::optional<std::string> read_plain_file(const std::filesystem::path& path,
                                           std::size_t most_bytes = 1U << 30U);

namespace detail {

/// Opens a file that is ours to write into, or makes it; empties nothing. The descriptor, or -1 and errno.
/// Throws InvalidInput for a link, a file with a second name, and what is no plain file: what is written
/// there would end up elsewhere.
int open_own_file(const std::filesystem::path& path);

/// Whether the open file is still the one of that name: another process may have put another in its place, or
/// removed it, between our opening it and our locking it.
bool is_file(int descriptor, const std::filesystem::path& path);

/// Throws a Refusal for what the system refused (`reason` is its errno): "cannot <action> <path> (why). What
/// to do". MachineFailure where the machine has run out of something, else InvalidInput that proposes another
/// place by `option`.
[[noreturn]] void refuse_file(const std::string& action, const std::filesystem::path& path, int reason,
                              const std::string& option);
/// What to do about it.
std::string remedy(int reason, const std::string& option);
/// Whether that reason is that the machine has run out of something.
bool is_exhausted(int reason);

}  // namespace detail
}  // namespace quartic
