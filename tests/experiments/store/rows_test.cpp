#include "experiments/store/rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace quartic::rows_test {
namespace {

using detail::compute_checksum;

constexpr SeriesKey key{.high = 0x0123456789abcdefULL, .low = 0xfedcba9876543210ULL};

Record full_record() {
  Record record{.arm = "expert", .n = 40, .replicate = 7};
  record.excess_risk = 0.1;
  record.normalised_error = 0.25;
  record.error_se = 0;
  record.theory = -0.0;
  record.report = {
      .status = FitStatus::iteration_limit,
      .parameters = 10,
      .iterations = 3,
      .certificate = std::numeric_limits<double>::infinity(),
      .cost = {.fit_flops = 12000, .tuning_flops = 1, .pretraining_flops = nan, .cpu_seconds = 0.5},
      .message = "stopped, \"early\"",
      .history = {{.step = 3, .training_error = 0.5}, {4, 0.25, 2}}};
  return record;
}

// The numbers are those of version 0.2.0, whose stores have these sums.
TEST(Rows, HaveTheChecksumsOfTheFirstStores) {
  Record plain{.arm = "expert", .n = 5, .replicate = 3};
  plain.report.cost.pretraining_flops = nan;
  EXPECT_EQ(compute_checksum(key, plain), 13648908512566729813ULL);
  EXPECT_EQ(compute_checksum(key, full_record()), 13799103765085464154ULL);
}

TEST(Rows, SumUpEachNumberOfClassesInItsPlace) {
  std::vector<std::uint64_t> sums = {compute_checksum(key, full_record())};
  for (double Record::*const member : {&Record::auc, &Record::log_loss, &Record::brier})
    for (const double number : {0.0, -0.0, 0.5, std::nextafter(0.5, 1.0), HUGE_VAL, -HUGE_VAL}) {
      Record record = full_record();
      record.*member = number;
      sums.push_back(compute_checksum(key, record));
    }
  std::sort(sums.begin(), sums.end());
  EXPECT_EQ(std::adjacent_find(sums.begin(), sums.end()), sums.end());
}

TEST(Rows, SumUpWhatPreTrainingAndPredictionsCost) {
  std::vector<std::uint64_t> sums = {compute_checksum(key, full_record())};
  for (const double number : {0.0, 7.0, std::nextafter(7.0, 8.0)}) {
    Record trained = full_record(), used = full_record();
    trained.report.cost.pretraining_flops = used.inference_flops = number;
    for (const Record* record : {&trained, &used}) sums.push_back(compute_checksum(key, *record));
  }
  std::sort(sums.begin(), sums.end());
  EXPECT_EQ(std::adjacent_find(sums.begin(), sums.end()), sums.end());
}

TEST(Rows, StandInTablesThatAreToldByTheirVersion) {
  const std::string first = detail::schema_of_store(1), second = detail::schema_of_store(2),
                    third = detail::schema_of_store(3);
  EXPECT_EQ(first.find("auc"), std::string::npos);
  EXPECT_NE(second.find("checksum INTEGER NOT NULL, auc, log_loss, brier, PRIMARY KEY"), std::string::npos);
  EXPECT_NE(third.find("brier, pretraining_flops, inference_flops, PRIMARY KEY"), std::string::npos);
}

}  // namespace
}  // namespace quartic::rows_test
