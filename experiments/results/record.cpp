#include "experiments/results/record.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace quartic {

namespace {

void append(std::string& line, double number) {
  if (std::isnan(number)) return;
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  line.append(digits.data(), end);
}

void append(std::string& line, Index number) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  line.append(digits.data(), end);
}

void append_count(std::string& line, Index count) {
  if (count >= 0) append(line, count);
}

void append(std::string& line, std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) {
    line += text;
    return;
  }
  line += '"';
  for (char c : text) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

void append_key(std::string& line, const Record& record) {
  append(line, record.cell);
  line += ',';
  append(line, record.arm);
  line += ',';
  append(line, record.n);
  line += ',';
  append(line, record.replicate);
}

void append_record(std::string& line, const Record& record) {
  const FitReport& report = record.report;
  append_key(line, record);
  line += ',';
  line += to_string(report.status);
  for (double number : {record.excess_risk, record.normalised_error, record.error_se})
    append(line += ',', number);
  append_count(line += ',', report.parameters);
  append_count(line += ',', report.iterations);
  for (double number : {report.certificate, report.cost.fit_flops, report.cost.tuning_flops})
    append(line += ',', number);
  append(line += ',', std::string_view(report.message));
  line += '\n';
}

}  // namespace

std::string records_csv(std::span<const Record> records) {
  std::string lines;
  lines.reserve(records.size() * 128);
  for (const Record& record : records) append_record(lines, record);
  return lines;
}

std::string timings_csv(std::span<const Record> records) {
  std::string lines;
  lines.reserve(records.size() * 48);
  for (const Record& record : records) {
    append_key(lines, record);
    append(lines += ',', record.report.cost.cpu_seconds);
    lines += '\n';
  }
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

std::string csv_field(std::string_view text) {
  std::string field;
  append(field, text);
  return field;
}

std::string csv_field(double number) {
  std::string field;
  append(field, number);
  return field;
}

}  // namespace quartic
