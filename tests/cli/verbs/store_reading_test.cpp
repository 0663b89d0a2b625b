/// What the folder of a run tells: status, export, verify, replay.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "experiments/store/reader.hpp"
#include "experiments/store/record_store.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "tests/cli/store_folder.hpp"

namespace quartic::store_reading_test {
namespace {

using nlohmann::json;
using testing::Outcome;
using testing::read_text;
using testing::small_study;
using testing::StoreFolder;
namespace fs = std::filesystem;

TEST_F(StoreFolder, TellsHowFarARunIs) {
  run("--out made");
  const Outcome text = quartic("status made");
  EXPECT_EQ(text.status, 0) << text.err;
  EXPECT_TRUE(says(text.out, "54 of 54 fits done (100 %), 0 failed, 0 left\nfinished\n")) << text.out;
  const json status = json::parse(quartic("status made --json").out);
  EXPECT_EQ(status["done"], 54);
  EXPECT_EQ(status["left"], 0);
  EXPECT_EQ(status["running"], false);
  EXPECT_EQ(quartic("status small.toml").status, 2);
}

TEST_F(StoreFolder, NamesTheFitsThatFailedAndRunsThemAgain) {
  run("--out made");
  const std::string before = results("made");
  FoundRecord found = some_record("made");
  Record record = found.record;
  fs::remove(folder / "made/run.sqlite");  // of a failed fit there is no better record
  record.report.status = FitStatus::failed;
  record.report.message = "no luck";
  const Study study = parse_study(read_text(folder / "made/study.toml"), "small");
  {
    RecordStore store(path("made"), study);
    store.keep(study, study.cells[0], {&record, 1});
  }
  const Outcome status = quartic("status made");
  EXPECT_EQ(status.status, 1);
  EXPECT_TRUE(says(status.out, name_of(found) + "  regularised: no luck")) << status.out;
  EXPECT_EQ(quartic("resume made --quiet").status, 1);
  EXPECT_EQ(quartic("resume made --quiet --retry-failed").status, 0);
  EXPECT_EQ(results("made"), before);
}

TEST_F(StoreFolder, ExportsTheBytesOfTheRun) {
  run("--out made --set 'world.noise=[1,2]'");
  EXPECT_EQ(quartic("export made --format csv --out again").status, 0);
  EXPECT_EQ(quartic("export made --format npy --out again").status, 0);
  for (const char* name : {"records.csv", "summary.csv", "cube.npy", "cube.json"})
    EXPECT_EQ(read_text(folder / "again" / name), read_text(folder / "made" / name)) << name;
  EXPECT_EQ(quartic("export made --format jsonl").out, "made/records.jsonl\n");
  std::istringstream lines(read_text(folder / "made/records.jsonl"));
  std::string line;
  std::getline(lines, line);
  const json first = json::parse(line);
  EXPECT_EQ(first["arm"], "oracle");
  EXPECT_EQ(first["settings"]["world.noise"], 1);
  EXPECT_TRUE(first["normalised_error"].is_number());
  EXPECT_TRUE(first["key"].get<std::string>().ends_with("/30/0"));
  EXPECT_EQ(std::count(std::istreambuf_iterator<char>(lines), {}, '\n'), 107);
  EXPECT_EQ(quartic("export made --format xml").status, 2);
}

TEST_F(StoreFolder, VerifiesEveryBit) {
  run("--out made");
  const Outcome all = quartic("verify made --sample 100%");
  EXPECT_EQ(all.status, 0) << all.err;
  EXPECT_TRUE(says(all.out, "54 records of 6 tasks computed again: all have the same bits")) << all.out;
  EXPECT_TRUE(says(quartic("verify made").out, "9 records of 1 tasks")) << "at least one task";
  Record record = some_record("made").record;
  record.excess_risk = std::nextafter(record.excess_risk, 2.0);
  falsify("made", record);
  const Outcome differs = quartic("verify made --sample 1");
  EXPECT_EQ(differs.status, 1);
  for (const std::string& part : {name_of(some_record("made")), std::string("excess_risk"),
                                  std::string("1 differ"), std::string("written by quartic")})
    EXPECT_TRUE(says(differs.out, part)) << part << "\n" << differs.out;
  EXPECT_EQ(quartic("verify made --sample 2").status, 2);
}

TEST_F(StoreFolder, ReplaysOneFit) {
  run("--out made");
  const std::string name = name_of(some_record("made"));
  const Outcome same = quartic("replay made --cell " + name.substr(0, 8) + name.substr(32));
  EXPECT_EQ(same.status, 0) << same.err;
  for (const std::string& part : {name, std::string("\"penalty\": \"theory_known\""),
                                  std::string("normalised_error"), std::string("the same bits as stored")})
    EXPECT_TRUE(says(same.out, part)) << part << "\n" << same.out;
  Record record = some_record("made").record;
  record.report.iterations += 1;
  falsify("made", record);
  const Outcome differs = quartic("replay made --cell " + name);
  EXPECT_EQ(differs.status, 1);
  EXPECT_TRUE(says(differs.out, "differs from what is stored: iterations")) << differs.out;
  EXPECT_EQ(quartic("replay made --cell 000000/60/2").status, 2);
  EXPECT_EQ(quartic("replay made --cell nonsense").status, 2);
  EXPECT_EQ(quartic("replay made").status, 2);
}

TEST_F(StoreFolder, AnswersTheQueriesOfTheDocuments) {
  if (std::system("command -v sqlite3 > /dev/null") != 0) GTEST_SKIP() << "sqlite3 is not installed";
  run("--out made --set 'world.noise=[1,2]'");
  std::istringstream document(read_text(fs::path(testing::source_folder()) / "docs/reliability.md"));
  std::string script, line;
  int queries = 0;
  for (bool inside = false; std::getline(document, line);) {
    if (line == "```sql") {
      inside = true;
      ++queries;
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      script += line + "\n";
    }
  }
  EXPECT_GE(queries, 4);
  testing::write_text(folder / "queries.sql", script);
  const std::string command =
      "cd '" + folder.path() + "' && sqlite3 -bail made/run.sqlite < queries.sql > answers";
  EXPECT_EQ(std::system(command.c_str()), 0);
  EXPECT_TRUE(says(read_text(folder / "answers"), "regularised"));
}

TEST_F(StoreFolder, ViewsAreThereWhenARunEndsAndHoldSettingsAsNumbers) {
  run("--out made --set 'world.noise=[0.5,1,2]' --set 'arm.regularised.penalty=[0.5,\"cv\"]'");
  const auto answer = [&](const std::string& name, const std::string& query) {
    testing::write_text(folder / "query.sql", query);
    const std::string ask = "sqlite3 -readonly -bail " + name + "/run.sqlite < query.sql > answer";
    EXPECT_EQ(std::system(("cd '" + folder.path() + "' && " + ask).c_str()), 0) << query;
    const std::string text = read_text(folder / "answer");
    return text.substr(0, text.find('\n'));
  };
  const std::string cells = "SELECT group_concat(cell) FROM (SELECT DISTINCT cell FROM results WHERE ";
  EXPECT_EQ(answer("made", cells + "\"world.noise\" > 1 ORDER BY cell)"), "4,5");
  EXPECT_EQ(answer("made", cells + "\"world.noise\" = 1 ORDER BY cell)"), "2,3");
  EXPECT_EQ(answer("made", cells + "\"arm.regularised.penalty\" = 'cv' ORDER BY cell)"), "1,3,5");
  EXPECT_EQ(answer("made", "SELECT count(*) FROM averages WHERE \"world.noise\" < 1"), "18");
  EXPECT_EQ(quartic("merge all made").status, 0);
  EXPECT_EQ(answer("all", "SELECT count(*) FROM results"), answer("made", "SELECT count(*) FROM results"));
}

TEST_F(StoreFolder, ViewsHaveTheSettingsThatOnlyCasesHave) {
  testing::write_text(folder / "small.toml", std::string(small_study) + R"(
[[case]]
world.candidates = 30

[[case]]
arm.regularised.penalty = 0.5
)");
  EXPECT_EQ(run("--out made").status, 0);
  const std::string columns =
      "SELECT name FROM pragma_table_info('results') WHERE name LIKE '%.%' ORDER BY 1;";
  const std::string command =
      "sqlite3 '" + path("made/run.sqlite") + "' \"" + columns + "\" > '" + path("columns") + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(read_text(folder / "columns"), "arm.regularised.penalty\nworld.candidates\n");
}

/// The options of a study that runs until its averages are sharp, and its 9 points.
constexpr const char* until_sharp =
    R"(--set 'replicates={ until = "se(log error) < 0.2", between = [10, 160] }')";

TEST_F(StoreFolder, KnowsHowManyFitsTheRuleOfAnAdaptiveStudyAskedFor) {
  EXPECT_EQ(run("--out made " + std::string(until_sharp)).status, 0);
  const std::string before = results("made"), records = read_text(folder / "made/records.csv");
  const json status = json::parse(quartic("status made --json").out);
  EXPECT_EQ(status["total"], std::count(records.begin(), records.end(), '\n') - 1);
  EXPECT_GT(status["total"], 9 * 10);
  EXPECT_LT(status["total"], 9 * 160);
  EXPECT_EQ(status["left"], 0);
  EXPECT_EQ(status["may_grow"], false);
  const Outcome merged = quartic("merge all made");
  EXPECT_EQ(merged.status, 0);
  EXPECT_FALSE(says(merged.err, "missing")) << merged.err;
  EXPECT_EQ(results("all"), before);
}

TEST_F(StoreFolder, ExportsOfAnAdaptiveStudyWhatItsRuleAskedFor) {
  run("--out made " + std::string(until_sharp));
  const std::string before = results("made");
  EXPECT_EQ(run("--out made --extend --set replicates=160").status, 0);
  EXPECT_NE(results("made"), before);
  EXPECT_EQ(run("--out made --extend " + std::string(until_sharp)).status, 0);
  EXPECT_EQ(quartic("export made").status, 0);
  EXPECT_EQ(quartic("export made --format npy").status, 0);
  EXPECT_EQ(results("made"), before);
  EXPECT_EQ(json::parse(quartic("status made --json").out)["left"], 0);
}

TEST_F(StoreFolder, TellsThatAnUnfinishedAdaptiveStudyMayGrow) {
  run("--out made " + std::string(until_sharp));
  const std::string before = results("made");
  const std::string forget =
      "sqlite3 '" + path("made/run.sqlite") + "' 'DELETE FROM records WHERE replicate >= 10'";
  ASSERT_EQ(std::system(forget.c_str()), 0);
  const json status = json::parse(quartic("status made --json").out);
  EXPECT_EQ(status["done"], 9 * 10);
  EXPECT_GT(status["left"], 0);
  EXPECT_EQ(status["may_grow"], true);
  EXPECT_TRUE(says(quartic("status made").out, "may ask for more"));
  EXPECT_TRUE(says(quartic("merge all made").err, "fits are missing still"));
  EXPECT_TRUE(says(read_text(folder / "all/findings.json"), "interrupted"));
  EXPECT_EQ(quartic("resume made --quiet").status, 0);
  EXPECT_EQ(results("made"), before);
}

}  // namespace
}  // namespace quartic::store_reading_test
