// Numbers of classes in stores and exports, and stores of the time before there were any.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <random>
#include <span>
#include <thread>

#include "experiments/store/export.hpp"
#include "experiments/store/recompute.hpp"
#include "experiments/store/record_store.hpp"
#include "tests/support/class_study.hpp"
#include "tests/support/first_store.hpp"
#include "tests/support/found_records.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/store_bytes.hpp"
#include "tests/support/stored_records.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::class_records_test {
namespace {

namespace fs = std::filesystem;
using detail::Access;
using detail::Database;
using doubles::plain_study;
using support::thrown_message;
using testing::Bits;
using testing::bits_of;
using testing::bytes_of;
using testing::class_records;
using testing::class_study;
using testing::fill;
using testing::FirstStore;
using testing::found_records;
using testing::Scratch;
using testing::set_bytes;
using testing::stored;
using testing::without_bills;

const std::vector<Record>& plain_records() {
  static const std::vector<Record> records = doubles::run_study(plain_study()).records;
  return records;
}

Index version_of(const std::string& folder) {
  Database database(folder + "/run.sqlite", Access::read);
  const Index version = detail::version_of(database);
  EXPECT_EQ(database.number("SELECT version FROM study"), version);
  EXPECT_EQ(detail::read_schema(database), detail::schema_of_store(version));
  EXPECT_EQ(database.text("PRAGMA integrity_check"), "ok");
  return version;
}

std::string sql_text(const std::string& folder, const std::string& query) {
  return Database(folder + "/run.sqlite", Access::read).text(query);
}

TEST(ClassRecords, ComeBackToTheBit) {
  const Scratch scratch;
  fill(scratch / "", class_study(), class_records());
  const std::vector<Record> back = stored(scratch / "", class_study());
  EXPECT_EQ(bits_of(back), bits_of(class_records()));
  EXPECT_EQ(classes_csv(back), classes_csv(class_records()));
  const auto signed_zero = [](const Record& one) { return one.brier == 0 && std::signbit(one.brier); };
  EXPECT_EQ(std::count_if(back.begin(), back.end(), signed_zero), 8);
  EXPECT_EQ(version_of(scratch / ""), 3);
  EXPECT_EQ(sql_text(scratch / "", "SELECT count(*) FROM records WHERE auc IS NULL AND brier = 0.25"), "8");
}

TEST(ClassRecords, AreReadWhileTheirColumnsCome) {
  const Scratch scratch;
  const Study study = class_study();
  RecordStore store(scratch / "", study);
  std::vector<Record> found = found_records(store, study, study.cells[0]);
  store.keep(study, study.cells[0], class_records());
  for (int tries = 0; tries < 200 && found.size() < 32; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    found = found_records(store, study, study.cells[0]);
  }
  EXPECT_EQ(bits_of(found), bits_of(class_records()));
  EXPECT_EQ(store.unsound(), 0);
  std::vector<Record> seen;
  StoreReader(scratch / "").for_each(study, [&](const FoundRecord& one) { seen.push_back(one.record); });
  EXPECT_EQ(bits_of(seen), bits_of(class_records()));
}

TEST(ClassRecords, AreMergedIntoStoresWithoutAny) {
  const Scratch classes, plain;
  fill(classes / "", class_study(), class_records());
  fill(plain / "", plain_study(), plain_records());
  {
    RecordStore store(plain / "", plain_study());
    EXPECT_EQ(store.take_over(classes / "").records, 32);
    store.finish();
  }
  EXPECT_EQ(version_of(plain / ""), 3);
  EXPECT_EQ(bits_of(stored(plain / "", plain_study())), bits_of(plain_records()));
  EXPECT_EQ(bits_of(stored(plain / "", class_study())), bits_of(class_records()));
}

TEST(ClassRecords, StandInViewsThatWereMadeBeforeThem) {
  const Scratch scratch;
  fill(scratch / "", class_study(), {});
  export_store(scratch / "", class_study(), ExportFormat::views, scratch / "");
  fill(scratch / "", class_study(), class_records());
  export_store(scratch / "", class_study(), ExportFormat::views, scratch / "");
  EXPECT_EQ(sql_text(scratch / "", "SELECT count(auc) FROM results"), "8");
}

// Of each number: one bit of it, its loss, and one where there was none.
TEST(ClassRecords, ThatWereChangedAreLeftOutAndComputedAgain) {
  for (const char* change :
       {"auc = auc + 1e-15 WHERE auc > 0", "log_loss = NULL WHERE log_loss > 0",
        "brier = -brier WHERE brier > 0", "auc = 0.5 WHERE auc IS NULL AND log_loss > 0",
        "brier = NULL, log_loss = brier WHERE brier > 0", "brier = 0.25 WHERE brier IS NULL",
        "auc = NULL, log_loss = NULL, brier = NULL WHERE auc > 0"}) {
    const Scratch scratch;
    const Study study = class_study();
    fill(scratch / "", study, class_records());
    Index changed = 0;
    {
      Database database(scratch / "run.sqlite", Access::write);
      database.run("UPDATE records SET " + std::string(change));
      changed = database.number("SELECT changes()");
    }
    EXPECT_GT(changed, 0) << change;
    EXPECT_EQ(StoreReader(scratch / "").unsound(study), changed) << change;
    EXPECT_EQ(std::ssize(stored(scratch / "", study)), 32 - changed) << change;
    fill(scratch / "", study, class_records());
    EXPECT_EQ(bits_of(stored(scratch / "", study)), bits_of(class_records())) << change;
  }
}

void expect_damage_as_version(const std::string& version, const Study& study,
                              std::span<const Record> records) {
  const Scratch scratch;
  fill(scratch / "", study, records);
  Database(scratch / "run.sqlite", Access::write).run("PRAGMA user_version = " + version);
  const std::string message = thrown_message([&] { stored(scratch / "", study); });
  EXPECT_NE(message.find("is damaged"), std::string::npos) << version << message;
}

TEST(ClassRecords, AreNeverReadFromTablesOfAnotherVersion) {
  for (const char* version : {"0", "1", "2", "4"}) {
    expect_damage_as_version(version, class_study(), class_records());
    expect_damage_as_version(version, plain_study(), plain_records());
  }
}

TEST(ClassRecords, AreNeverWrongWhateverBytesWereChanged) {
  const Scratch whole;
  const Study study = class_study();
  std::vector<Record> records;
  for (Index copy = 0; copy < 20; ++copy)
    for (Record record : class_records()) {
      record.replicate += 4 * copy;
      records.push_back(std::move(record));
    }
  fill(whole / "", study, records);
  const Bits right = bits_of(records);
  std::mt19937_64 generator(8);
  std::size_t read = 0;
  for (int i = 0; i < 40; ++i) {
    const Scratch scratch;
    std::string bytes = bytes_of(whole / "run.sqlite");
    for (int k = 0; k < 1 << i % 8; ++k) bytes[generator() % bytes.size()] = static_cast<char>(generator());
    set_bytes(scratch / "run.sqlite", bytes);
    std::vector<Record> found;
    thrown_message([&] { found = stored(scratch / "", study); });
    for (const auto& [place, bits] : bits_of(found)) EXPECT_EQ(bits, right.at(place));
    read += found.size();
  }
  EXPECT_GT(read, 0u);
}

// Of a record that an older version made nobody knows what its predictions cost.
TEST(ClassRecords, AreComparedByTheirBillsWhereTheyHaveSome) {
  Record one{.arm = "a", .inference_flops = 8}, other = one;
  other.inference_flops = 9;
  other.report.cost.pretraining_flops = 1;
  EXPECT_EQ((RecomputedRecord{{.record = one}, other}.differences()),
            (std::vector<std::string>{"pretraining_flops", "inference_flops"}));
  EXPECT_TRUE((RecomputedRecord{{.record = without_bills({one}).front()}, other}.differences().empty()));
}

TEST(ClassRecords, AreComparedWhereAFitIsRunAgain) {
  const Record one{.arm = "a", .auc = 0.75, .log_loss = 0.5};
  Record other = one;
  EXPECT_TRUE((RecomputedRecord{{.record = one}, other}.differences().empty()));
  other.auc = std::nextafter(0.75, 1.0);
  other.brier = 0.25;
  EXPECT_EQ((RecomputedRecord{{.record = one}, other}.differences()),
            (std::vector<std::string>{"auc", "brier"}));
}

TEST(ClassRecords, HaveAFileAndFieldsOfTheirOwnInExports) {
  const Scratch scratch;
  fill(scratch / "", class_study(), class_records());
  EXPECT_EQ(export_store(scratch / "", class_study(), ExportFormat::csv, scratch / "out"),
            (std::vector<std::string>{"records.csv", "summary.csv", "timings.csv", "classes.csv"}));
  const std::string classes = bytes_of(scratch / "out/classes.csv");
  EXPECT_TRUE(classes.starts_with(classes_header() + "\n0,expert,5,0,"));
  EXPECT_EQ(std::count(classes.begin(), classes.end(), '\n'), 33);
  export_store(scratch / "", class_study(), ExportFormat::jsonl, scratch / "out");
  const std::string lines = bytes_of(scratch / "out/records.jsonl");
  for (const char* field : {"\"auc\":0.51,", "\"log_loss\":1e999,", "\"brier\":-0", "\"auc\":null,"})
    EXPECT_NE(lines.find(field), std::string::npos) << field;
}

/// A store of the plain study as version 0.2.0 left it.
class StoreOfTheFirstVersion : public ::testing::Test {
 protected:
  void SetUp() override { FirstStore(scratch / "", study).put(plain_records()); }

  const Scratch scratch;
  const Study study = plain_study();
};

TEST_F(StoreOfTheFirstVersion, IsReadAndVerified) {
  const StoreReader reader(scratch / "");
  EXPECT_EQ(reader.study_text(), study.text);
  EXPECT_EQ(reader.unsound(study), 0);
  const auto pairs = recompute(reader, study, {.threads = 1}, [](const FoundRecord&) { return true; });
  EXPECT_EQ(pairs.size(), 32u);
  for (const RecomputedRecord& pair : pairs) EXPECT_EQ(pair.differences(), std::vector<std::string>{});
}

TEST_F(StoreOfTheFirstVersion, IsExportedWithoutNumbersOfClasses) {
  EXPECT_EQ(export_store(scratch / "", study, ExportFormat::csv, scratch / "out"),
            (std::vector<std::string>{"records.csv", "summary.csv", "timings.csv"}));
  EXPECT_EQ(bytes_of(scratch / "out/records.csv"),
            records_header() + "\n" + records_csv(without_bills(plain_records())));
  export_store(scratch / "", study, ExportFormat::jsonl, scratch / "out");
  EXPECT_EQ(bytes_of(scratch / "out/records.jsonl").find("auc"), std::string::npos);
}

TEST_F(StoreOfTheFirstVersion, IsGoneOnWith) {
  Study grown = study;
  grown.replicates = 6;
  RecordStore store(scratch / "", grown);
  doubles::KeepAll sink;
  run(grown, {.threads = 1, .archive = &store}, sink);
  store.finish();
  const std::vector<Record> whole = doubles::run_study(grown).records;
  EXPECT_EQ(records_csv(without_bills(sink.records)), records_csv(without_bills(whole)));
  for (const Record& record : sink.records)
    EXPECT_EQ(std::isnan(record.inference_flops), record.replicate < study.replicates);
  EXPECT_EQ(version_of(scratch / ""), 3);
  EXPECT_EQ(sql_text(scratch / "", "SELECT count(*) FROM records WHERE run = 1"), "32");
}

TEST_F(StoreOfTheFirstVersion, IsMerged) {
  const Scratch other;
  fill(other / "", class_study(), class_records());
  RecordStore store(other / "", study);
  EXPECT_EQ(store.take_over(scratch / "").records, 32);
  store.finish();
  EXPECT_EQ(bits_of(stored(other / "", study)), bits_of(without_bills(plain_records())));
  EXPECT_EQ(bits_of(stored(other / "", class_study())), bits_of(class_records()));
}

TEST_F(StoreOfTheFirstVersion, TakesNoBillFromTheRecordsOfANewerOneThatItIsMergedWith) {
  for (const bool old_comes_last : {true, false}) {
    const Scratch out, newer;
    fill(newer / "", study, plain_records());
    RecordStore store(out / "", study);
    for (const Scratch* from : {old_comes_last ? &newer : &scratch, old_comes_last ? &scratch : &newer})
      EXPECT_EQ(store.take_over(*from / "").records, 32);
    store.finish();
    EXPECT_EQ(bits_of(stored(out / "", study)), bits_of(plain_records())) << old_comes_last;
  }
}

TEST_F(StoreOfTheFirstVersion, MendsTheRecordsOfANewerOneThatWereChanged) {
  const Scratch newer;
  fill(newer / "", study, plain_records());
  Database(newer / "run.sqlite", Access::write).run("UPDATE records SET excess_risk = 7 WHERE replicate = 0");
  RecordStore store(newer / "", study);
  store.take_over(scratch / "");
  store.finish();
  std::vector<Record> wanted = plain_records();
  for (Record& record : wanted)
    if (record.replicate == 0) record = without_bills({record}).front();
  EXPECT_EQ(bits_of(stored(newer / "", study)), bits_of(wanted));
}

TEST_F(StoreOfTheFirstVersion, TakesRecordsOfClassesBesideItsOwn) {
  fill(scratch / "", class_study(), class_records());
  EXPECT_EQ(version_of(scratch / ""), 3);
  EXPECT_EQ(bits_of(stored(scratch / "", study)), bits_of(without_bills(plain_records())));
  EXPECT_EQ(bits_of(stored(scratch / "", class_study())), bits_of(class_records()));
}

TEST_F(StoreOfTheFirstVersion, StaysOneWhereNothingIsPutThere) {
  fill(scratch / "", study, without_bills(plain_records()));
  EXPECT_EQ(version_of(scratch / ""), 1);
}

/// The same with the columns that classes brought.
class StoreOfTheSecondVersion : public StoreOfTheFirstVersion {
 protected:
  void SetUp() override {
    StoreOfTheFirstVersion::SetUp();
    Database(scratch / "run.sqlite", Access::write)
        .run(
            "ALTER TABLE records ADD COLUMN auc; ALTER TABLE records ADD COLUMN log_loss; "
            "ALTER TABLE records ADD COLUMN brier; PRAGMA user_version = 2; UPDATE study SET version = 2");
  }
};

TEST_F(StoreOfTheSecondVersion, IsReadAndGetsTheColumnsOfBillsWithTheFirstOne) {
  EXPECT_EQ(version_of(scratch / ""), 2);
  EXPECT_EQ(bits_of(stored(scratch / "", study)), bits_of(without_bills(plain_records())));
  fill(scratch / "", class_study(), class_records());
  EXPECT_EQ(version_of(scratch / ""), 3);
  EXPECT_EQ(bits_of(stored(scratch / "", study)), bits_of(without_bills(plain_records())));
  EXPECT_EQ(bits_of(stored(scratch / "", class_study())), bits_of(class_records()));
}

TEST(HasClasses, SaysWhetherAWorldOfTheStudyIsOfClasses) {
  EXPECT_FALSE(has_classes(plain_study()));
  EXPECT_TRUE(has_classes(class_study()));
  Study mixed = class_study();
  Cell plain = plain_study().cells[0], classes = mixed.cells[0];
  classes.id = 1;
  mixed.cells = {plain, classes};
  EXPECT_TRUE(has_classes(mixed));
}

}  // namespace
}  // namespace quartic::class_records_test
