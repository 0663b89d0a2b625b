#pragma once
/// The file of a store, and what lies there.
#include <filesystem>
#include <string_view>

#include "experiments/platform/sqlite.hpp"

namespace quartic::detail {

inline constexpr std::string_view store_name = "run.sqlite";
inline std::filesystem::path store_file(const std::filesystem::path& folder) {
  return folder / store_name;
}

enum class StoreState {
  absent,   ///< no file, or one without a table
  sound,    ///< as far as SQLite can tell; rows prove themselves
  damaged,  ///< written by quartic, and changed since
  newer,    ///< written by a later quartic
  foreign   ///< something else
};

/// Reads the whole file where `thoroughly` (a quarter of a second for a million records). Throws SqliteError
/// where the file may not be read.
enum class Care { thoroughly, briefly };
StoreState state_of_store(const std::filesystem::path& folder, Care care);

/// Sorts the records of a damaged store where nothing is wrong with it but their order: a record whose key was
/// changed stands in the wrong place, and hides others. Whether the store is sound now. The caller holds the
/// lock of the folder. Throws SqliteError where the file cannot be written.
bool mend_order(const std::filesystem::path& folder);

/// Throws InvalidInput, which says what to do, for a newer, a foreign or a damaged one.
void require_usable_store(const std::filesystem::path& folder, StoreState state);

/// Opens the store to read it, after a brief look. Throws InvalidInput, which says what to do, where there is
/// none, for those of require_usable_store, and where the file may not be read.
Database open_store(const std::filesystem::path& folder);
/// What SQLite found wrong later, as InvalidInput.
[[noreturn]] void refuse_store(const std::filesystem::path& folder, const SqliteError& error);

}  // namespace quartic::detail
