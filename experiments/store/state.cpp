#include "experiments/store/state.hpp"

#include <fstream>

#include "core/require.hpp"
#include "experiments/platform/sqlite.hpp"
#include "experiments/store/paths.hpp"
#include "experiments/store/rows.hpp"

namespace quartic::detail {

namespace {

// In the header: 1 or 2 for each (with a log or without); SQLite takes a file with anything else for one that
// only later versions may write.
bool has_right_format(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  file.seekg(18);
  const int write = file.get(), read = file.get();
  return (write == 1 || write == 2) && (read == 1 || read == 2);
}

bool is_ours(Database& database) {
  return database.number("PRAGMA application_id") == store_application;
}

// The version stands twice, so that a flipped bit is told from a later version.
bool is_newer(Database& database) {
  const Index version = database.number("PRAGMA user_version");
  return is_ours(database) && version > store_version &&
         (schema_of(database) != schema_of_store() ||
          database.number("SELECT max(version) FROM study") == version);
}

bool is_whole(Database& database, Care care) {
  return is_ours(database) && database.number("PRAGMA user_version") == store_version &&
         database.text("PRAGMA encoding") == "UTF-8" && schema_of(database) == schema_of_store() &&
         (care == Care::briefly || database.text("PRAGMA quick_check(1)") == "ok");
}

StoreState find_state(Database& database, Care care) {
  if (database.number("SELECT count(*) FROM sqlite_schema") == 0) return StoreState::absent;
  if (is_newer(database)) return StoreState::newer;
  if (is_whole(database, care)) return StoreState::sound;
  return is_ours(database) || schema_of(database) == schema_of_store() ? StoreState::damaged
                                                                       : StoreState::foreign;
}

}  // namespace

StoreState state_of_store(const std::filesystem::path& folder, Care care) {
  const StorePaths paths(folder);
  if (!std::filesystem::exists(paths.file)) return StoreState::absent;
  try {
    Database database(paths.file.string(), Access::read);
    const StoreState state = find_state(database, care);
    return state == StoreState::sound && !has_right_format(paths.file) ? StoreState::damaged : state;
  } catch (const SqliteError& error) {
    if (!error.damaged() && !error.nonsense()) throw;
    return StoreState::damaged;
  }
}

void require_usable_store(const std::filesystem::path& folder, StoreState state) {
  const std::string name = StorePaths(folder).file.string();
  require(state != StoreState::newer,
          name +
              " was written by a newer version of quartic (this one cannot read it). Use that version, or "
              "choose another folder.");
  require(state != StoreState::foreign,
          name + " is a database of something else (it has no tables of quartic's). Choose another folder.");
  require(state != StoreState::damaged,
          name + " is damaged (its bytes are not those that were written). quartic resume " +
              folder.string() + " keeps what is sound and computes the rest again.");
}

}  // namespace quartic::detail
