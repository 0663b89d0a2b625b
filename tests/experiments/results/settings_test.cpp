#include "experiments/results/settings.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "experiments/results/cube.hpp"
#include "experiments/results/record.hpp"

namespace quartic::settings_test {
namespace {

using nlohmann::json;

Cell cell_with(Index id, CellSettings settings) {
  Cell cell;
  cell.id = id;
  cell.settings = std::move(settings);
  return cell;
}

/// The second cell has a word where the first has a number, and a key that the first lacks.
CellGrid two_cells() {
  return {
      cell_with(0, {{"world.correlation", "-0.4"}, {"arm.lasso.penalty", "0.10"}}),
      cell_with(1, {{"world.correlation", "1e+06"}, {"arm.lasso.penalty", "cv"}, {"world.extra", "true"}})};
}

TEST(Settings, AreNumbersInJsonWhereTheyAreNumbers) {
  EXPECT_EQ(setting_json("100"), "100");
  EXPECT_EQ(setting_json("1e+06"), "1000000");
  EXPECT_EQ(setting_json("-0.4"), "-0.4");
  EXPECT_EQ(setting_json("true"), "true");
  EXPECT_EQ(setting_json("cv"), "\"cv\"");
  EXPECT_EQ(setting_json("2*n"), "\"2*n\"");
  EXPECT_EQ(setting_json("inf"), "\"inf\"");
  const json settings = json::parse(settings_json(two_cells()[0].settings));
  EXPECT_EQ(settings["world.correlation"].get<double>(), -0.4);
  EXPECT_EQ(settings["arm.lasso.penalty"].get<double>(), 0.1);
}

TEST(Settings, HaveAColumnEachInFilesOfRecords) {
  const SettingColumns columns(two_cells());
  EXPECT_EQ(columns.header(), ",world.correlation,arm.lasso.penalty,world.extra");
  EXPECT_EQ(columns.fields(0), ",-0.4,0.1,");
  EXPECT_EQ(columns.fields(1), ",1e+06,cv,true");
  Record record{.cell = 1, .arm = "lasso", .n = 40, .replicate = 7};
  const Record other{.cell = 0, .arm = "lasso", .n = 40, .replicate = 7};
  record.report.history = {{.step = 3, .training_error = 0.5}};
  const std::vector<Record> records = {other, record};
  EXPECT_TRUE(records_header(columns).starts_with("cell,arm,n,replicate,world.correlation,"))
      << records_header(columns);
  EXPECT_TRUE(records_csv(records, columns).starts_with("0,lasso,40,7,-0.4,0.1,,converged,"));
  EXPECT_EQ(timings_csv(records, columns), "0,lasso,40,7,-0.4,0.1,,\n1,lasso,40,7,1e+06,cv,true,\n");
  EXPECT_EQ(history_csv(records, columns), "1,lasso,40,7,1e+06,cv,true,3,0.5,\n");
  EXPECT_TRUE(classes_csv(records, columns).starts_with("0,lasso,40,7,-0.4,0.1,,,,\n"));
}

TEST(Settings, OfAStudyWithoutASweepHaveNoColumn) {
  const SettingColumns columns(CellGrid{Cell{}});
  EXPECT_EQ(records_header(columns), records_header());
  EXPECT_EQ(columns.fields(0), "");
}

TEST(Settings, StandBesideTheAxesOfTheCube) {
  const Cube cube({.cells = 2, .arms = {"lasso"}, .sizes = {40}, .replicates = 1});
  EXPECT_FALSE(json::parse(cube.labels_json(CellGrid{Cell{}})).contains("settings"));
  const json settings = json::parse(cube.labels_json(two_cells()))["settings"];
  EXPECT_EQ(settings["world.correlation"], json::parse("[-0.4, 1000000]"));
  EXPECT_EQ(settings["arm.lasso.penalty"], json::parse("[0.1, \"cv\"]"));
  EXPECT_EQ(settings["world.extra"], json::parse("[null, true]"));
}

}  // namespace
}  // namespace quartic::settings_test
