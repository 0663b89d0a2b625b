#include "experiments/store/csv_files.hpp"

#include "experiments/study/arm.hpp"

namespace quartic::detail {

CsvFiles::CsvFiles(const std::filesystem::path& folder, const Study& study)
    : folder_(folder),
      settings_(study.cells),
      records_(folder / "records.csv"),
      timings_(folder / "timings.csv") {
  records_.append(header());
  timings_.append(timings_header(settings_) + "\n");
  if (!has_classes(study)) return;
  classes_.emplace(folder_ / "classes.csv");
  classes_->append(classes_header(settings_) + "\n");
}

std::string CsvFiles::append(std::span<const Record> records) {
  std::string lines = records_csv(records, settings_);
  records_.append(lines);
  timings_.append(timings_csv(records, settings_));
  if (classes_) classes_->append(classes_csv(records, settings_));
  const std::string history = history_csv(records, settings_);
  if (history.empty()) return lines;
  if (!history_) {
    history_.emplace(folder_ / "history.csv");
    history_->append(history_header(settings_) + "\n");
  }
  history_->append(history);
  return lines;
}

void CsvFiles::read_classes(const std::function<void(std::string_view)>& take) {
  if (classes_) classes_->read_back(take);
}

std::vector<PartialFile*> CsvFiles::files() {
  std::vector<PartialFile*> files = {&records_, &timings_};
  if (classes_) files.push_back(&*classes_);
  if (history_) files.push_back(&*history_);
  return files;
}

std::vector<std::string> CsvFiles::names() const {
  std::vector<std::string> names = {"records.csv", "timings.csv"};
  if (classes_) names.emplace_back("classes.csv");
  if (history_) names.emplace_back("history.csv");
  return names;
}

}  // namespace quartic::detail
