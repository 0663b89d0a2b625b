#include "experiments/findings/summary.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>
#include <vector>

#include "experiments/store/manifest.hpp"
#include "tests/experiments/engine/doubles.hpp"

namespace quartic::summary_test {
namespace {

using doubles::plain_study;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line + ",");
  for (std::string field; std::getline(in, field, ',');) fields.push_back(field);
  return fields;
}

std::vector<std::string> summary_lines(const Study& study, const Cube& cube) {
  std::string text;
  write_summary_csv(study, cube, [&](std::string_view some) { text += some; });
  return lines_of(text);
}

TEST(Summary, AveragesOverReplicatesInStudyOrder) {
  const auto [records, result] = doubles::run_study(plain_study());
  const auto lines = summary_lines(plain_study(), result.cube);
  ASSERT_EQ(lines.size(), 1u + 2 * 4);
  const std::string averages =
      "replicates,mean_error,mean_error_se,geometric_mean_error,theory_error,fit_flops,tuning_flops,"
      "total_flops,marks,failed,unconverged";
  EXPECT_EQ(lines[0], "cell,arm,n," + averages);
  const auto fields = fields_of(lines[7]);  // flexible at 20
  ASSERT_EQ(fields.size(), 14u);
  EXPECT_EQ(fields[0] + fields[1] + fields[2] + fields[3], "0flexible204");
  double mean = 0, logarithm = 0, squares = 0;
  std::vector<double> errors;
  for (const Record& record : records)
    if (record.arm == "flexible" && record.n == 20) errors.push_back(record.normalised_error);
  for (double error : errors) mean += error / 4, logarithm += std::log(error) / 4;
  for (double error : errors) squares += (error - mean) * (error - mean);
  EXPECT_NEAR(std::stod(fields[4]), mean, 1e-12 * mean);
  EXPECT_NEAR(std::stod(fields[5]), std::sqrt(squares / 3 / 4), 1e-12 * mean);
  EXPECT_NEAR(std::stod(fields[6]), std::exp(logarithm), 1e-12 * mean);
  EXPECT_EQ(fields[7], "");  // no theory
  EXPECT_EQ(fields[8], "800");
  EXPECT_EQ(fields[9], "0");
  EXPECT_EQ(fields[10], "800");
  EXPECT_EQ(fields[11] + fields[12] + fields[13], "00");
}

TEST(Summary, CountsTheUsesOfARuleInItsTotal) {
  Study study = plain_study();
  const auto [records, result] = doubles::run_study(study);
  study.usage.uses = 1e6;
  const auto fields = fields_of(summary_lines(study, result.cube)[7]);
  double inference = 0;
  for (const Record& record : records)
    if (record.arm == "flexible" && record.n == 20) inference += record.inference_flops / 4;
  EXPECT_GT(inference, 0);
  EXPECT_EQ(std::stod(fields[10]), std::stod(fields[8]) + 1e6 * inference);
}

TEST(Summary, ShowsTheSettingsOfTheCellsOfASweep) {
  Study study = plain_study();
  edit(study.cells)->settings = {{"world.noise", "0.5"}};
  const auto [records, result] = doubles::run_study(study);
  const auto lines = summary_lines(study, result.cube);
  EXPECT_TRUE(lines[0].starts_with("cell,arm,n,world.noise,replicates,")) << lines[0];
  EXPECT_TRUE(lines[7].starts_with("0,flexible,20,0.5,4,")) << lines[7];
}

TEST(Summary, CountsFailuresAndMarksArmsThatUseTheTruth) {
  Study study = plain_study();
  edit(study.cells)->arms[1].model.options["fails_at"] = Index{20};
  edit(study.cells)->arms[1].model.options["shrink"] = "1/(1+noise)";
  const auto [records, result] = doubles::run_study(study);
  const auto lines = summary_lines(study, result.cube);
  EXPECT_EQ(lines[7], "0,flexible,20,0,,,,,,,,informed,4,0");
  EXPECT_EQ(fields_of(lines[6])[11], "informed");
}

TEST(Manifest, KnowsItsOwnText) {
  const auto [records, result] = doubles::run_study(plain_study());
  const std::string text = manifest_json(plain_study(), result, "0123", {});
  EXPECT_TRUE(is_manifest(text));
  EXPECT_FALSE(is_manifest("{}"));
  EXPECT_FALSE(is_manifest("not json"));
  EXPECT_FALSE(is_manifest("{\"schema_version\": 1, \"program\": \"other\"}"));
  for (const char* part :
       {"\"digest\"", "0123", "\"cpu\"", "\"correct\": 2", "\"wall_seconds\"", "\"candidates\": 20"})
    EXPECT_NE(text.find(part), std::string::npos) << part;
}

}  // namespace
}  // namespace quartic::summary_test
