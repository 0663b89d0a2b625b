#include "cli/pictures/pictures.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "cli/pictures/summary_file.hpp"
#include "core/require.hpp"
#include "tests/cli/run_quartic.hpp"

namespace quartic {
namespace {

using testing::Scratch;

constexpr const char* header =
    "cell,arm,n,replicates,mean_error,mean_error_se,geometric_mean_error,theory_error,fit_flops,tuning_"
    "flops\n";

std::vector<SummaryRow> two_arms() {
  return {{0, "oracle", 10, 5, 0.5, 0.1, 0.4, 0.45, 1e3, 0},
          {0, "oracle", 100, 5, 0.05, 0.01, 0.04, 0.045, 1e4, 0},
          {0, "flexible", 10, 5, 1.0, 0.1, 0.9, SummaryRow::not_measured, 1e6, 1e6},
          {0, "flexible", 100, 5, 0.9, 0.1, 0.8, SummaryRow::not_measured, 1e8, 1e8}};
}

TEST(SummaryFile, IsReadByTheNamesOfItsColumns) {
  const Scratch folder;
  testing::write_text(folder / "summary.csv", std::string(header) + "1,\"the, arm\",10,5,0.5,,0.4,,100,\n");
  const std::vector<SummaryRow> rows = read_summary(folder.path());
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].cell, 1);
  EXPECT_EQ(rows[0].arm, "the, arm");
  EXPECT_EQ(rows[0].mean_error, 0.5);
  EXPECT_TRUE(std::isnan(rows[0].mean_error_se));
  EXPECT_TRUE(std::isnan(rows[0].tuning_flops));
}

TEST(SummaryFile, RefusesFilesThatAreNotOne) {
  const Scratch folder;
  EXPECT_THROW(read_summary(folder.path()), InvalidInput);
  const std::vector<std::string> broken = {"a,b\n1,2\n", header, std::string(header) + "0,oracle,10\n",
                                           std::string(header) + "0,oracle,10,5,half,,,,,\n"};
  for (const std::string& text : broken) {
    testing::write_text(folder / "summary.csv", text);
    EXPECT_THROW(read_summary(folder.path()), InvalidInput) << text;
  }
}

TEST(Pictures, PlotTheMeanWithItsIntervalOnTheLogScale) {
  const std::string data = picture_data(two_arms());
  const double t = 2.7764451051978;  // 97.5 % quantile of Student t, 4 degrees of freedom
  const double factor = std::exp(t * 0.1 / 0.5);
  double n = 0, flops = 0, mean = 0, low = 0, high = 0, theory = 0;
  const std::size_t line = data.find("\n10 ");
  ASSERT_EQ(
      std::sscanf(data.c_str() + line, "%lf %lf %lf %lf %lf %lf", &n, &flops, &mean, &low, &high, &theory),
      6);
  EXPECT_DOUBLE_EQ(mean, 0.5);
  EXPECT_NEAR(low, 0.5 / factor, 1e-9);
  EXPECT_NEAR(high, 0.5 * factor, 1e-9);
  EXPECT_DOUBLE_EQ(theory, 0.45);
}

TEST(Pictures, CountTuningAsComputing) {
  EXPECT_NE(picture_data(two_arms()).find("10 2e+06 1 "), std::string::npos);
}

TEST(Pictures, LabelEveryArmAndDrawTheoryOnlyWhereThereIsSome) {
  const std::string script = picture_script(two_arms(), PictureOf::data);
  EXPECT_NE(script.find("\"oracle\""), std::string::npos);
  EXPECT_NE(script.find("\"flexible\""), std::string::npos);
  EXPECT_NE(script.find("index 0 using 1:6"), std::string::npos);
  EXPECT_EQ(script.find("index 1 using 1:6"), std::string::npos);
}

TEST(Pictures, KeepTheLabelsOfEqualArmsApart) {
  std::vector<SummaryRow> rows = two_arms();
  for (SummaryRow& row : rows) row.mean_error = 0.5;
  const std::string script = picture_script(rows, PictureOf::data);
  double first = 0, second = 0;
  ASSERT_EQ(std::sscanf(script.c_str() + script.find("\"oracle\" at graph"), "\"oracle\" at graph 1.03,%lf",
                        &first),
            1);
  ASSERT_EQ(std::sscanf(script.c_str() + script.find("\"flexible\" at graph"),
                        "\"flexible\" at graph 1.03,%lf", &second),
            1);
  EXPECT_GE(std::abs(first - second), 0.059);
}

TEST(Pictures, GiveEachOfTheFirstSixCellsAPanel) {
  std::vector<SummaryRow> rows;
  for (Index cell = 0; cell < 8; ++cell)
    for (SummaryRow row : two_arms()) {
      row.cell = cell;
      rows.push_back(row);
    }
  const std::string script = picture_script(rows, PictureOf::computing);
  EXPECT_NE(script.find("cell 5\""), std::string::npos);
  EXPECT_EQ(script.find("cell 6\""), std::string::npos);
  EXPECT_NE(script.find("The first 6 of 8 cells"), std::string::npos);
}

}  // namespace
}  // namespace quartic
