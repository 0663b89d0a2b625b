#pragma once
/// What to do with a store that is not as it was written.
#include <filesystem>

#include "core/types.hpp"

namespace quartic::detail {

/// Copies every record whose checksum holds, with its series, the study and the runs, from the damaged
/// run.sqlite of this folder to a new one that takes its place; the damaged one stays beside it as
/// run.sqlite.damaged. Returns how many records there are now. The caller holds the folder's lock; a process
/// that dies on the way leaves what finish_salvage() completes. Throws SqliteError where the disk is full.
Index salvage_store(const std::filesystem::path& folder);

/// Ends a salvage that was cut short.
void finish_salvage(const std::filesystem::path& folder);

}  // namespace quartic::detail
