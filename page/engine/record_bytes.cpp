#include "page/engine/record_bytes.hpp"

#include <cstring>

#include "core/require.hpp"
#include "experiments/results/record_columns.hpp"

namespace quartic::page {

namespace {

class Writer {
 public:
  template <class T>
  void put(const T& value) requires std::is_trivially_copyable_v<T> {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void put(const std::string& text) {
    put(text.size());
    bytes_ += text;
  }
  void put(const std::vector<TrainingPoint>& points) {
    put(points.size());
    for (const TrainingPoint& point : points) put(point);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

constexpr std::string_view damaged = "the records are damaged. Run the study again.";

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  bool at_end() const { return bytes_.empty(); }

  template <class T>
  void get(T& value) requires std::is_trivially_copyable_v<T> {
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
  }
  void get(FitStatus& status) {
    std::underlying_type_t<FitStatus> number{};
    get(number);
    require(number >= 0 && number <= static_cast<int>(FitStatus::failed), damaged);
    status = static_cast<FitStatus>(number);
  }
  void get(std::string& text) { text = take(size()); }
  void get(std::vector<TrainingPoint>& points) {
    const std::size_t count = size();
    require_left(count);
    points.resize(count);
    for (TrainingPoint& point : points) get(point);
  }

 private:
  std::size_t size() {
    std::size_t count = 0;
    get(count);
    return count;
  }
  void require_left(std::size_t count) const { require(count <= bytes_.size(), damaged); }
  std::string_view take(std::size_t count) {
    require_left(count);
    const std::string_view part = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return part;
  }

  std::string_view bytes_;
};

}  // namespace

std::string bytes_of(std::span<const Record> records) {
  Writer writer;
  for (const Record& record : records) {
    writer.put(record.cell);
    writer.put(record.arm);
    writer.put(record.n);
    writer.put(record.replicate);
    for_each_column(record, [&](const auto&, const auto& value) { writer.put(value); });
  }
  return writer.take();
}

std::vector<Record> records_from(std::string_view bytes) {
  std::vector<Record> records;
  for (Reader reader(bytes); !reader.at_end();) {
    Record& record = records.emplace_back();
    reader.get(record.cell);
    reader.get(record.arm);
    reader.get(record.n);
    reader.get(record.replicate);
    for_each_column(record, [&](const auto&, auto& value) { reader.get(value); });
  }
  return records;
}

SentRecords::SentRecords(std::span<const std::string_view> batches) {
  for (const std::string_view batch : batches)
    for (Record& record : records_from(batch)) by_cell_[record.cell].push_back(std::move(record));
}

void SentRecords::for_each_finished(const Study&, const Cell& cell, const Take& take) {
  const auto found = by_cell_.find(cell.id);
  if (found == by_cell_.end()) return;
  for (Record record : found->second) take(record);
}

}  // namespace quartic::page
