#include "experiments/platform/csv.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/number_text.hpp"
#include "core/options.hpp"
#include "core/require.hpp"
#include "core/words.hpp"
#include "experiments/platform/field_parser.hpp"

namespace quartic {
namespace {

constexpr std::string_view blanks = " \t\r\n";

/// A line with its end, and its number from 1.
struct Line {
  std::string text;
  Index number;
};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

/// Whether an odd number of quotes stands here: then a quoted field goes on in the next line.
bool turns_quotes(std::string_view text) {
  return std::count(text.begin(), text.end(), '"') % 2 == 1;
}

/// Begins with #, which is neither the name of a column nor Excel's word for what is missing.
bool is_comment(std::string_view line) {
  line = trimmed(line);
  if (!line.starts_with('#') || line.substr(1, 1).find_first_of(",;\t") == 0) return false;
  return !is_missing(trimmed(line.substr(0, line.find_first_of(",;\t"))));
}

/// The separator in Excel's first line, "sep=;"; 0 in another line.
char named_delimiter(std::string_view line) {
  line = trimmed(line);
  if (line.size() > 1 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
  if (!line.starts_with("sep=") && !line.starts_with("SEP=")) return 0;
  line.remove_prefix(4);
  if (line.empty()) return '\t';  // which was trimmed
  return line == ";" || line == "," || line == "|" ? line.front() : '\0';
}

/// The separator that the header holds most of, outside quotes; 0 where it holds none.
char find_delimiter(std::string_view header) {
  constexpr std::array<char, 3> choices = {',', ';', '\t'};
  std::array<int, 3> counts{};
  bool quoted = false;
  for (const char c : header) {
    if (c == '"') quoted = !quoted;
    for (std::size_t k = 0; k < choices.size(); ++k) counts[k] += !quoted && c == choices[k];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return *most > 0 ? choices[static_cast<std::size_t>(most - counts.begin())] : '\0';
}

/// Blanks outside quotes as one tab each run, none at the ends.
std::string with_tabs(std::string_view line) {
  std::string tabbed;
  bool quoted = false, pending = false;
  for (const char c : trimmed(line)) {
    if (c == '"') quoted = !quoted;
    const bool blank = !quoted && c == ' ';
    if (pending && !blank) tabbed += '\t';
    pending = blank;
    if (!blank) tabbed += c;
  }
  return tabbed + "\n";
}

std::vector<std::string_view> split(std::string_view line, char delimiter) {
  std::vector<std::string_view> fields;
  for (std::size_t first = 0; first <= line.size();) {
    const std::size_t end = std::min(line.find(delimiter, first), line.size());
    fields.push_back(trimmed(line.substr(first, end - first)));
    first = end + 1;
  }
  return fields;
}

/// The lines that make the table, and what separates their fields.
struct TableText {
  std::vector<Line> lines;
  char delimiter = ',';  ///< 0: not known yet
};

/// The last comment above lines of numbers alone is their header.
void take_header(const Line& comment, TableText& text) {
  const std::string_view names = trimmed(std::string_view(comment.text).substr(comment.text.find('#') + 1));
  char delimiter = find_delimiter(text.lines.front().text);
  const bool blank = delimiter == 0 && trimmed(text.lines.front().text).find(' ') != std::string_view::npos;
  const std::string first = blank ? with_tabs(text.lines.front().text) : text.lines.front().text;
  const std::string header = blank ? with_tabs(names) : std::string(names);
  if (delimiter == 0) delimiter = '\t';
  const auto fields = split(first, delimiter), named = split(header, delimiter);
  if (fields.size() == named.size() && all_numbers(fields) && !all_numbers(named))
    text.lines.insert(text.lines.begin(), {std::string(names) + "\n", comment.number});
}

/// Where the header has no other separator, and the first row as many words, or its own name more.
bool separated_by_blanks(const std::vector<Line>& lines) {
  if (lines.size() < 2 || find_delimiter(lines[0].text) != 0) return false;
  const auto words = [&](std::size_t k) { return split(trimmed(with_tabs(lines[k].text)), '\t').size(); };
  return words(0) > 1 && (words(1) == words(0) || words(1) == words(0) + 1);
}

/// Without comments and without Excel's first line, whose separator is kept (0: it has none).
TableText table_lines(std::string_view text) {
  TableText table{.lines = {}, .delimiter = 0};
  std::optional<Line> comment;  // the last one above the table
  bool quoted = false;
  Index number = 0;
  for (std::size_t first = 0, end = 0; first < text.size(); first = end) {
    end = std::min(text.find('\n', first), text.size() - 1) + 1;
    const Line line{std::string(text.substr(first, end - first)), ++number};
    const bool above = table.lines.empty();
    if (above && table.delimiter == 0) table.delimiter = named_delimiter(line.text);
    if (above && (trimmed(line.text).empty() || named_delimiter(line.text) != 0)) continue;
    if (!quoted && is_comment(line.text)) {
      if (above) comment = line;
      continue;
    }
    quoted = quoted != turns_quotes(line.text);
    table.lines.push_back(line);
  }
  if (comment && !table.lines.empty()) take_header(*comment, table);
  return table;
}

void choose_delimiter(TableText& table) {
  if (table.delimiter != 0 || table.lines.empty()) return;
  if (separated_by_blanks(table.lines)) {
    table.delimiter = '\t';
    for (Line& line : table.lines) line.text = with_tabs(line.text);
    return;
  }
  const char found = find_delimiter(table.lines.front().text);
  table.delimiter = found != 0 ? found : ',';
}

/// What people hand us that holds a table and is none of ours; "" for anything else.
std::string_view other_format(std::string_view text) {
  text = trimmed(text);
  const std::string_view inside = trimmed(text.substr(std::min<std::size_t>(1, text.size())));
  if ((text.starts_with('{') || text.starts_with('[')) && inside.find_first_of("{[\"") == 0) return "JSON";
  if (text.starts_with('|') && text.find("|-") != std::string_view::npos) return "a table of Markdown";
  return text.starts_with("<") && text.find("<t") != std::string_view::npos ? "HTML" : "";
}

/// What the parser reports, row by row.
class Reader {
 public:
  explicit Reader(CsvTable& table) : table_(table) {}

  void take_field(std::string_view text) { row_.emplace_back(text); }

  void at_line(const Line& line) { line_ = line.number, quoted_ = line.text.starts_with('"'); }
  /// The first row that does not fit, if any.
  const std::string& problem() const { return problem_; }
  void end_row() {
    if (table_.header.empty()) {
      table_.header.swap(row_);
      return;
    }
    if (table_.lines.empty() && row_.size() == table_.header.size() + 1 && begins_with_a_name())
      table_.header.insert(table_.header.begin(), "");
    if (row_.size() == table_.header.size()) {
      std::move(row_.begin(), row_.end(), std::back_inserter(table_.fields));
      table_.lines.push_back(line_);
    } else if (problem_.empty()) {
      problem_ = table_.file + ":" + std::to_string(line_) + ": the row has " + std::to_string(row_.size()) +
                 " fields (the header has " + std::to_string(table_.header.size()) +
                 "). Quote fields that hold the separator, and give every row as many fields.";
    }
    row_.clear();
  }

 private:
  /// As R does, which counts rows from 1, or quotes what they are called.
  bool begins_with_a_name() const {
    return quoted_ || row_.front() == "1" || !(is_missing(row_.front()) || read_number(row_.front()));
  }

  CsvTable& table_;
  std::vector<std::string> row_;
  Index line_ = 1;
  bool quoted_ = false;
  std::string problem_;
};

/// Line by line, so that every row knows where it is.
void read_rows(const std::vector<Line>& lines, CsvTable& table) {
  Reader reader(table);
  detail::FieldParser parser(
      table.delimiter, [&](std::string_view text) { reader.take_field(text); }, [&] { reader.end_row(); });
  const auto open_quote = [&](Index line) {
    return table.file + ":" + std::to_string(line) +
           ": a quote stands where none can (a quoted field is \"...\" from separator "
           "to separator, and a quote within it is doubled). Correct the quotes.";
  };
  for (const Line& line : lines) {
    reader.at_line(line);
    require(parser.feed(line.text), open_quote(line.number));
    require(reader.problem().empty(), reader.problem());
  }
  require(parser.finish(), open_quote(lines.empty() ? 1 : lines.back().number + 1));
  require(reader.problem().empty(), reader.problem());
}

}  // namespace

bool all_numbers(const std::vector<std::string_view>& fields) {
  return std::all_of(fields.begin(), fields.end(),
                     [](std::string_view field) { return read_number(field).has_value(); });
}

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
  if (found == header.end())
    throw InvalidInput(file + " has no column \"" + std::string(name) + "\" (its columns are " +
                       joined(header) + "). " + did_you_mean(name, header, "Name one of them."));
  require(std::find(found + 1, header.end(), name) == header.end(),
          file + ": two columns are named \"" + std::string(name) +
              "\" (a column is found by its name). Rename one.");
  return found - header.begin();
}

std::string render_place(const CsvTable& table, Index row) {
  return table.file + ":" + std::to_string(table.lines[static_cast<std::size_t>(row)]) + ": ";
}

CsvTable parse_csv(std::string_view text, std::string_view file) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  CsvTable table{.file = std::string(file)};
  const std::string_view format = other_format(text);
  require(format.empty(), table.file + " is " + std::string(format) +
                              " (a table has a line of names and then rows, with commas, semicolons or tabs "
                              "between fields). Save it as CSV.");
  require(text.find('\0') == std::string_view::npos,
          table.file + " is not a table of text (it holds a zero byte). Save it as CSV in UTF-8.");
  TableText lines = table_lines(text);
  choose_delimiter(lines);
  table.delimiter = lines.delimiter;
  read_rows(lines.lines, table);
  require(!table.header.empty(),
          table.file + " is empty (a table has a header and rows). Name another file.");
  require(table.rows() > 0, table.file + " has a header and no rows (nothing to read). Add rows.");
  return table;
}

}  // namespace quartic
