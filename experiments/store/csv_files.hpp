#pragma once
/// records.csv, timings.csv and, if a fit kept one, history.csv: written as records come.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "experiments/platform/whole_file.hpp"
#include "experiments/results/record.hpp"

namespace quartic::detail {

class CsvFiles final : public RecordSink {
 public:
  /// Throws InvalidInput if the folder cannot be written.
  explicit CsvFiles(const std::filesystem::path& folder);
  void write(std::span<const Record> records) override { append(records); }
  /// Returns the lines of records.csv. Throws MachineFailure when the disk is full.
  std::string append(std::span<const Record> records);
  /// The files, to be put in place, and their names.
  std::vector<PartialFile*> files();
  std::vector<std::string> names() const;

 private:
  const std::filesystem::path folder_;
  PartialFile records_, timings_;
  std::optional<PartialFile> history_;
};

}  // namespace quartic::detail
