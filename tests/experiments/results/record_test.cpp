#include "experiments/results/record.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace quartic::record_test {
namespace {

Record sample_record() {
  Record record{.cell = 2, .arm = "flexible", .n = 40, .replicate = 7};
  record.report = {.status = FitStatus::iteration_limit, .parameters = 10, .iterations = 3};
  record.report.cost = {.fit_flops = 12000, .tuning_flops = 0, .pretraining_flops = 900, .cpu_seconds = 0.25};
  record.excess_risk = 0.1;
  record.normalised_error = 0.01;
  record.error_se = 0;
  record.inference_flops = 7;
  return record;
}

TEST(Records, AreOneLineAFit) {
  const std::array records = {sample_record()};
  EXPECT_EQ(records_csv(records), "2,flexible,40,7,iteration_limit,0.1,0.01,0,10,3,,12000,0,,900,7\n");
  EXPECT_EQ(timings_csv(records), "2,flexible,40,7,0.25\n");
}

TEST(Records, HaveALineOfHistoryForEveryPointOfAFit) {
  Record kept = sample_record();
  kept.report.history = {{.step = 32, .training_error = 0.5},
                         {.step = 64, .training_error = 0.25, .validation_error = 2}};
  const std::array records = {sample_record(), kept};
  EXPECT_EQ(history_csv(records), "2,flexible,40,7,32,0.5,\n2,flexible,40,7,64,0.25,2\n");
  EXPECT_EQ(history_header(), "cell,arm,n,replicate,step,training_error,validation_error");
}

TEST(Records, LeaveWhatWasNotMeasuredEmpty) {
  Record record{.cell = 0, .arm = "a", .n = 5, .replicate = 0};
  record.report = {.status = FitStatus::failed, .parameters = -1, .iterations = -1};
  record.report.cost = {.fit_flops = Record::not_measured,
                        .tuning_flops = Record::not_measured,
                        .pretraining_flops = Record::not_measured};
  const std::array records = {record};
  EXPECT_EQ(records_csv(records), "0,a,5,0,failed,,,,,,,,,,,\n");
  EXPECT_EQ(timings_csv(records), "0,a,5,0,\n");
}

TEST(Records, HaveALineOfTheirOwnForNumbersOfClasses) {
  Record measured = sample_record();
  measured.auc = 0.75;
  measured.log_loss = HUGE_VAL;
  const std::array records = {sample_record(), measured};
  EXPECT_EQ(classes_csv(records), "2,flexible,40,7,,,\n2,flexible,40,7,0.75,inf,\n");
}

TEST(Records, QuoteMessages) {
  Record record = sample_record();
  record.report.message = "stopped, \"early\"";
  const std::array records = {record};
  EXPECT_NE(records_csv(records).find(",\"stopped, \"\"early\"\"\",900,7\n"), std::string::npos);
}

TEST(Records, HeadersHaveAColumnForEveryField) {
  const auto commas = [](std::string_view text) { return std::count(text.begin(), text.end(), ','); };
  const std::array records = {sample_record()};
  EXPECT_EQ(commas(records_header()), commas(records_csv(records)));
  EXPECT_EQ(commas(timings_header()), commas(timings_csv(records)));
  EXPECT_EQ(commas(classes_header()), commas(classes_csv(records)));
}

}  // namespace
}  // namespace quartic::record_test
