#include "experiments/study/table_file.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "experiments/engine/engine.hpp"
#include "experiments/study/document/world_files.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "tests/experiments/engine/doubles.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::table_file_test {
namespace {

/// Forty lines of a patient's age, dose and outcome; `outcome` gives its text by the number of the line.
template <class Outcome>
std::string patients(Outcome outcome) {
  std::string text = "id,age,dose,outcome\n";
  for (int i = 0; i < 40; ++i)
    text += "p" + std::to_string(i) + "," + std::to_string(20 + 7 * i % 31) + "," + std::to_string(i % 3) +
            "," + outcome(i) + "\n";
  return text;
}
std::string with_numbers() {
  return patients([](int i) { return std::to_string(i * i % 17) + ".5"; });
}
std::string with_words() {
  return patients([](int i) { return i % 5 < 2 ? "well" : "ill"; });
}

class TableFile : public ::testing::Test {
 protected:
  std::string file(const std::string& text, const std::string& name = "p.csv") const {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }
  TableOptions options(const std::string& text) const {
    return {.file = file(text), .target = "outcome", .ignore = "id"};
  }
  /// Without the folder.
  std::string refusal(const TableOptions& options) const {
    std::string message = support::thrown_message([&] { read_table_cases(options); });
    for (std::size_t at; (at = message.find(folder_.path() + "/")) != std::string::npos;)
      message.erase(at, folder_.path().size() + 1);
    return message;
  }
  std::string study(const std::string& world) const {
    return "replicates = 3\nsizes = [10, 20]\n[world]\nkind = \"table\"\n" + world +
           "\n[[arm]]\nname = \"a\"\nmodel = \"ridge\"\npenalty = 1\n";
  }
  Study parsed(const std::string& world) const { return parse_study(study(world), folder_ / "own.toml"); }
  std::string study_refusal(const std::string& world) const {
    return support::thrown_message([&] { parsed(world); });
  }

  testing::Scratch folder_;
};

TEST_F(TableFile, GivesNumbersColumnByColumn) {
  const TableCases cases = read_table_cases(options(with_numbers()));
  EXPECT_EQ(cases.task, Task::regression);
  EXPECT_EQ(cases.columns, (std::vector<std::string>{"age", "dose"}));
  EXPECT_EQ(cases.x.rows(), 40);
  EXPECT_EQ(cases.x(4, 0), 48);
  EXPECT_EQ(cases.x(4, 1), 1);
  EXPECT_EQ(cases.y[5], 8.5);
}

TEST_F(TableFile, TwoWordsOrTwoNumbersAreClasses) {
  const TableCases words = read_table_cases(options(with_words()));
  EXPECT_EQ(words.task, Task::classification);
  EXPECT_EQ(words.y.head(5), (Vector(5) << 1, 1, 0, 0, 0).finished());  // "well" comes after "ill"
  const TableCases numbers =
      read_table_cases(options(patients([](int i) { return i % 4 == 0 ? "2" : "1.0"; })));
  EXPECT_EQ(numbers.task, Task::classification);
  EXPECT_EQ(numbers.y.sum(), 10);
}

TEST_F(TableFile, RefusesWhatCannotBeRead) {
  EXPECT_NE(refusal({.file = folder_ / "no.csv", .target = "y"}).find("no.csv cannot be read"),
            std::string::npos);
  EXPECT_EQ(
      refusal({.file = file("a,b\n1,2\n"), .target = "a"}),
      "p.csv has 1 cases (some are trained on, and the others judge). Bring at least 10, and rather hundreds.");
  TableOptions other = options(with_numbers());
  other.target = "outcom";
  EXPECT_NE(refusal(other).find("no column \"outcom\" (its columns are id, age, dose, outcome). Did you mean "
                                "\"outcome\"?"),
            std::string::npos);
  other = options(with_numbers());
  other.ignore = "nobody";
  EXPECT_NE(refusal(other).find("no column \"nobody\""), std::string::npos);
  other.ignore = "outcome, id";
  EXPECT_EQ(refusal(other), "ignore names the target (it is to be predicted). Leave it out there.");
  other.ignore = "id, age, dose";
  EXPECT_NE(refusal(other).find("has no column beside the target"), std::string::npos);
}

TEST_F(TableFile, RefusesValuesThatAreNoNumbersWithTheirPlace) {
  TableOptions all = options(with_numbers());
  all.ignore = "";
  EXPECT_EQ(
      refusal(all),
      "p.csv:2: column id has \"p0\" (models see numbers). Write numbers, such as 0 and 1 for two words, or "
      "leave the column out: ignore = \"id\".");
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string text = with_numbers();
    text.replace(text.find(from), from.size(), to);
    return refusal(options(text));
  };
  EXPECT_EQ(
      changed("p3,41,", "p3,,"),
      "p.csv:5: column age has no value (every case needs all of them). Fill it in, drop the line, or leave "
      "the column out: ignore = \"age\".");
  EXPECT_EQ(changed("p3,41,", "p3,inf,"),
            "p.csv:5: column age has \"inf\" (1e100 is the most). Correct it, or choose another unit.");
  EXPECT_EQ(
      changed("16.5", "NA"),
      "p.csv:6: column outcome has no value (every case needs all of them). Fill it in, or drop the line.");
  EXPECT_NE(changed("16.5", "many").find("p.csv:6: column outcome, the target, has \"many\""),
            std::string::npos);
  EXPECT_NE(changed("p3,41,0", "p3,41,0,9").find("p.csv:5: the row has 5 fields"), std::string::npos);
  EXPECT_NE(changed("id,age,dose", "id,age,age").find("two columns are named \"age\""), std::string::npos);
}

TEST_F(TableFile, RefusesColumnsThatTellNothing) {
  EXPECT_EQ(
      refusal(options(patients([](int) { return "4"; }))),
      "p.csv: column outcome, the target, is the same in every case (there is nothing to predict). Name "
      "another target.");
  std::string text = "one,y\n";
  for (int i = 0; i < 12; ++i) text += "7," + std::to_string(i) + "\n";
  EXPECT_EQ(
      refusal({.file = file(text), .target = "y"}),
      "p.csv: column one is 7 in every case (it tells nothing). Please leave the column out: ignore = \"one\".");
}

TEST_F(TableFile, AWorldOfAnotherContentIsAnotherWorld) {
  const auto print = [&] {
    return parsed("file = \"p.csv\"\ntarget = \"outcome\"\nignore = \"id\"")
        .cells[0]
        .world.options.at("file");
  };
  file(with_numbers());
  const OptionValue first = print(), again = print();
  file(with_words());
  EXPECT_EQ(first, again);
  EXPECT_NE(print(), first);
  OptionValues values = {{"file", first}, {"target", std::string("outcome")}, {"ignore", std::string("id")}};
  EXPECT_NE(
      support::thrown_message([&] { table_entry().make(values); }).find("p.csv has changed (its SHA-256"),
      std::string::npos);
  file(with_numbers());
  EXPECT_NE(table_entry().make(values).fingerprint().find(std::get<std::string>(first)), std::string::npos);
}

TEST_F(TableFile, IsFoundBesideTheStudyAndKeptByItsWholePath) {
  file(with_numbers());
  const Study study = parsed("file = \"p.csv\"\ntarget = \"outcome\"\nignore = \"id\"");
  EXPECT_EQ(study.performance, Performance::inverse_root);
  EXPECT_NE(study.text.find("file = \"" + (folder_ / "p.csv") + "#"), std::string::npos);
  EXPECT_EQ(parse_study(study.text, "elsewhere/study.toml").text, study.text);
}

TEST_F(TableFile, OfClassesIsMeasuredByTheError) {
  file(with_words());
  EXPECT_EQ(parsed("file = \"p.csv\"\ntarget = \"outcome\"\nignore = \"id\"").performance,
            Performance::inverse);
}

TEST_F(TableFile, StudiesAreRefusedWithThePlaceOfTheKey) {
  file(with_numbers());
  EXPECT_NE(study_refusal("target = \"outcome\"").find("own.toml:4: world: file is missing"),
            std::string::npos);
  EXPECT_NE(study_refusal("target = \"outcome\"\nfile = \"q.csv\"").find("own.toml:6: world.file: "),
            std::string::npos);
  const std::string good = "file = \"p.csv\"\nignore = \"id\"\n";
  EXPECT_NE(study_refusal(good + "target = \"age2\"").find("own.toml:7: world.target: "), std::string::npos);
  EXPECT_NE(
      study_refusal(good + "target = \"outcome\"\nheld_out = 0.6")
          .find("own.toml:2: sizes: 20 is more than there are (this world has 16 rows to train on). Give at "
                "most 16."),
      std::string::npos);
  EXPECT_NE(
      study_refusal(good + "target = \"outcome\"\nrelevant = \"ages\"").find("own.toml:8: world.relevant: "),
      std::string::npos);
}

TEST_F(TableFile, RunsThroughTheEngine) {
  file(with_numbers());
  const Study study = parsed("file = \"p.csv\"\ntarget = \"outcome\"\nignore = \"id\"\ndecoys = 5");
  doubles::KeepAll sink;
  run(study, {}, sink);
  ASSERT_EQ(sink.records.size(), 6);
  for (const Record& record : sink.records) {
    EXPECT_EQ(record.report.status, FitStatus::converged);
    EXPECT_GT(record.normalised_error, 0);
    EXPECT_GT(record.error_se, 0);
  }
}

}  // namespace
}  // namespace quartic::table_file_test
