// Stores whose rows or bytes were changed after they were written.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <random>

#include "experiments/platform/sqlite.hpp"
#include "experiments/store/reader.hpp"
#include "experiments/store/record_store.hpp"
#include "tests/experiments/engine/doubles.hpp"
#include "tests/support/found_records.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/store_bytes.hpp"
#include "tests/support/stored_records.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::damage_test {
namespace {

using detail::Access;
using detail::Database;
using support::thrown_message;
using testing::Bits;
using testing::bits_of;
using testing::bytes_of;
using testing::fill;
using testing::found_records;
using testing::long_records;
using testing::long_study;
using testing::Scratch;
using testing::set_bytes;
using testing::stored;
using testing::with_a_broken_page;

TEST(StoreDamage, LeavesOutRowsThatWereChangedAndHealsThem) {
  const Scratch scratch;
  fill(scratch / "", long_study(), long_records());
  Database(scratch / "run.sqlite", Access::write)
      .run(
          "UPDATE records SET excess_risk = excess_risk * 1.000001 WHERE n = 5 AND replicate = 17;"
          "UPDATE records SET replicate = 5000 WHERE n = 10 AND replicate = 18;"
          "UPDATE records SET status = 'fine' WHERE n = 20 AND replicate = 19");
  const Study study = long_study();
  const std::string message = thrown_message([&] {
    const StoreReader reader(scratch / "");
    const SeriesKeys keys(study);
    reader.find(study, {to_string(keys.key(study.cells[0], study.cells[0].arms[1])), 5, 17});
  });
  EXPECT_NE(message.find("was changed after it was written"), std::string::npos) << message;
  RecordStore store(scratch / "", study);
  EXPECT_EQ(found_records(store, study, study.cells[0]).size(), 1594u);
  EXPECT_EQ(store.unsound(), 6);
  store.keep(study, study.cells[0], long_records());
  store.finish();
  EXPECT_EQ(bits_of(stored(scratch / "", study)), bits_of(long_records()));
}

/// `digit` takes the place of the first digit of a key; 'x' makes it none.
void fill_and_change_series(const std::string& folder, const std::string& digit = "x") {
  fill(folder, long_study(), long_records());
  Database(folder + "/run.sqlite", Access::write)
      .run(
          "UPDATE series SET content = replace(content, 'model', 'mobel') WHERE id = 1;"
          "UPDATE series SET key = '" +
          digit + "' || substr(key, 2) WHERE id = 2 AND substr(key, 1, 1) <> '" + digit + "'");
}

void expect_that_it_heals(const std::string& folder) {
  const Study study = long_study();
  EXPECT_EQ(StoreReader(folder).count(study).done, 1600);
  EXPECT_EQ(bits_of(stored(folder, study)), bits_of(long_records()));
  Database healed(folder + "/run.sqlite", Access::read);
  detail::Statement rows(healed, "SELECT key, content FROM series");
  int count = 0;
  for (; rows.step(); ++count) EXPECT_EQ(rows.text(0), to_string(make_series_key(rows.text(1))));
  EXPECT_EQ(count, 2);
}

TEST(StoreDamage, HealsSeriesWhoseContentOrKeyWasChanged) {
  const Scratch scratch;
  fill_and_change_series(scratch / "");
  expect_that_it_heals(scratch / "");
}

void expect_to_take_over_all(const std::string& from, const std::string& to) {
  {
    RecordStore store(to, long_study());
    EXPECT_EQ(store.take_over(from).records, 1600);
    store.finish();
  }
  expect_that_it_heals(to);
}

TEST(StoreDamage, TakesOverRecordsOfSeriesWhoseContentOrKeyWasChanged) {
  for (const char* digit : {"x", "0", "1"}) {
    const Scratch scratch, other;
    fill_and_change_series(scratch / "", digit);
    expect_to_take_over_all(scratch / "", other / "");
  }
}

TEST(StoreDamage, HealsChangedSeriesByAMergeToo) {
  const Scratch sound, changed, other;
  fill(sound / "", long_study(), long_records());
  fill_and_change_series(changed / "");
  fill_and_change_series(other / "", "0");
  expect_to_take_over_all(sound / "", changed / "");
  fill_and_change_series(changed / "", "1");
  expect_to_take_over_all(changed / "", other / "");
}

/// Whether a message that names the damage, and what to do, offers a merge.
bool offers_a_merge(const std::string& message) {
  EXPECT_NE(message.find("is damaged"), std::string::npos) << message;
  EXPECT_NE(message.find("aside and give the same quartic run again"), std::string::npos) << message;
  return message.find("quartic merge NEW") != std::string::npos;
}

// A page holds some 25 to 40 records.
TEST(StoreDamage, CostsAPageOfRecordsInAMergeAlsoWhereSeriesWereChanged) {
  const Scratch scratch, other;
  fill_and_change_series(scratch / "");
  set_bytes(scratch / "run.sqlite", with_a_broken_page(bytes_of(scratch / "run.sqlite")));
  EXPECT_TRUE(offers_a_merge(thrown_message([&] { RecordStore(scratch / "", long_study()); })));
  {
    RecordStore store(other / "", long_study());
    const TakenOver taken = store.take_over(scratch / "");
    EXPECT_TRUE(taken.damaged);
    EXPECT_LT(taken.records, 1600);
    EXPECT_GE(taken.records, 1540);
    store.finish();
  }
  fill(other / "", long_study(), long_records());  // the rest is computed again
  expect_that_it_heals(other / "");
}

// A page holds some 14 of these runs, each of which wrote 16 records.
TEST(StoreDamage, OfAPageOfRunsLeavesTheRecordsOfThoseWithoutAWriter) {
  const Scratch scratch, other;
  fill(scratch / "", long_study(), long_records());
  Database(scratch / "run.sqlite", Access::write)
      .run(
          "UPDATE runs SET host = 'host 1';"
          "WITH RECURSIVE ids(id) AS (VALUES(2) UNION ALL SELECT id + 1 FROM ids WHERE id < 100) "
          "INSERT INTO runs(id, host, flags) SELECT id, 'host ' || id, hex(zeroblob(150)) FROM ids;"
          "UPDATE records SET run = 1 + replicate % 100");
  set_bytes(scratch / "run.sqlite", with_a_broken_page(bytes_of(scratch / "run.sqlite"), '\x0d', "host "));
  {
    RecordStore store(other / "", long_study());
    const TakenOver taken = store.take_over(scratch / "");
    EXPECT_TRUE(taken.damaged);
    EXPECT_EQ(taken.records, 1600);
    store.finish();
  }
  const StoreReader reader(other / "");
  std::map<Index, std::string> hosts;
  for (const StoredRun& run : reader.runs()) hosts[run.id] = run.host;
  int unknown = 0;
  reader.for_each(long_study(), [&](const FoundRecord& found) {
    if (found.run == 0)
      ++unknown;
    else
      EXPECT_EQ(hosts[found.run], "host " + std::to_string(1 + found.record.replicate % 100));
  });
  EXPECT_GT(unknown, 0);
  EXPECT_LE(unknown, 20 * 16);
}

/// The store with another number in the place of replicate 150 of a size: the row is whole, and misplaced.
std::string with_replicate_150_as(Index replicate, const std::string& bytes) {
  const std::string key = {5, 0, '\x96'},
                    other = {5, static_cast<char>(replicate / 256), static_cast<char>(replicate % 256)};
  const std::size_t at = bytes.find(key);
  EXPECT_NE(at, std::string::npos);
  return std::string(bytes).replace(at, key.size(), other);
}

TEST(StoreDamage, OfTheOrderOfRecordsIsMendedInPlace) {
  const Scratch scratch;
  fill(scratch / "", long_study(), long_records());
  set_bytes(scratch / "run.sqlite", with_replicate_150_as(20000, bytes_of(scratch / "run.sqlite")));
  const auto check = [&] {
    return Database(scratch / "run.sqlite", Access::read).text("PRAGMA integrity_check");
  };
  EXPECT_EQ(check(), "row not in PRIMARY KEY order for records");
  {
    RecordStore store(scratch / "", long_study());
    EXPECT_EQ(found_records(store, long_study(), long_study().cells[0]).size(), 1599u);
    EXPECT_EQ(store.unsound(), 1);
    store.keep(long_study(), long_study().cells[0], long_records());
    store.finish();
  }
  EXPECT_EQ(check(), "ok");
  EXPECT_EQ(bits_of(stored(scratch / "", long_study())), bits_of(long_records()));
}

/// Which of the two is right only their checksums say, and these are read later.
TEST(StoreDamage, OfTheOrderIsLeftToAMergeWhereTwoRecordsHaveOneKey) {
  const Scratch scratch;
  fill(scratch / "", long_study(), long_records());
  const std::string changed = with_replicate_150_as(170, bytes_of(scratch / "run.sqlite"));
  set_bytes(scratch / "run.sqlite", changed);
  EXPECT_TRUE(offers_a_merge(thrown_message([&] { RecordStore(scratch / "", long_study()); })));
  EXPECT_EQ(bytes_of(scratch / "run.sqlite"), changed);
}

TEST(StoreDamage, RunsNothingThatAStoreBrings) {
  for (const char* part :
       {"CREATE TRIGGER t BEFORE INSERT ON records BEGIN SELECT RAISE(IGNORE); END",
        "CREATE TRIGGER t AFTER UPDATE ON runs BEGIN DELETE FROM records; END",
        "CREATE UNIQUE INDEX u ON records(message)", "CREATE INDEX i ON records(hex(zeroblob(n)))"}) {
    const Scratch scratch, other;
    Study study = long_study();
    fill(scratch / "", study, long_records());
    Database(scratch / "run.sqlite", Access::write).run("DELETE FROM records WHERE n > 5 OR replicate > 0");
    Database(scratch / "run.sqlite", Access::write).run(part);
    EXPECT_TRUE(offers_a_merge(thrown_message([&] { RecordStore(scratch / "", study); }))) << part;
    RecordStore store(other / "", study);
    EXPECT_EQ(store.take_over(scratch / "").records, 2) << part;
    store.finish();
  }
}

TEST(StoreDamage, RunsNoTriggerWhereItWrites) {
  const Scratch scratch;
  Database database(scratch / "a.sqlite", Access::create);
  database.run(
      "CREATE TABLE a(x); CREATE TRIGGER t BEFORE INSERT ON a BEGIN SELECT RAISE(IGNORE); END;"
      "INSERT INTO a VALUES (1)");
  EXPECT_EQ(database.number("SELECT count(*) FROM a"), 1);
}

/// A store of the long study in a fresh folder, changed by `change`; then what is found, with all checks.
class StoreDamageInBytes : public ::testing::Test {
 protected:
  static const std::string& whole() {
    static const std::string bytes = [] {
      const Scratch scratch;
      fill(scratch / "", long_study(), long_records());
      return bytes_of(scratch / "run.sqlite");
    }();
    return bytes;
  }

  /// What a merge takes from a store that is refused, and leaves as it is; it opens it where it was offered.
  static std::vector<Record> merged(const std::string& from, const std::string& to, bool offered) {
    const std::string bytes = bytes_of(from + "/run.sqlite");
    {
      RecordStore store(to, long_study());
      const std::string message = thrown_message([&] { store.take_over(from); });
      EXPECT_EQ(message.empty(), offered) << message;
      EXPECT_TRUE(offered || !offers_a_merge(message)) << message;
      store.finish();
    }
    EXPECT_EQ(bytes_of(from + "/run.sqlite"), bytes);
    return stored(to, long_study());
  }

  /// How many records are found, by a merge where the store is refused; never a wrong one.
  static std::size_t found_in(const std::string& bytes) {
    static const Bits right = bits_of(long_records());
    const Scratch scratch, other;
    std::string folder = scratch / "";
    set_bytes(scratch / "run.sqlite", bytes);
    std::vector<Record> found;
    const std::string message = thrown_message([&] { found = stored(folder, long_study()); });
    if (!message.empty()) {
      EXPECT_EQ(bytes_of(scratch / "run.sqlite"), bytes);
      folder = other / "";
      found = merged(scratch / "", folder, offers_a_merge(message));
    }
    for (const auto& [place, bits] : bits_of(found)) EXPECT_EQ(bits, right.at(place));
    fill(folder, long_study(), long_records());  // the rest is computed again
    EXPECT_EQ(bits_of(stored(folder, long_study())), right);
    EXPECT_EQ(Database(folder + "/run.sqlite", Access::read).text("PRAGMA integrity_check"), "ok");
    return found.size();
  }
};

// SQLite reads nothing of such a file.
TEST_F(StoreDamageInBytes, CostsEveryRecordWhereTheFileWasCutOff) {
  EXPECT_EQ(found_in(whole()), long_records().size());
  for (std::size_t tenth = 0; tenth < 10; ++tenth)
    EXPECT_EQ(found_in(whole().substr(0, whole().size() * tenth / 10 + tenth * 37)), 0u) << tenth;
}

TEST_F(StoreDamageInBytes, OfTheFirstBytesIsRefused) {
  std::string bytes = whole();
  std::fill_n(bytes.begin(), 100, '\0');
  EXPECT_EQ(found_in(bytes), 0u);
}

// A page holds some 25 to 40 records; a flipped bit costs one of them, or the page, or, where it is in one of
// the few pages that lead to the others, all those.
TEST_F(StoreDamageInBytes, OfOneBitSeldomCostsMoreThanAPage) {
  std::mt19937_64 generator(5);
  int costly = 0;
  for (int i = 0; i < 60; ++i) {
    std::string bytes = whole();
    const std::uint64_t bit = generator() % (8 * bytes.size());
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
    costly += found_in(bytes) + 60 < long_records().size();
  }
  EXPECT_LE(costly, 12);
}

TEST_F(StoreDamageInBytes, OfManyBytesNeverGivesAWrongRecord) {
  std::mt19937_64 generator(6);
  std::size_t found = 0;
  for (int i = 0; i < 20; ++i) {
    std::string bytes = whole();
    for (int k = 0; k < 1 << i % 10; ++k) bytes[generator() % bytes.size()] = static_cast<char>(generator());
    found += found_in(bytes);
  }
  EXPECT_GE(found, 3 * long_records().size());  // where few bytes were changed
}

// Every bit of the header of the file and of the first page, which decide how all the rest is read; of these
// 85, 48 do not matter.
TEST_F(StoreDamageInBytes, OfTheHeaderNeverGivesAWrongRecord) {
  int harmless = 0;
  for (std::size_t bit = 0; bit < 8 * 116; bit += 11) {
    std::string bytes = whole();
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
    harmless += found_in(bytes) == long_records().size();
  }
  EXPECT_GE(harmless, 30);
}

TEST(StoreDamage, IsToldAndTheFileStays) {
  const Scratch scratch;
  set_bytes(scratch / "run.sqlite", "no database at all");
  EXPECT_FALSE(offers_a_merge(thrown_message([&] { stored(scratch / "", doubles::plain_study()); })));
  EXPECT_FALSE(offers_a_merge(thrown_message([&] { StoreReader(scratch / ""); })));
  EXPECT_EQ(bytes_of(scratch / "run.sqlite"), "no database at all");
}

TEST(StoreDamage, IsAlsoWhatTheDiskDoesNotGiveBack) {
  for (const int code :
       {SQLITE_IOERR_READ, SQLITE_IOERR_SHORT_READ, SQLITE_IOERR_DATA, SQLITE_IOERR_CORRUPTFS})
    EXPECT_TRUE(detail::SqliteError("", code).damaged()) << code;
  for (const int code : {SQLITE_IOERR_WRITE, SQLITE_FULL, SQLITE_BUSY})
    EXPECT_FALSE(detail::SqliteError("", code).damaged()) << code;
}

}  // namespace
}  // namespace quartic::damage_test
