#include "python/bindings/record_table.hpp"

#include <algorithm>
#include <utility>

namespace quartic::python {

RecordTable::RecordTable(std::vector<std::string> arms, const CellGrid& cells)
    : arms_(std::move(arms)), settings_(cells) {
  const Record none;
  for_each_column_of<double>(none, [&](const auto& column, double) {
    numbers_.push_back({std::string(column.name), {}});
  });
  for_each_column_of<Index>(none, [&](const auto& column, Index) {
    counts_.push_back({std::string(column.name), {}});
  });
}

void RecordTable::write(std::span<const Record> records) {
  for (const Record& record : records) keep(record);
}

void RecordTable::keep(const Record& record) {
  if (!record.report.history.empty()) histories_[rows()] = record.report.history;
  cell_.push_back(record.cell);
  const auto arm = std::find(arms_.begin(), arms_.end(), record.arm);
  arm_.push_back(static_cast<std::int32_t>(arm - arms_.begin()));
  n_.push_back(record.n);
  replicate_.push_back(record.replicate);
  status_.push_back(static_cast<std::int32_t>(record.report.status));
  message_.push_back(record.report.message);
  std::size_t number = 0, count = 0;
  for_each_column_of<double>(record,
                             [&](const auto&, double value) { numbers_[number++].values.push_back(value); });
  for_each_column_of<Index>(record,
                            [&](const auto&, Index value) { counts_[count++].values.push_back(value); });
  has_classes_ = has_classes_ || has_class_measures(record);
}

Record RecordTable::record_at(std::size_t row) const {
  Record record{.cell = static_cast<Index>(cell_[row]),
                .arm = arms_[static_cast<std::size_t>(arm_[row])],
                .n = static_cast<Index>(n_[row]),
                .replicate = static_cast<Index>(replicate_[row])};
  record.report.status = static_cast<FitStatus>(status_[row]);
  record.report.message = message_[row];
  std::size_t number = 0, count = 0;
  for_each_column_of<double>(record,
                             [&](const auto&, double& value) { value = numbers_[number++].values[row]; });
  for_each_column_of<Index>(
      record, [&](const auto&, Index& value) { value = static_cast<Index>(counts_[count++].values[row]); });
  if (const auto history = histories_.find(row); history != histories_.end())
    record.report.history = history->second;
  return record;
}

std::vector<Record> RecordTable::records(std::size_t first, std::size_t last) const {
  std::vector<Record> list;
  list.reserve(last - first);
  for (std::size_t row = first; row < last; ++row) list.push_back(record_at(row));
  return list;
}

std::string RecordTable::records_csv() const {
  constexpr std::size_t at_once = 4096;
  std::string text = records_header(settings_) + "\n";
  for (std::size_t row = 0; row < rows(); row += at_once)
    text += quartic::records_csv(records(row, std::min(row + at_once, rows())), settings_);
  return text;
}

}  // namespace quartic::python
