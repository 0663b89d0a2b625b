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
  append_key(line, record);
  for_each_column(record, [&](const auto& column, const auto& value) {
    if constexpr (requires { append(line, value); })
      if (column.file == file) append(line += ',', value);
  });
  line += '\n';
}

std::string make_header(InFile file) {
  std::string header(key_header);
  std::apply(
      [&](const auto&... column) {
        ((header += column.file == file ? "," + std::string(column.name) : ""), ...);
      },
      record_columns);
  return header;
}

}  // namespace

std::string records_header() {
  return make_header(InFile::records);
}

std::string timings_header() {
  return make_header(InFile::timings);
}

std::string history_header() {
  return std::string(key_header) + ",step,training_error,validation_error";
}

std::string records_csv(std::span<const Record> records) {
  std::string lines;
  lines.reserve(records.size() * 128);
  for (const Record& record : records) append_columns<InFile::records>(lines, record);
  return lines;
}

std::string timings_csv(std::span<const Record> records) {
  std::string lines;
  lines.reserve(records.size() * 48);
  for (const Record& record : records) append_columns<InFile::timings>(lines, record);
  return lines;
}

std::string history_csv(std::span<const Record> records) {
  std::string lines;
  for (const Record& record : records)
    for (const TrainingPoint& point : record.report.history) {
      append_key(lines, record);
      append(lines += ',', point.step);
      append(lines += ',', point.training_error);
      append(lines += ',', point.validation_error);
      lines += '\n';
    }
  return lines;
}

}  // namespace quartic
