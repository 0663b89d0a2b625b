#pragma once
/// records.csv, timings.csv, classes.csv where there are worlds of classes and, if a fit kept one, history.csv:
/// written as records come.
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/platform/whole_file.hpp"
#include "experiments/results/record.hpp"
#include "experiments/study/study.hpp"

namespace quartic::detail {

class CsvFiles final : public RecordSink {
 public:
  /// A column for each setting that differs between cells. Throws InvalidInput if the folder cannot be
  /// written.
  CsvFiles(const std::filesystem::path& folder, const Study& study);
  void write(std::span<const Record> records) override { append(records); }
  /// Returns the lines of records.csv. Throws MachineFailure when the disk is full.
  std::string append(std::span<const Record> records);
  /// The first line of records.csv.
  std::string header() const { return records_header(settings_) + "\n"; }
  /// All of classes.csv, piece by piece; nothing where there is none.
  void read_classes(const std::function<void(std::string_view)>& take);
  /// The files, to be put in place, and their names.
  std::vector<PartialFile*> files();
  std::vector<std::string> names() const;

 private:
  const std::filesystem::path folder_;
  const SettingColumns settings_;
  PartialFile records_, timings_;
  std::optional<PartialFile> classes_, history_;
};

}  // namespace quartic::detail
