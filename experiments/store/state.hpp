#pragma once
/// What lies where a store should be.
#include <filesystem>
#include <string>

namespace quartic::detail {

enum class StoreState {
  absent,   ///< no file, or one without a table
  sound,    ///< as far as SQLite can tell; rows prove themselves
  damaged,  ///< written by quartic, and changed since
  newer,    ///< written by a later quartic
  foreign   ///< a database of something else
};

/// Reads the whole file where `thoroughly` (a quarter of a second for a million records). Throws SqliteError
/// where the file may not be read.
enum class Care { thoroughly, briefly };
StoreState state_of_store(const std::filesystem::path& folder, Care care);

/// Throws InvalidInput, which says what to do, for a newer, a foreign or a damaged one.
void require_usable_store(const std::filesystem::path& folder, StoreState state);

}  // namespace quartic::detail
