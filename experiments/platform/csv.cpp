#include "experiments/platform/csv.hpp"

#include <csv.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <memory>
#include <optional>

#include "core/number_text.hpp"
#include "core/options.hpp"
#include "core/require.hpp"
#include "core/words.hpp"

namespace quartic {
namespace {

std::string place(const CsvTable& table, Index line) {
  return table.file + ":" + std::to_string(line);
}

/// The separator that the header holds most of, outside quotes.
char find_delimiter(std::string_view header) {
  constexpr std::array<char, 3> choices = {',', ';', '\t'};
  std::array<int, 3> counts{};
  bool quoted = false;
  for (const char c : header) {
    if (c == '"') quoted = !quoted;
    for (std::size_t k = 0; k < choices.size(); ++k) counts[k] += !quoted && c == choices[k];
  }
  return choices[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

/// What libcsv reports, row by row.
class Reader {
 public:
  explicit Reader(CsvTable& table) : table_(table) {}

  static void take_field(void* text, std::size_t size, void* self) {
    static_cast<Reader*>(self)->row_.emplace_back(static_cast<const char*>(text), size);
  }
  static void take_row(int, void* self) { static_cast<Reader*>(self)->end_row(); }

  void at_line(Index line) { line_ = line; }
  /// The first row that does not fit, if any.
  const std::string& problem() const { return problem_; }

 private:
  void end_row() {
    if (table_.header.empty()) {
      table_.header.swap(row_);
    } else if (row_.size() == table_.header.size()) {
      std::move(row_.begin(), row_.end(), std::back_inserter(table_.fields));
      table_.lines.push_back(line_);
    } else if (problem_.empty()) {
      problem_ = place(table_, line_) + ": the row has " + std::to_string(row_.size()) +
                 " fields (the header has " + std::to_string(table_.header.size()) +
                 "). Quote fields that hold the separator, and give every row as many fields.";
    }
    row_.clear();
  }

  CsvTable& table_;
  std::vector<std::string> row_;
  Index line_ = 1;
  std::string problem_;
};

/// Feeds libcsv line by line, so that every row knows where it is.
void read_rows(std::string_view text, CsvTable& table) {
  csv_parser parser;
  require(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) == 0,
          table.file + " cannot be read (no memory). Free some.");
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> cleanup(&parser, csv_free);
  csv_set_delim(&parser, static_cast<unsigned char>(table.delimiter));
  Reader reader(table);
  Index line = 1;
  const auto open_quote = [&] {
    return place(table, line) +
           ": a quote stands where none can (a quoted field is \"...\" from separator "
           "to separator, and a quote within it is doubled). Correct the quotes.";
  };
  for (std::size_t first = 0; first < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', first), text.size() - 1) + 1;
    reader.at_line(line);
    const std::size_t size = end - first;
    require(
        csv_parse(&parser, text.data() + first, size, Reader::take_field, Reader::take_row, &reader) == size,
        open_quote());
    require(reader.problem().empty(), reader.problem());
    first = end;
  }
  require(csv_fini(&parser, Reader::take_field, Reader::take_row, &reader) == 0, open_quote());
  require(reader.problem().empty(), reader.problem());
}

void require_distinct(const CsvTable& table) {
  std::vector<std::string> names = table.header;
  std::erase(names, "");  // columns without a name: nobody can ask for them
  std::sort(names.begin(), names.end());
  const auto twin = std::adjacent_find(names.begin(), names.end());
  require(twin == names.end(), table.file + ": two columns are named \"" +
                                   (twin == names.end() ? "" : *twin) +
                                   "\" (a column is found by its name). Rename one.");
}

bool is_missing(std::string_view text) {
  constexpr std::array<std::string_view, 8> words = {"", "-", "?", "na", "n/a", "nan", "none", "null"};
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return word.size() == text.size() &&
           std::equal(word.begin(), word.end(), text.begin(),
                      [](char a, char b) { return a == std::tolower(static_cast<unsigned char>(b)); });
  });
}

/// Whether its commas stand where thousands are separated: 1 to 3 digits, the first not 0, then groups of
/// exactly three.
bool has_thousands(std::string_view text) {
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  const std::size_t whole = std::min(text.find('.'), text.size());
  const std::size_t first = text.find(',');
  if (first == std::string_view::npos || first == sign || first > sign + 3 || text[sign] == '0') return false;
  for (std::size_t k = sign; k < whole; ++k)
    if ((k >= first && (k - first) % 4 == 0) != (text[k] == ',')) return false;
  return (whole - first) % 4 == 0;
}

std::optional<double> parse_field(std::string_view text, char delimiter) {
  std::string plain(text);
  double unit = 1;
  if (plain.ends_with('%')) {
    unit = 100;
    plain.pop_back();
    while (plain.ends_with(' ')) plain.pop_back();
  }
  if (delimiter != ',' && std::count(plain.begin(), plain.end(), ',') == 1 &&
      plain.find('.') == std::string::npos)
    std::replace(plain.begin(), plain.end(), ',', '.');
  else if (has_thousands(plain))
    std::erase(plain, ',');
  if (plain.starts_with('+')) plain.erase(0, 1);
  const std::optional<double> value = read_number(plain);
  if (!value) return std::nullopt;
  return *value / unit;
}

}  // namespace

bool begins_a_formula(std::string_view text) {
  constexpr std::array<std::string_view, 10> beginnings = {"=",  "+",      "-",      "@",      "\t",
                                                           "\r", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view beginning) { return text.starts_with(beginning); });
}

std::string csv_field(std::string_view text) {
  std::string field = begins_a_formula(text) ? "'" : "";
  field += text;
  if (field.find_first_of(",\"\n\r") == std::string::npos) return field;
  for (std::size_t at = 0; (at = field.find('"', at)) != std::string::npos; at += 2) field.insert(at, 1, '"');
  return "\"" + field + "\"";
}

std::string csv_field(double number) {
  return std::isnan(number) ? "" : shortest(number);
}

bool CsvTable::has(std::string_view name) const {
  return std::find(header.begin(), header.end(), name) != header.end();
}

Index CsvTable::column(std::string_view name) const {
  const auto found = std::find(header.begin(), header.end(), name);
  if (found != header.end()) return found - header.begin();
  throw InvalidInput(file + " has no column \"" + std::string(name) + "\" (its columns are " +
                     joined(header) + "). " + did_you_mean(name, header, "Name one of them."));
}

CsvTable parse_csv(std::string_view text, std::string_view file) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  CsvTable table{.file = std::string(file)};
  require(text.find('\0') == std::string_view::npos,
          table.file + " is not a table of text (it holds a zero byte). Save it as CSV in UTF-8.");
  table.delimiter = find_delimiter(text.substr(0, text.find('\n', text.find_first_not_of("\r\n"))));
  read_rows(text, table);
  require(!table.header.empty(),
          table.file + " is empty (a table has a header and rows). Name another file.");
  require(table.rows() > 0, table.file + " has a header and no rows (nothing to read). Add rows.");
  require_distinct(table);
  return table;
}

Vector read_numbers(const CsvTable& table, Index column) {
  Vector numbers(table.rows());
  for (Index row = 0; row < table.rows(); ++row) {
    const std::string& field = table.at(row, column);
    const auto number = is_missing(field) ? nan : parse_field(field, table.delimiter);
    if (!number)
      throw InvalidInput(place(table, table.lines[static_cast<std::size_t>(row)]) + ": column " +
                         table.header[static_cast<std::size_t>(column)] + " has \"" + field +
                         "\" (a number is expected there). Correct it, or leave it empty.");
    numbers[row] = *number;
  }
  return numbers;
}

}  // namespace quartic
