// What a run says of finished fits that lack numbers of this version.
#include <gtest/gtest.h>

#include "tests/cli/store_folder.hpp"
#include "tests/support/first_store.hpp"

namespace quartic::older_records_test {
namespace {

using testing::Outcome;
using testing::StoreFolder;
using testing::without_bills;

/// The records of replicate 2 in the folder "made", as an older version left them.
class OlderRecords : public StoreFolder {
 protected:
  void SetUp() override {
    StoreFolder::SetUp();
    run("--out made");
    std::vector<Record> older;
    const Study study = study_of("made");
    StoreReader(path("made")).for_each(study, [&](const FoundRecord& found) {
      if (found.record.replicate == 2) older.push_back(without_bills({found.record}).front());
    });
    ASSERT_EQ(older.size(), 9u);
    sql("made", "DELETE FROM records WHERE replicate = 2");
    RecordStore store(path("made"), study);
    store.keep(study, study.cells[0], older);
    store.finish();
  }

  void expect_warning(const Outcome& outcome, const std::string& where) {
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_TRUE(says(outcome.err, "9 fits in " + where + " have no bill of their pre-training"))
        << outcome.err;
    EXPECT_TRUE(says(outcome.err, "Run the study again in a new folder")) << outcome.err;
  }
};

TEST_F(OlderRecords, AreToldOfByEveryVerbThatWritesResults) {
  expect_warning(quartic("resume made --quiet"), "made");
  expect_warning(run("--out made"), "made");
  expect_warning(quartic("merge all made --quiet"), "all");
}

TEST_F(OlderRecords, GetTheirBillsFromARunThatHasThem) {
  EXPECT_EQ(run("--out whole").err, "");
  for (const char* order : {"made whole", "whole made"}) {
    const Outcome merged = quartic("merge all " + std::string(order) + " --quiet");
    EXPECT_EQ(merged.err, "") << order;
    EXPECT_EQ(results("all"), results("whole")) << order;
    std::filesystem::remove_all(folder / "all");
  }
}

}  // namespace
}  // namespace quartic::older_records_test
