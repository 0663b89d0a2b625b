#pragma once
/// What an archive has of one cell.
#include <vector>

#include "experiments/results/archive.hpp"

namespace quartic::testing {

inline std::vector<Record> found_records(RecordSource& archive, const Study& study, const Cell& cell) {
  std::vector<Record> records;
  archive.for_each_finished(study, cell, [&](Record& record) { records.push_back(std::move(record)); });
  return records;
}

}  // namespace quartic::testing
