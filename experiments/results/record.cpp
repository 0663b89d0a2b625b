#include "experiments/results/record.hpp"

#include <array>
#include <charconv>

#include "experiments/platform/csv.hpp"
#include "experiments/results/record_columns.hpp"

namespace quartic {

namespace {

void append(std::string& line, double number) {
  line += csv_field(number);
}

// Negative: not measured.
void append(std::string& line, Index number) {
  if (number < 0) return;
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  line.append(digits.data(), end);
}

void append(std::string& line, std::string_view text) {
  line += csv_field(text);
}

void append(std::string& line, FitStatus status) {
  line += to_string(status);
}

constexpr std::string_view key_header = "cell,arm,n,replicate";

void append_key(std::string& line, const Record& record) {
  append(line, record.cell);
  line += ',';
  append(line, record.arm);
  line += ',';
  append(line, record.n);
  line += ',';
  append(line, record.replicate);
}

template <InFile file>
void append_columns(std::string& line, const Record& record) {
  for_each_column(record, [&](const auto& column, const auto& value) {
    if constexpr (requires { append(line, value); })
      if (column.file == file) append(line += ',', value);
  });
}

std::string make_header(InFile file, const SettingColumns& settings) {
  std::string header = std::string(key_header) + settings.header();
  std::apply(
      [&](const auto&... column) {
        ((header += column.file == file ? "," + std::string(column.name) : ""), ...);
      },
      record_columns);
  return header;
}

/// What begins the lines of a record. Records come cell by cell.
class LineStarts {
 public:
  explicit LineStarts(const SettingColumns& settings) : settings_(settings) {}
  void append_to(std::string& line, const Record& record) {
    if (record.cell != cell_) fields_ = settings_.fields(cell_ = record.cell);
    append_key(line, record);
    line += fields_;
  }

 private:
  const SettingColumns& settings_;
  Index cell_ = -1;
  std::string fields_;
};

template <InFile file>
std::string make_lines(std::span<const Record> records, const SettingColumns& settings) {
  constexpr std::size_t usual_length = file == InFile::records ? 128 : 48;
  std::string lines;
  lines.reserve(records.size() * usual_length);
  LineStarts starts(settings);
  for (const Record& record : records) {
    starts.append_to(lines, record);
    append_columns<file>(lines, record);
    lines += '\n';
  }
  return lines;
}

}  // namespace

std::string records_header(const SettingColumns& settings) {
  return make_header(InFile::records, settings);
}

std::string classes_header(const SettingColumns& settings) {
  return make_header(InFile::classes, settings);
}

std::string timings_header(const SettingColumns& settings) {
  return make_header(InFile::timings, settings);
}

std::string history_header(const SettingColumns& settings) {
  return std::string(key_header) + settings.header() + ",step,training_error,validation_error";
}

std::string records_csv(std::span<const Record> records, const SettingColumns& settings) {
  return make_lines<InFile::records>(records, settings);
}

std::string classes_csv(std::span<const Record> records, const SettingColumns& settings) {
  return make_lines<InFile::classes>(records, settings);
}

std::string timings_csv(std::span<const Record> records, const SettingColumns& settings) {
  return make_lines<InFile::timings>(records, settings);
}

std::string history_csv(std::span<const Record> records, const SettingColumns& settings) {
  std::string lines;
  LineStarts starts(settings);
  for (const Record& record : records)
    for (const TrainingPoint& point : record.report.history) {
      starts.append_to(lines, record);
      append(lines += ',', point.step);
      append(lines += ',', point.training_error);
      append(lines += ',', point.validation_error);
      lines += '\n';
    }
  return lines;
}

}  // namespace quartic
