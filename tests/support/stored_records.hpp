#pragma once
/// A study whose records the tests of stores write and read.
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "experiments/store/record_store.hpp"
#include "experiments/store/rows.hpp"
#include "tests/experiments/engine/doubles.hpp"
#include "tests/support/found_records.hpp"

namespace quartic::testing {

/// 1,600 records of two series.
inline Study long_study() {
  Study study = doubles::plain_study();
  study.replicates = 200;
  return study;
}

inline const std::vector<Record>& long_records() {
  static const std::vector<Record> records = doubles::run_study(long_study()).records;
  return records;
}

/// A record as text that tells all its bits, by the name of its place.
using Bits = std::map<std::tuple<std::string, Index, Index>, std::string>;
inline Bits bits_of(std::span<const Record> records) {
  Bits bits;
  for (const Record& record : records)
    bits[{record.arm, record.n, record.replicate}] =
        std::to_string(detail::compute_checksum({}, record)) + records_csv({&record, 1});
  return bits;
}

/// Writes a store of these records of the first cell.
inline void fill(const std::string& folder, const Study& study, std::span<const Record> records) {
  std::filesystem::create_directories(folder);
  RecordStore store(folder, study);
  store.keep(study, study.cells[0], records);
  store.finish();
}

inline std::vector<Record> stored(const std::string& folder, const Study& study) {
  RecordStore store(folder, study);
  return found_records(store, study, study.cells[0]);
}

}  // namespace quartic::testing
