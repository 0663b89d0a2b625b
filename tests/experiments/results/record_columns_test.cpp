#include "experiments/results/record_columns.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace quartic::record_columns_test {
namespace {

std::vector<const void*> addresses_of_columns(Record& record) {
  std::vector<const void*> addresses;
  for_each_column(record, [&](const auto&, const auto& value) { addresses.push_back(&value); });
  return addresses;
}

// A new member does not compile here before it has a name, and fails before it has a column.
TEST(RecordColumns, HaveEveryMemberOfARecordButItsPlace) {
  Record record;
  const auto& [cell, arm, n, replicate, report, excess_risk, normalised_error, error_se, inference_flops,
               theory, auc, log_loss, brier] = record;
  const auto& [status, parameters, iterations, certificate, cost, message, history] = report;
  const auto& [fit_flops, tuning_flops, pretraining_flops, cpu_seconds] = cost;
  std::vector<const void*> members = {&excess_risk, &normalised_error,  &error_se,       &theory,  &status,
                                      &parameters,  &iterations,        &certificate,    &message, &history,
                                      &fit_flops,   &tuning_flops,      &cpu_seconds,    &auc,     &log_loss,
                                      &brier,       &pretraining_flops, &inference_flops};
  std::vector<const void*> columns = addresses_of_columns(record);
  std::sort(members.begin(), members.end());
  std::sort(columns.begin(), columns.end());
  EXPECT_EQ(columns, members);
}

TEST(RecordColumns, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  const Record record;
  for_each_column(record, [&](const auto& column, const auto&) { names.insert(column.name); });
  EXPECT_EQ(names.size(), std::tuple_size_v<decltype(record_columns)>);
}

// Files that people have would not be read otherwise.
TEST(RecordColumns, StandWhereTheyStoodInTheFirstFiles) {
  EXPECT_EQ(
      records_header(),
      "cell,arm,n,replicate,status,excess_risk,normalised_error,error_se,parameters,iterations,certificate,"
      "fit_flops,tuning_flops,message,pretraining_flops,inference_flops");
  EXPECT_EQ(timings_header(), "cell,arm,n,replicate,cpu_seconds");
  EXPECT_EQ(classes_header(), "cell,arm,n,replicate,auc,log_loss,brier");
  EXPECT_EQ(std::vector(measure_names.begin(), measure_names.end()),
            (std::vector<std::string_view>{"normalised_error", "excess_risk", "error_se", "theory",
                                           "fit_flops", "tuning_flops", "parameters", "iterations",
                                           "certificate", "status", "pretraining_flops", "inference_flops"}));
}

TEST(RecordColumns, ChangeTheRecordThroughTheirValues) {
  Record record;
  for_each_column_of<double>(record, [](const auto&, double& value) { value = 2; });
  EXPECT_EQ(record.theory, 2);
  EXPECT_EQ(record.report.cost.tuning_flops, 2);
}

// Tables of the store grow at their end alone.
TEST(RecordColumns, AreOfOneVersionOfTheStoreEach) {
  EXPECT_EQ(count_columns_since(first_store), 13u);
  EXPECT_EQ(count_columns_since(store_with_classes), 3u);
  EXPECT_EQ(count_columns_since(store_with_bills), 2u);
  Record record;
  record.report.cost.pretraining_flops = Record::not_measured;
  EXPECT_FALSE(has_numbers_since(store_with_bills, record));
  record.inference_flops = 0;
  EXPECT_TRUE(has_numbers_since(store_with_bills, record));
}

TEST(RecordColumns, OfClassesAreApartFromTheOthers) {
  Record record;
  EXPECT_FALSE(has_class_measures(record));
  for_each_class_column(record, [](const auto&, double& value) { value = 2; });
  EXPECT_EQ(record.auc + record.log_loss + record.brier, 6);
  EXPECT_TRUE(has_class_measures(record));
  std::size_t others = 0;
  for_each_other_column(record, [&](const auto& column, const auto&) {
    EXPECT_NE(column.file, InFile::classes) << column.name;
    ++others;
  });
  EXPECT_EQ(others + class_column_count, std::tuple_size_v<decltype(record_columns)>);
  EXPECT_TRUE(has_class_measures({.brier = 0}));
  EXPECT_FALSE(has_class_measures({.inference_flops = 1}));
}

}  // namespace
}  // namespace quartic::record_columns_test
