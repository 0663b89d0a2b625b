// Stores whose rows or bytes were changed after they were written.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
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

namespace quartic {
namespace {

namespace fs = std::filesystem;
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
  for (; rows.step(); ++count) EXPECT_EQ(rows.text(0), to_string(key_of(rows.text(1))));
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
    EXPECT_EQ(store.take_over(from), 1600);
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

TEST(StoreDamage, RepairsAStoreWhoseSeriesWereChangedToo) {
  const Scratch scratch;
  fill_and_change_series(scratch / "");
  std::string bytes = bytes_of(scratch / "run.sqlite");
  bytes[0] = 'x';
  set_bytes(scratch / "run.sqlite", bytes);
  EXPECT_EQ(repair_store(scratch / ""), 1600);
  expect_that_it_heals(scratch / "");
}

// The file has the changed rows, the log those that took their place.
TEST(StoreDamage, IsRepairedWithWhatTheLogSaysOfASeries) {
  const Scratch scratch, copy;
  fill_and_change_series(scratch / "");
  {
    RecordStore store(scratch / "", long_study());
    Database reader(scratch / "run.sqlite", Access::read);
    detail::Statement held(reader, "SELECT key FROM series");
    held.step();  // so that the log stays
    found_records(store, long_study(), long_study().cells[0]);
    store.finish();
    for (const char* name : {"run.sqlite", "run.sqlite-wal"})
      set_bytes(copy / name, bytes_of(scratch / name));
  }
  std::string bytes = bytes_of(copy / "run.sqlite");
  EXPECT_NE(bytes.find("mobel"), std::string::npos);
  bytes[0] = 'x';
  set_bytes(copy / "run.sqlite", bytes);
  EXPECT_EQ(repair_store(copy / ""), 1600);
  EXPECT_EQ(bytes_of(copy / "run.sqlite").find("mobel"), std::string::npos);
  expect_that_it_heals(copy / "");
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

  /// How many records are found; never a wrong one.
  static std::size_t found_in(const std::string& bytes) {
    static const Bits right = bits_of(long_records());
    const Scratch scratch;
    set_bytes(scratch / "run.sqlite", bytes);
    repair_store(scratch / "");
    const std::vector<Record> found = stored(scratch / "", long_study());
    for (const auto& [place, bits] : bits_of(found)) EXPECT_EQ(bits, right.at(place));
    fill(scratch / "", long_study(), long_records());  // the rest is computed again
    EXPECT_EQ(bits_of(stored(scratch / "", long_study())), right);
    EXPECT_EQ(Database(scratch / "run.sqlite", Access::read).text("PRAGMA integrity_check"), "ok");
    return found.size();
  }
};

TEST_F(StoreDamageInBytes, IsRepairedWhereTheFileWasCutOff) {
  const std::size_t records = long_records().size();
  EXPECT_EQ(found_in(whole()), records);
  std::size_t most = 0;
  for (std::size_t tenth = 0; tenth < 10; ++tenth) {
    const std::size_t bytes = whole().size() * tenth / 10 + tenth * 37;
    const std::size_t found = found_in(whole().substr(0, bytes));
    EXPECT_GE(found + 1, most) << "a longer file has more";
    most = std::max(most, found);
  }
  EXPECT_GT(most, records * 8 / 10);
}

TEST_F(StoreDamageInBytes, OfTheFirstBytesLosesNothing) {
  std::string bytes = whole();
  std::fill_n(bytes.begin(), 100, '\0');
  EXPECT_EQ(found_in(bytes), long_records().size());
}

// A page holds some 25 records; a flipped bit costs one of them, or the page.
TEST_F(StoreDamageInBytes, OfOneBitLosesAPageAtMost) {
  std::mt19937_64 generator(5);
  for (int i = 0; i < 60; ++i) {
    std::string bytes = whole();
    const std::uint64_t bit = generator() % (8 * bytes.size());
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
    EXPECT_GE(found_in(bytes) + 60, long_records().size()) << "bit " << bit;
  }
}

TEST_F(StoreDamageInBytes, OfManyBytesNeverGivesAWrongRecord) {
  std::mt19937_64 generator(6);
  for (int i = 0; i < 20; ++i) {
    std::string bytes = whole();
    for (int k = 0; k < 1 << i % 10; ++k) bytes[generator() % bytes.size()] = static_cast<char>(generator());
    found_in(bytes);
  }
}

// Every bit of the header of the file and of the first page, which decide how all the rest is read.
TEST_F(StoreDamageInBytes, OfTheHeaderNeverGivesAWrongRecord) {
  for (std::size_t bit = 0; bit < 8 * 116; bit += 11) {
    std::string bytes = whole();
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
    EXPECT_EQ(found_in(bytes), long_records().size()) << "bit " << bit;
  }
}

TEST_F(StoreDamageInBytes, IsToldAndTheDamagedFileStays) {
  const Scratch scratch;
  set_bytes(scratch / "run.sqlite", "no database at all");
  EXPECT_NE(thrown_message([&] { stored(scratch / "", doubles::plain_study()); }).find("is damaged"),
            std::string::npos);
  EXPECT_NE(thrown_message([&] { StoreReader(scratch / ""); }).find("quartic resume"), std::string::npos);
  EXPECT_EQ(repair_store(scratch / ""), 0);
  EXPECT_EQ(bytes_of(scratch / "run.sqlite.damaged"), "no database at all");
  EXPECT_TRUE(stored(scratch / "", doubles::plain_study()).empty());
}

TEST_F(StoreDamageInBytes, IsRepairedAlsoWhereTheRepairWasCutShort) {
  const Scratch scratch;
  set_bytes(scratch / "run.sqlite.salvaged", whole());
  set_bytes(scratch / "run.sqlite", "damaged");
  set_bytes(scratch / "run.sqlite.salvaging", "half of it");
  EXPECT_EQ(repair_store(scratch / ""), std::nullopt);
  EXPECT_EQ(bytes_of(scratch / "run.sqlite.damaged"), "damaged");
  EXPECT_EQ(stored(scratch / "", long_study()).size(), long_records().size());
  EXPECT_FALSE(fs::exists(scratch / "run.sqlite.salvaging"));
}

}  // namespace
}  // namespace quartic
