#include "cli/pictures/best_arm_map.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/pictures/pictures.hpp"
#include "core/require.hpp"
#include "tests/cli/run_quartic.hpp"

namespace quartic::best_arm_map_test {
namespace {

using testing::Scratch;

constexpr const char* header =
    "cell,arm,n,replicates,mean_error,mean_error_se,geometric_mean_error,theory_error,fit_flops,tuning_"
    "flops\n";

/// A sweep of what an expert knows, and with it how often he is wrong: two arms, three sizes, and crossings.
void write_contest(const Scratch& folder) {
  std::string summary = header;
  nlohmann::json cells = nlohmann::json::array(), findings = nlohmann::json::array();
  for (int cell = 0; cell < 2; ++cell) {
    for (const int n : {10, 100, 1000}) {
      summary += fmt::format("{},doctor,{},5,0.2,0.001,0.4,,1e3,0\n", cell, n);
      summary += fmt::format("{},network,{},5,{},0.001,0.4,,1e3,0\n", cell, n, 8.0 / n + 0.1 * cell);
    }
    cells.push_back({{"cell", cell},
                     {"settings",
                      {{"arm.doctor.expert.recall", cell == 0 ? "0.9" : "0.7"},
                       {"arm.doctor.expert.false", cell == 0 ? "0.1" : "0.3"}}}});
    for (const char* law : {"crossing", "compute_multiple"})
      findings.push_back({{"cell", cell},
                          {"arm", "network"},
                          {"law", law},
                          {"from", 10},
                          {"to", 1000},
                          {"average", "mean"},
                          {"against", {{"arm", "doctor"}}},
                          {"fit", nullptr},
                          {"expect", 41},
                          {"estimate", 40 + 40 * cell},
                          {"low", 30},
                          {"high", 50}});
  }
  testing::write_text(folder / "summary.csv", summary);
  testing::write_text(folder / "findings.json", nlohmann::json{{"findings", findings}}.dump());
  const nlohmann::json study = {{"title", "A contest"}, {"name", "contest"}, {"effort", ""}, {"seed", 1}};
  testing::write_text(folder / "manifest.json", nlohmann::json{{"study", study}, {"cells", cells}}.dump());
}

TEST(BestArmMaps, NameWhoWinsWhere) {
  const Scratch folder;
  write_contest(folder);
  const auto files = make_pictures(folder.path(), {.x = {"recall"}, .y = "best_arm"}, built_in_catalogues());
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[1].name, "best_arm.gp");
  for (const char* part : {"'doctor'", "'network'", "'0.9' 0, '0.7' 1", "set ylabel 'recall of doctor'",
                           "\u00d740.0' at 40,0", "\u00d780.0' at 80,1", "with xerrorbars"})
    EXPECT_NE(files[1].text.find(part), std::string::npos) << part << "\n" << files[1].text;
  EXPECT_EQ(files[1].text.find("false"), std::string::npos) << "what is swept along is no further map";
  // at 10 the doctor is ahead (0.2 against 0.8), at 100 the network; where he knows less it is 0.18 against 0.2
  EXPECT_NE(files[0].text.find("10 0 3.16228 31.6228 -0.5 0.5"), std::string::npos) << files[0].text;
  EXPECT_NE(files[0].text.find("40 0 30 50 41 7\n"), std::string::npos) << files[0].text;
}

TEST(BestArmMaps, SayNothingOfSizesThatAnArmWasNotGiven) {
  const Scratch folder;
  write_contest(folder);
  std::string summary = testing::read_text(folder / "summary.csv");
  for (const int n : {10, 100, 1000}) summary += fmt::format("1,best,{},5,0.01,0.001,0.4,,1e3,0\n", n);
  for (const char* arm : {"doctor", "network"})
    for (const int cell : {0, 1})
      for (const int n : {300, 3000})
        summary += fmt::format("{},{},{},5,0.2,0.001,0.4,,1e3,0\n", cell, arm, n);
  testing::write_text(folder / "summary.csv", summary);
  const auto files = make_pictures(folder.path(), {.x = {"recall"}, .y = "best_arm"}, built_in_catalogues());
  EXPECT_NE(files[0].text.find("100 0 31.6228 173.205 -0.5 0.5"), std::string::npos) << files[0].text;
  EXPECT_NE(files[0].text.find("\n300 0 "), std::string::npos) << "both arms of that cell";
  EXPECT_NE(files[0].text.find("100 1 31.6228 316.228 0.5 1.5"), std::string::npos) << files[0].text;
  for (const char* field : {"\n300 1 ", "\n3000 1 "})
    EXPECT_EQ(files[0].text.find(field), std::string::npos) << "the best one was not given it";
}

TEST(BestArmMaps, MarkCrossingsByTheArmThatOvertakes) {
  const Scratch folder;
  write_contest(folder);
  auto findings = nlohmann::json::parse(testing::read_text(folder / "findings.json"));
  nlohmann::json other = findings["findings"][0];
  other["arm"] = "lasso";
  findings["findings"].push_back(other);
  testing::write_text(folder / "findings.json", findings.dump());
  const auto files = make_pictures(folder.path(), {.x = {"recall"}, .y = "best_arm"}, built_in_catalogues());
  EXPECT_NE(files[0].text.find("80 1 30 50 41 7\n40 0 30 50 41 5\n"), std::string::npos) << files[0].text;
  EXPECT_NE(files[1].text.find("Crossings: network \u25cf, lasso \u25a0, with"), std::string::npos)
      << files[1].text;
}

TEST(BestArmMaps, NameAnArmThatMakesNoErrorsAndPassOverOneThatFails) {
  const Scratch folder;
  write_contest(folder);
  std::string summary = testing::read_text(folder / "summary.csv");
  for (const int n : {10, 100, 1000})
    summary += fmt::format("0,rules,{},5,{},0,,,1e3,0\n0,broken,{},5,{},0.01,,,1e3,0\n", n,
                           n < 100 ? "0.5" : "0", n, n < 1000 ? "0.9" : "");
  testing::write_text(folder / "summary.csv", summary);
  const auto files = make_pictures(folder.path(), {.x = {"recall"}, .y = "best_arm"}, built_in_catalogues());
  EXPECT_NE(files[0].text.find("\n100 0 31.6228 316.228"), std::string::npos) << files[0].text;
  EXPECT_NE(files[0].text.find("\n1000 0 316.228 3162.28"), std::string::npos) << files[0].text;
  EXPECT_NE(files[1].text.find("'rules'"), std::string::npos) << files[1].text;
}

TEST(BestArmMaps, ArePaleWhereNothingIsClear) {
  const auto colour_at = [](double apart) {
    const Scratch folder;
    write_contest(folder);
    testing::write_text(folder / "summary.csv",
                        std::string(header) + "0,doctor,10,5,0.2,0.01,0.4,,1e3,0\n" +
                            fmt::format("0,network,10,5,{},0.01,0.4,,1e3,0\n", 0.2 + apart));
    const auto files =
        make_pictures(folder.path(), {.x = {"recall"}, .y = "best_arm"}, built_in_catalogues());
    const std::size_t at = files[0].text.find("-0.5 0.5 ");
    return std::stol(files[0].text.substr(at + 9));
  };
  const double border = 2 * std::sqrt(2.0) * 0.01;
  EXPECT_EQ(colour_at(1.01 * border), 0x80B9D9);  // half of 0072B2, and of white
  EXPECT_EQ(colour_at(0.99 * border), 0xCCE3F0);  // a fifth
}

TEST(BestArmMaps, RefuseTwoKeys) {
  const Scratch folder;
  write_contest(folder);
  EXPECT_THROW(
      make_pictures(folder.path(), {.x = {"recall", "false"}, .y = "best_arm"}, built_in_catalogues()),
      InvalidInput);
}

}  // namespace
}  // namespace quartic::best_arm_map_test
