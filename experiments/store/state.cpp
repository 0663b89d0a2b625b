#include "experiments/store/state.hpp"

#include <fstream>

#include "core/require.hpp"
#include "experiments/platform/machine_failure.hpp"
#include "experiments/platform/plain_file.hpp"
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

bool has_tables_of(Database& database, Index version) {
  return version >= first_store && version <= newest_version &&
         read_schema(database) == schema_of_store(version);
}

bool has_our_tables(Database& database) {
  for (Index version = first_store; version <= newest_version; ++version)
    if (has_tables_of(database, version)) return true;
  return false;
}

// The version stands twice, so that a flipped bit is told from a later version.
bool is_newer(Database& database) {
  const Index version = version_of(database);
  return is_ours(database) && version > newest_version &&
         (!has_our_tables(database) || database.number("SELECT max(version) FROM study") == version);
}

// What SQLite would do beside what it is asked to: a trigger runs, a unique index drops rows.
bool has_parts_of_others(Database& database) {
  return database.number(
             "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'index') AND sql IS NOT NULL") > 0;
}

bool is_whole(Database& database, Care care) {
  return is_ours(database) && has_tables_of(database, version_of(database)) &&
         database.text("PRAGMA encoding") == "UTF-8" &&
         (care == Care::briefly ||
          (!has_parts_of_others(database) && database.text("PRAGMA integrity_check(1)") == "ok"));
}

StoreState find_state(Database& database, Care care) {
  if (database.number("SELECT count(*) FROM sqlite_schema") == 0) return StoreState::absent;
  if (is_newer(database)) return StoreState::newer;
  if (is_whole(database, care)) return StoreState::sound;
  return is_ours(database) || has_our_tables(database) ? StoreState::damaged : StoreState::foreign;
}

// A merge opens the file by the same brief look.
[[noreturn]] void refuse_damaged(const std::filesystem::path& folder, const std::string& why) {
  const std::string name = folder.string();
  const std::string merge = state_of_store(folder, Care::briefly) == StoreState::sound
                                ? "Copy what can still be read with quartic merge NEW " + name +
                                      " and compute the rest with quartic resume NEW, or move "
                                : "Nothing can be read of it: move ";
  throw InvalidInput(store_file(folder).string() + " is damaged (" + why + "); it is left as it is. " +
                     merge + name + " aside and give the same quartic run again.");
}

// Of a misplaced row SQLite may also say, wrongly, that it lacks a value. The signs keep it from taking for
// granted what the primary key promises.
bool is_out_of_order_alone(Database& database) {
  return is_whole(database, Care::briefly) && !has_parts_of_others(database) &&
         database.number(
             "SELECT count(*) FROM pragma_integrity_check(1000) "
             "WHERE integrity_check <> 'row not in PRIMARY KEY order for records' "
             "AND integrity_check NOT LIKE 'NULL value in records.%'") == 0 &&
         database.number(
             "SELECT (SELECT count(*) FROM records) - "
             "(SELECT count(*) FROM (SELECT DISTINCT +series, +n, +replicate FROM records))") == 0;
}

}  // namespace

StoreState state_of_store(const std::filesystem::path& folder, Care care) {
  const std::filesystem::path file = store_file(folder);
  if (!std::filesystem::exists(file)) return StoreState::absent;
  if (!std::filesystem::is_regular_file(file)) return StoreState::foreign;  // SQLite would wait for a pipe
  try {
    Database database(file.string(), Access::read);
    const StoreState state = find_state(database, care);
    return state == StoreState::sound && !has_right_format(file) ? StoreState::damaged : state;
  } catch (const SqliteError& error) {
    if (!error.damaged() && !error.nonsense()) throw;
    return StoreState::damaged;
  }
}

// It is opened to write only where that will do, so that else its log stays too; and is sorted in one
// transaction.
bool mend_order(const std::filesystem::path& folder) {
  const std::string file = store_file(folder).string();
  try {
    Database database(file, Access::read);
    if (!is_out_of_order_alone(database)) return false;
  } catch (const SqliteError& error) {
    if (!error.damaged() && !error.nonsense()) throw;
    return false;
  }
  Database database(file, Access::write);
  database.run("BEGIN IMMEDIATE; REINDEX records");
  const bool sound = is_whole(database, Care::thoroughly);
  database.run(sound ? "COMMIT" : "ROLLBACK");
  return sound;
}

void require_usable_store(const std::filesystem::path& folder, StoreState state) {
  const std::string name = store_file(folder).string();
  require(state != StoreState::newer,
          name +
              " was written by a newer version of quartic (this one cannot read it). Use that version, or "
              "choose another folder.");
  require(state != StoreState::foreign,
          name + " is something else (it has no tables of quartic's). Choose another folder.");
  if (state == StoreState::damaged)
    refuse_damaged(folder, "its bytes, or triggers and indexes in it, are not those that quartic wrote");
}

Database open_store(const std::filesystem::path& folder) {
  try {
    const StoreState state = state_of_store(folder, Care::briefly);
    require(state != StoreState::absent, "the folder " + folder.string() + " holds no store (there is no " +
                                             std::string(store_name) +
                                             " with tables in it). Name the folder of a run of this version "
                                             "of quartic.");
    require_usable_store(folder, state);
    return Database(store_file(folder).string(), Access::read);
  } catch (const SqliteError& error) {
    refuse_store(folder, error);
  }
}

void refuse_store(const std::filesystem::path& folder, const SqliteError& error) {
  if (error.damaged() || error.nonsense()) refuse_damaged(folder, error.what());
  if (is_exhausted(error.reason()))
    throw MachineFailure("cannot read " + store_file(folder).string() + " (" + error.what() + "). " +
                         remedy(error.reason(), ""));
  throw InvalidInput("cannot read " + store_file(folder).string() + " (" + error.what() +
                     "). Check that you may read it, and write in its folder while a run goes on.");
}

}  // namespace quartic::detail
