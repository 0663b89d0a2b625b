#include "experiments/results/record_key.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/require.hpp"
#include "experiments/platform/digest.hpp"
#include "tests/experiments/engine/doubles.hpp"

namespace quartic::record_key_test {
namespace {

using doubles::plain_study;

std::string content(const Study& study, std::size_t arm = 1) {
  const Cell cell = study.cells[0];
  return SeriesKeys(study).content(cell, cell.arms[arm]);
}

template <class Change>
std::string changed(Change change) {
  Study study = plain_study();
  Cell cell = study.cells[0];
  change(study, cell);
  study.cells = {cell};
  return content(study);
}

// The words of a content may never change: records that people have would no longer be found.
TEST(RecordKey, IsWhatItWasWhenTheFirstStoresWereWritten) {
  EXPECT_EQ(content(plain_study()),
            R"({"arm":{"expert":null,"model":{"kind":"marginal","options":{"breaks_at":0,"fails_at":0,)"
            R"("jitter":0.1,"shrink":1,"starves_at":0,"working":0}},"name":"flexible","select":null},)"
            R"("format":1,"seed":7,"storage":"double","theory":[],"world":{"kind":"plain","options":)"
            R"({"candidates":20,"exact":true,"noise":1,"relevant":3}}})");
  EXPECT_EQ(to_string(make_series_key(content(plain_study()))), "8c0d071ea718151fa8c5bcd229ef0ab0");
  EXPECT_EQ(content(plain_study(), 0).substr(0, 67),
            R"({"arm":{"expert":{"correct":2,"forgets":"at_random","wrong":1},"mod)");
}

// Nor may a key that an expert leaves at its default show.
TEST(RecordKey, OfAnExpertHoldsWhatIsSet) {
  const auto expert = [](const Expert& set) {
    const std::string text = changed([&](Study&, Cell& cell) { cell.arms[1].expert = set; });
    return text.substr(0, text.find(",\"model\""));
  };
  EXPECT_EQ(expert({.correct = 3}), R"({"arm":{"expert":{"correct":3,"forgets":"at_random","wrong":0})");
  EXPECT_EQ(
      expert({.recall = 0.9, .false_share = 0.1, .weight = Weight::signal, .noise = 0.2, .missing = 0.5}),
      R"({"arm":{"expert":{"false":0.1,"forgets":"at_random","missing":0.5,"noise":0.2,"recall":0.9,)"
      R"("weight":"signal"})");
}

TEST(RecordKey, IsTheBeginningOfTheSha256OfTheContent) {
  EXPECT_EQ(to_string(make_series_key("abc")), sha256("abc").substr(0, 32));
  EXPECT_EQ(to_string(make_series_key("")), sha256("").substr(0, 32));
}

TEST(RecordKey, DoesNotDependOnPlaceTitleSizesReplicatesOrOtherArms) {
  EXPECT_EQ(changed([](Study& study, Cell& cell) {
              study.title = study.name = study.text = "another";
              study.sizes = {7};
              study.replicates = 1000;
              study.theory.push_back({"expert", "1/n"});
              cell.id = 12;
              cell.settings.emplace_back("world.noise", "1");
              cell.arms[0] = {.name = "third", .model = {"marginal", {}}, .expert = {}};
              cell.arms[1].replicates = 3;
              cell.arms.push_back({.name = "fourth", .model = {"marginal", {}}, .expert = {}});
            }),
            content(plain_study()));
  Study turned = plain_study();
  Cell cell = turned.cells[0];
  std::swap(cell.arms[0], cell.arms[1]);
  turned.cells = {cell};
  EXPECT_EQ(content(turned, 0), content(plain_study(), 1));
}

TEST(RecordKey, DependsOnAllThatChangesAFit) {
  std::set<std::string> contents = {content(plain_study())};
  contents.insert(changed([](Study& study, Cell&) { study.seed = 8; }));
  contents.insert(changed([](Study& study, Cell&) { study.truth_seed = 8; }));
  contents.insert(changed([](Study& study, Cell&) { study.storage = Storage::floats; }));
  contents.insert(changed([](Study& study, Cell&) { study.theory.push_back({"flexible", "1/n"}); }));
  contents.insert(changed([](Study&, Cell& cell) { cell.world.options["noise"] = 2.0; }));
  contents.insert(changed([](Study&, Cell& cell) { cell.world.options["candidates"] = "2*n"; }));
  contents.insert(changed([](Study&, Cell& cell) { cell.arms[1].name = "other"; }));
  contents.insert(changed([](Study&, Cell& cell) { cell.arms[1].model.options["shrink"] = 0.5; }));
  contents.insert(changed([](Study&, Cell& cell) {
    cell.arms[1].expert = Expert{2, 1, Forgets::at_random};
  }));
  contents.insert(changed([](Study&, Cell& cell) {
    cell.arms[1].expert = Expert{2, 1, Forgets::least_important};
  }));
  contents.insert(changed([](Study&, Cell& cell) { cell.arms[1].select_oracle = true; }));
  const std::vector<Expert> dials = {{.recall = 0.5},
                                     {.recall = 0.5, .weight = Weight::signal},
                                     {.correct = 2, .false_share = 0.5},
                                     {.columns = "1, 2"},
                                     {.correct = 2, .wrong = 1, .noise = 0.1},
                                     {.correct = 2, .wrong = 1, .missing = 0.1},
                                     {.correct = 2, .wrong = 1, .wrong_form = 0.1},
                                     {.correct = 2, .wrong = 1, .wrong_sign = 0.1}};
  for (const Expert& expert : dials)
    contents.insert(changed([&](Study&, Cell& cell) { cell.arms[1].expert = expert; }));
  EXPECT_EQ(contents.size(), 20u);
}

TEST(RecordKey, DoesNotDependOnHowAValueIsWritten) {
  const std::string before = content(plain_study());
  EXPECT_EQ(changed([](Study&, Cell& cell) {
              cell.world.options["noise"] = Index{1};     // a number, given whole
              cell.world.options["candidates"] = 20.0;    // a count, given as a real
              cell.world.options["relevant"] = Index{3};  // what it is by default
            }),
            before);
  EXPECT_EQ(changed([](Study&, Cell& cell) { cell.world.options["noise"] = Index{1000000}; }),
            changed([](Study&, Cell& cell) { cell.world.options["noise"] = 1e6; }));
}

TEST(RecordKey, QuotesNamesAsJsonDoes) {
  const std::string text = changed([](Study&, Cell& cell) { cell.arms[1].name = "a \"b\"\n"; });
  EXPECT_NE(text.find(R"("name":"a \"b\"\u000a")"), std::string::npos) << text;
}

TEST(RecordKey, RefusesKindsThatNobodyKnows) {
  EXPECT_THROW(changed([](Study&, Cell& cell) { cell.world.kind = "unheard_of"; }), InvalidInput);
}

TEST(RecordKey, PutsEveryTaskIntoOneShard) {
  const Study study = plain_study();
  const std::uint64_t hash = SeriesKeys(study).task_hash(study.cells[0]);
  for (const Index count : {1, 3, 8}) {
    std::vector<Index> tasks(static_cast<std::size_t>(count), 0);
    for (Index replicate = 0; replicate < 100; ++replicate)
      ++tasks.at(static_cast<std::size_t>(find_shard(hash, replicate, count) - 1));
    for (const Index number : tasks) EXPECT_NEAR(static_cast<double>(number), 100.0 / count, 1.0);
  }
}

TEST(RecordKey, KeepsTasksInTheirShardsWhenTheStudyGrows) {
  Study study = plain_study();
  const std::uint64_t before = SeriesKeys(study).task_hash(study.cells[0]);
  Cell cell = study.cells[0];
  cell.arms.pop_back();
  cell.id = 9;
  study.sizes = {11};
  study.storage = Storage::doubles;
  EXPECT_EQ(SeriesKeys(study).task_hash(cell), before);
}

TEST(RecordName, IsReadAsItIsWritten) {
  const std::string text = "3fa94c21b0e70d5c9be1c9b52aa01f37/400/12";
  const RecordName name = parse_record_name(text);
  EXPECT_EQ(name.series, "3fa94c21b0e70d5c9be1c9b52aa01f37");
  EXPECT_EQ(name.n, 400);
  EXPECT_EQ(name.replicate, 12);
  EXPECT_EQ(to_string(name), text);
  EXPECT_EQ(parse_record_name("3fa94c/1/0").series, "3fa94c");
}

TEST(RecordName, RefusesWhatNamesNoRecord) {
  for (const char* text : {"", "/", "//", "3fa94c", "3fa94c/4", "3fa94/4/1", "3FA94C/4/1", "3fa94c/4/",
                           "3fa94c//1", "3fa94c/-4/1", "3fa94c/4/1/2", "3fa94c/4/1x",
                           "3fa94c/99999999999999999999/1", "3fa94c21b0e70d5c9be1c9b52aa01f370/400/12"})
    EXPECT_THROW(parse_record_name(text), InvalidInput) << text;
}

}  // namespace
}  // namespace quartic::record_key_test
