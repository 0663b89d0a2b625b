#include "experiments/store/csv_files.hpp"

namespace quartic::detail {

CsvFiles::CsvFiles(const std::filesystem::path& folder)
    : folder_(folder), records_(folder / "records.csv"), timings_(folder / "timings.csv") {
  records_.append(records_header() + "\n");
  timings_.append(timings_header() + "\n");
}

std::string CsvFiles::append(std::span<const Record> records) {
  std::string lines = records_csv(records);
  records_.append(lines);
  timings_.append(timings_csv(records));
  const std::string history = history_csv(records);
  if (history.empty()) return lines;
  if (!history_) {
    history_.emplace(folder_ / "history.csv");
    history_->append(history_header() + "\n");
  }
  history_->append(history);
  return lines;
}

std::vector<PartialFile*> CsvFiles::files() {
  std::vector<PartialFile*> files = {&records_, &timings_};
  if (history_) files.push_back(&*history_);
  return files;
}

std::vector<std::string> CsvFiles::names() const {
  std::vector<std::string> names = {"records.csv", "timings.csv"};
  if (history_) names.emplace_back("history.csv");
  return names;
}

}  // namespace quartic::detail
