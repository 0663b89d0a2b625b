#include "cli/pictures/fit_picture.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "cli/gnuplot/sheet.hpp"
#include "cli/terminal/text.hpp"
#include "core/require.hpp"
#include "tests/cli/run_quartic.hpp"

namespace quartic::fit_picture_test {
namespace {

struct Fitted {
  CsvTable table;
  TableFits fits;
  std::vector<PictureFile> files;

  const std::string& text(const std::string& name) const {
    for (const PictureFile& file : files)
      if (file.name == name) return file.text;
    throw InvalidInput("no " + name);
  }
};

Fitted draw(const std::string& text, const FitQuestion& question = {}) {
  CsvTable table = parse_csv(text, "folder/t.csv");
  TableFits fits = fit_table(table, question);
  std::vector<PictureFile> files = fit_pictures(table, fits);
  return {std::move(table), std::move(fits), std::move(files)};
}

bool says(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

/// Scatter that no power of n follows.
double wiggle(int n, int replicate) {
  return std::exp(0.05 * std::sin(7.0 * n + 3.0 * replicate));
}

/// Eight replicates a size of an error that falls to this floor.
std::string replicated(double floor) {
  std::string table = "n,seed,test_error\n";
  for (const int n : {100, 200, 400, 800, 1600, 3200})
    for (int seed = 0; seed < 8; ++seed)
      table += fmt::format("{},{},{}\n", n, seed, (floor + 20.0 / n) * wiggle(n, seed));
  return table;
}

std::string grouped(const std::vector<std::string>& groups) {
  std::string table = "model,n,error\n";
  for (const std::string& group : groups)
    for (const int n : {100, 200, 400, 800, 1600}) table += fmt::format("{},{},{}\n", group, n, 4.0 / n);
  return table;
}

/// The lines of one index of gnuplot's.
std::vector<std::vector<double>> block(const std::string& data, int index) {
  std::istringstream in(data);
  std::vector<std::vector<double>> rows;
  int blanks = 0, at = 0;
  for (std::string line; std::getline(in, line);) {
    blanks = line.empty() ? blanks + 1 : 0;
    if (blanks == 2) ++at;
    if (line.empty() || line[0] == '#' || at != index) continue;
    rows.emplace_back();
    std::istringstream fields(line);
    for (std::string field; fields >> field;) rows.back().push_back(std::stod(field));
  }
  return rows;
}

TEST(FitPicture, ShowsTheNumbersOfTheFit) {
  const Fitted drawn = draw(replicated(0.05));
  const TableFit& fit = drawn.fits.fits.front();
  const std::string& data = drawn.text("fit_by_data.dat");
  const auto points = block(data, 0);
  ASSERT_EQ(points.size(), 6U);
  double mean = 0;
  for (int seed = 0; seed < 8; ++seed) mean += (0.05 + 20.0 / 400) * wiggle(400, seed) / 8;
  EXPECT_EQ(points[2][0], 400);
  EXPECT_NEAR(points[2][1], mean, 1e-9);
  EXPECT_LT(points[2][2], mean);
  EXPECT_GT(points[2][2], 0.9 * mean);
  EXPECT_NEAR(points[2][2] * points[2][3], mean * mean, 1e-9);
  const auto law = block(data, 1);
  ASSERT_FALSE(law.empty());
  EXPECT_EQ(law.front()[0], 100);
  EXPECT_NEAR(law.back()[0], 3200, 1e-6);
  for (const auto& at : law) EXPECT_NEAR(at[1], fit.fit.law.at(at[0]), 1e-9);
  const std::string& script = drawn.text("fit_by_data.gp");
  EXPECT_TRUE(says(script, "k^{" + short_number(fit.value.estimate) + "} [" + short_number(fit.value.low)))
      << script;
  ASSERT_GT(fit.fit.law.floor, 0);
  EXPECT_TRUE(says(script, "floor " + short_number(fit.fit.law.floor))) << script;
  EXPECT_TRUE(says(script, "'test_error in t.csv'")) << script;
}

TEST(FitPicture, ShowsOnlyTheRowsThatWereRead) {
  const Fitted drawn = draw("n,error\n100,0.5\n100,0.4\n200,0.2\n400,NA\n400,0.1\n800,0.05\n1600,0.026\n",
                            {.best = Best::size, .from = 150});
  const auto points = block(drawn.text("fit_by_data.dat"), 0);
  ASSERT_EQ(points.size(), 4U);
  EXPECT_EQ(points.front()[0], 200);
  EXPECT_TRUE(std::isnan(points.front()[2]));
  EXPECT_TRUE(says(drawn.text("fit_by_data.gp"), "Points: rows."));
}

TEST(FitPicture, DrawsTheOtherLawsThatStand) {
  const Fitted drawn = draw(replicated(0));
  const TableFit& fit = drawn.fits.fits.front();
  ASSERT_FALSE(fit.shown.others.empty());
  const auto other = block(drawn.text("fit_by_data.dat"), 2);
  ASSERT_FALSE(other.empty());
  for (const auto& at : other) EXPECT_NEAR(at[1], fit.shown.others.front().at(at[0]), 1e-9);
  EXPECT_TRUE(says(drawn.text("fit_by_data.gp"), "Dashed: the others"));
}

/// Plain rows over a floor, which a power law leaves below the last of them.
const std::string six_rows =
    "n,error\n50,.11217\n100,.08235\n200,.06434\n400,.06487\n800,.05407\n1600,.05296\n";

TEST(FitPicture, DrawsAndTellsTheReverseLine) {
  const Fitted drawn = draw(six_rows);
  const TableFit& fit = drawn.fits.fits.front();
  const auto reverse = block(drawn.text("fit_by_data.dat"), 2 + static_cast<int>(fit.shown.others.size()));
  ASSERT_FALSE(reverse.empty());
  const double slope =
      -std::log(reverse.back()[1] / reverse.front()[1]) / std::log(reverse.back()[0] / reverse.front()[0]);
  EXPECT_NEAR(1 / slope, fit.reverse.estimate, 1e-6);
  const std::string& script = drawn.text("fit_by_data.gp");
  EXPECT_TRUE(says(script, "reverse line k^{" + short_number(fit.reverse.estimate) + "} [")) << script;
  EXPECT_TRUE(says(script, "Dash-dotted: the reverse line"));
  EXPECT_TRUE(says(script, "[" + short_number(fit.value.low) + ", "));
  for (const Reading& reading : fit.readings) EXPECT_LE(fit.value.low, reading.value.low);
}

TEST(FitPicture, HoldsItsLawWhole) {
  const Fitted drawn = draw(six_rows);
  const std::string& script = drawn.text("fit_by_data.gp");
  const std::size_t at = script.find("set yrange [") + 12;
  const double low = std::stod(script.substr(at));
  for (const auto& point : block(drawn.text("fit_by_data.dat"), 1)) EXPECT_LE(low, point[1]);
}

TEST(FitPicture, KeepsLongNamesWithinItself) {
  const std::string name = std::string(300, 'w') + "^2";
  std::string table = grouped({std::string(80, 'g'), "b"});
  table.replace(0, 13, "model," + name + "," + name + "e");
  const Fitted drawn = draw(table, {.error = name + "e", .data = name, .group = "model"});
  EXPECT_FALSE(says(drawn.text("fit_by_data.gp"), std::string(45, 'w')));
  EXPECT_FALSE(says(drawn.text("fit_by_data.gp"), std::string(45, 'g')));
}

TEST(FitPicture, LeavesColumnsAsTheyAreSpelled) {
  const Fitted drawn = draw("n,err^2\n100,.3\n200,.2\n400,.15\n800,.11\n1600,.07\n", {.error = "err^2"});
  EXPECT_TRUE(says(drawn.text("fit_by_data.gp"), "'err^2 in t.csv'"));
}

TEST(FitPicture, DrawsALawInSizesOverTheComputingOfThose) {
  std::string table = "n,flops,seed,error\n";
  for (const int n : {100, 200, 400, 800, 1600, 3200})
    for (int seed = 0; seed < 6; ++seed)
      table += fmt::format("{},{},{},{}\n", n, 1e3 * n * n, seed, (0.05 + 20.0 / n) * wiggle(n, seed));
  const Fitted drawn = draw(table, {.laws = LawForm::floor});
  const Law law = drawn.fits.fits.back().fit.law;
  for (const auto& at : block(drawn.text("fit_by_computing.dat"), 1))
    EXPECT_NEAR(at[1], law.at(std::sqrt(at[0] / 1e3)), 1e-9);
}

TEST(FitPicture, TakesNamesAsText) {
  const std::string name = "it's `touch ran` 5 % @x";
  std::string table = grouped({name, "b"});
  table.replace(0, 13, "model,n,\"`touch ran` 'error\"");
  const Fitted drawn = draw(table, {.error = "`touch ran` 'error", .group = "model"});
  const std::string& script = drawn.text("fit_by_data.gp");
  EXPECT_TRUE(says(script, "'it\u2019s `touch ran` 5 % @x'")) << script;
  EXPECT_TRUE(says(script, "set label '`touch ran` \u2019error' at graph -0.165")) << script;
  for (std::size_t at = script.find('`'); at != std::string::npos; at = script.find('`', at + 1)) {
    const std::size_t line = script.rfind('\n', at) + 1;
    EXPECT_EQ(std::count(script.begin() + static_cast<std::ptrdiff_t>(line),
                         script.begin() + static_cast<std::ptrdiff_t>(at), '\'') %
                  2,
              1)
        << script.substr(line, at - line);
  }
}

TEST(FitPicture, TellsHowManyGroupsItHasNoColourFor) {
  std::vector<std::string> groups;
  for (std::size_t k = 0; k < colours; ++k) groups.push_back(fmt::format("g{}", k));
  EXPECT_FALSE(says(draw(grouped(groups)).text("fit_by_data.gp"), "groups are drawn"));
  groups.insert(groups.end(), {"one more", "and another"});
  const std::string script = draw(grouped(groups)).text("fit_by_data.gp");
  EXPECT_TRUE(says(script, "7 of 9 groups are drawn")) << script;
  EXPECT_FALSE(says(script, "one more"));
}

TEST(FitPicture, DrawsPointsAloneWhereThereIsNoLaw) {
  std::string table = grouped({"good"});
  table += "few,100,0.4\nfew,200,0.2\n";
  const Fitted drawn = draw(table, {.group = "model"});
  const std::string& script = drawn.text("fit_by_data.gp");
  EXPECT_TRUE(says(script, "'no law'")) << script;
  EXPECT_EQ(block(drawn.text("fit_by_data.dat"), 3).size(), 2U);
  EXPECT_FALSE(says(script, "index 4")) << script;
  const Fitted trough = draw(
      "n,error\n100,.382\n167,.281\n278,.200\n464,.141\n774,.104\n1292,.102\n2154,.135\n3594,.211\n5995,.287\n"
      "10000,.372\n");
  ASSERT_FALSE(has_exponent(trough.fits.fits.front()));
  EXPECT_FALSE(says(trough.text("fit_by_data.gp"), "Lines:"));
}

TEST(FitPicture, ThinsRowsThatNobodyCouldTellApart) {
  std::string table = "n,error\n";
  for (int n = 10; n < 4000; ++n) table += fmt::format("{},{}\n", n, 4.0 / n * wiggle(n, 0));
  const Fitted drawn = draw(table);
  const auto points = block(drawn.text("fit_by_data.dat"), 0);
  ASSERT_EQ(points.size(), 2000U);
  EXPECT_EQ(points.front()[0], 10);
  EXPECT_EQ(points.back()[0], 3999);
  EXPECT_TRUE(says(drawn.text("fit_by_data.gp"), "more than 2,000 rows 2,000 are drawn"));
}

TEST(FitPicture, RefusesTheLawInTwoCauses) {
  std::string table = "params,tokens,loss\n";
  for (const double n : {1e6, 2e6, 4e6, 8e6})
    for (const double d : {1e7, 2e7, 4e7, 8e7})
      table += fmt::format("{},{},{}\n", n, d, 1.5 + 300 / std::sqrt(n) + 500 / std::sqrt(d));
  EXPECT_THROW(draw(table, {.two_causes = true}), InvalidInput);
}

// The program's own pictures of a table.

using testing::Outcome;
using testing::run_quartic;
using testing::Scratch;

std::string in_both(int replicates) {
  std::string table = "n,flops,seed,error\n";
  for (const int n : {100, 200, 400, 800, 1600})
    for (int seed = 0; seed < replicates; ++seed)
      table +=
          fmt::format("{},{},{},{}\n", n, 1e3 * n * n, seed, 4.0 / n * (1 + 0.05 * std::sin(9 * n + seed)));
  return table;
}

TEST(FitPlot, WritesItsPictures) {
  if (!testing::has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const Scratch folder;
  testing::write_text(folder / "t.csv", in_both(4));
  const Outcome outcome = run_quartic(folder, "fit t.csv --plot --out made/here");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const std::string stem : {"made/here/fit_by_data", "made/here/fit_by_computing"}) {
    EXPECT_NE(outcome.out.find("  " + stem + ".png\n"), std::string::npos) << outcome.out;
    EXPECT_EQ(testing::read_text(folder / (stem + ".png")).substr(0, 8), "\x89PNG\r\n\x1a\n");
    EXPECT_NE(testing::read_text(folder / (stem + ".svg")).find("error in t.csv"), std::string::npos);
  }
  const Outcome here = run_quartic(folder, "fit t.csv --compute '' -p --json");
  EXPECT_EQ(here.out, run_quartic(folder, "fit t.csv --compute '' --json").out);
  EXPECT_TRUE(std::filesystem::exists(folder / "fit_by_data.svg"));
  EXPECT_FALSE(std::filesystem::exists(folder / "fit_by_computing.svg"));
}

TEST(FitPlot, RunsNothingThatANameSays) {
  if (!testing::has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const Scratch folder;
  std::string table = "n,`touch ran`,'%s @x error\n";
  for (const char* group : {"`touch ran`", "a'.system('touch ran').'b", "5 %s {}^_"})
    for (const int n : {100, 200, 400, 800, 1600}) table += fmt::format("{},{},{}\n", n, group, 4.0 / n);
  testing::write_text(folder / "`touch ran`.csv", table);
  const Outcome outcome =
      run_quartic(folder, "fit '`touch ran`.csv' --plot --error \"'%s @x error\" --group '`touch ran`'");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(folder / "ran"));
  EXPECT_NE(testing::read_text(folder / "fit_by_data.svg").find("5 %s {}^_"), std::string::npos);
}

TEST(FitPlot, SaysWhyThereIsNoPicture) {
  const Scratch folder;
  std::string table = "params,tokens,loss\n";
  for (const double n : {1e6, 2e6, 4e6})
    for (const double d : {1e7, 2e7, 4e7})
      table += fmt::format("{},{},{}\n", n, d, 1 + 300 / std::sqrt(n) + 500 / std::sqrt(d));
  testing::write_text(folder / "nd.csv", table);
  testing::write_text(folder / "t.csv", in_both(1));
  const Outcome causes = run_quartic(folder, "fit nd.csv --law nd --plot --out made");
  EXPECT_EQ(causes.status, 2);
  EXPECT_NE(causes.err.find("the law in two causes has no picture"), std::string::npos) << causes.err;
  EXPECT_FALSE(std::filesystem::exists(folder / "made"));
  std::filesystem::create_directory(folder / "empty");
  const Outcome missing =
      run_quartic(folder, "fit t.csv --plot", "", "PATH='" + (folder / "empty").string() + "'");
  EXPECT_EQ(missing.status, 2);
  EXPECT_NE(missing.err.find("gnuplot-nox, and run the same command"), std::string::npos) << missing.err;
}

}  // namespace
}  // namespace quartic::fit_picture_test
