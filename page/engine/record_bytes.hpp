#pragma once
/// Records as bytes that travel between workers: the columns of experiments/results/record_columns.hpp, in the form of
/// the machine at hand, for the version at hand.
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/results/archive.hpp"

namespace quartic::page {

std::string bytes_of(std::span<const Record> records);
/// Throws InvalidInput for bytes that are none of these.
std::vector<Record> records_from(std::string_view bytes);

/// Finished records that workers have sent.
class SentRecords final : public RecordSource {
 public:
  explicit SentRecords(std::span<const std::string_view> batches);
  void for_each_finished(const Study& study, const Cell& cell, const Take& take) override;

 private:
  std::map<Index, std::vector<Record>> by_cell_;
};

}  // namespace quartic::page
