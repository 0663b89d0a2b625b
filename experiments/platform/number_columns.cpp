/// Numbers as people write them; csv.hpp says how they are told apart.
#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "core/number_text.hpp"
#include "core/require.hpp"
#include "experiments/platform/csv.hpp"

namespace quartic {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Whether this mark parts thousands: 1 to 3 digits, the first not 0, then groups of exactly three.
bool parts_thousands(std::string_view text, char mark) {
  if (text.starts_with('-')) text.remove_prefix(1);
  text = text.substr(0, text.find_first_of(mark == ',' ? "." : mark == '.' ? "," : ",."));
  const std::size_t first = text.find(mark);
  if (first == std::string_view::npos || first == 0 || first > 3 || text.front() == '0') return false;
  for (std::size_t k = 0; k < text.size(); ++k) {
    const bool at_mark = k >= first && (k - first) % 4 == 0;
    if (at_mark ? text[k] != mark : !is_digit(text[k])) return false;
  }
  return (text.size() - first) % 4 == 0;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// Without a plus sign, and without what but commas and points parts thousands.
std::string plain_digits(std::string_view field) {
  std::string text(field);
  if (text.find_first_not_of("0123456789.,-eE") == std::string::npos) return text;
  replace_all(text, "\u2212", "-");
  for (const std::string_view gap : {" ", "_", "\u00A0", "\u2009", "\u202F", "\u2019"})
    replace_all(text, gap, "'");
  if (parts_thousands(text, '\'')) std::erase(text, '\'');
  if (text.starts_with('+')) text.erase(0, 1);
  return text;
}

/// The number without its percent sign.
std::string_view without_percent(std::string_view field) {
  if (!field.ends_with('%')) return field;
  field.remove_suffix(1);
  return field.substr(0, field.find_last_not_of(' ') + 1);
}

/// The number without the letter behind it, as in "1.5k" and "300M", and what that stands for. (No m: it may be a
/// thousandth.)
struct Multiple {
  std::string_view digits;
  double factor = 1;
};

Multiple without_letter(std::string_view field) {
  constexpr std::string_view letters = "kKMGBT";
  constexpr std::array<double, 6> factors = {1e3, 1e3, 1e6, 1e9, 1e9, 1e12};
  const std::size_t letter = field.empty() ? std::string_view::npos : letters.find(field.back());
  if (letter == std::string_view::npos) return {field};
  field.remove_suffix(1);
  field = field.substr(0, field.find_last_not_of(' ') + 1);
  if (field.empty() || !is_digit(field.back())) return {field.substr(0, 0)};
  return {field, factors[letter]};
}

/// What the marks in a number say of its mark of decimals.
enum class Decimals { no_mark, point, comma, either, no_number };

Decimals decimals_in(std::string_view text) {
  const auto commas = std::count(text.begin(), text.end(), ','),
             points = std::count(text.begin(), text.end(), '.');
  if (commas + points == 0) return Decimals::no_mark;
  const char last = text[text.find_last_of(",.")];
  const Decimals as_decimals = last == ',' ? Decimals::comma : Decimals::point;
  const Decimals as_thousands = last == ',' ? Decimals::point : Decimals::comma;
  const bool parts = parts_thousands(text, last);
  if (commas > 0 && points > 0) {
    const bool once = (last == ',' ? commas : points) == 1;
    return once && parts_thousands(text, last == ',' ? '.' : ',') ? as_decimals : Decimals::no_number;
  }
  if (commas + points > 1) return parts ? as_thousands : Decimals::no_number;
  return parts ? Decimals::either : as_decimals;
}

/// What the fields of a column say together.
struct Evidence {
  bool numbers = true;                            ///< nothing else is there
  bool point = false, comma = false;              ///< marks of decimals, for sure
  bool short_comma = false, short_point = false;  ///< such as "1,600" and "1.600"
  bool tens = false, thousands = false;           ///< 10 to 999, and 1000 or more, without a mark
  bool either() const { return short_comma || short_point; }
};

void weigh(std::string_view field, Evidence& evidence) {
  const std::string text = plain_digits(without_percent(without_letter(field).digits));
  const Decimals decimals = decimals_in(text);
  const auto note = [](bool& seen, bool holds) { seen = seen || holds; };
  note(evidence.point, decimals == Decimals::point);
  note(evidence.comma, decimals == Decimals::comma);
  const bool has_comma = text.find(',') != std::string::npos;
  note(evidence.short_comma, decimals == Decimals::either && has_comma);
  note(evidence.short_point, decimals == Decimals::either && !has_comma);
  note(evidence.tens, decimals == Decimals::no_mark && (text.size() == 2 || text.size() == 3));
  note(evidence.thousands, decimals == Decimals::no_mark && text.size() > 3);
  const bool number =
      decimals != Decimals::no_number && text.find_first_not_of("0123456789.,-+eE") == std::string::npos;
  evidence.numbers = evidence.numbers && number;
}

Evidence evidence_of(const CsvTable& table, Index column) {
  Evidence evidence;
  for (Index row = 0; row < table.rows(); ++row)
    if (!is_missing(table.at(row, column))) weigh(table.at(row, column), evidence);
  return evidence;
}

/// What the other columns say.
Evidence evidence_beside(const CsvTable& table, Index column) {
  Evidence all;
  for (Index other = 0; other < table.columns(); ++other) {
    if (other == column) continue;
    const Evidence one = evidence_of(table, other);
    if (!one.numbers) continue;
    all.point = all.point || one.point;
    all.comma = all.comma || one.comma;
  }
  return all;
}

/// The mark of decimals where a field may be read both ways; 0 where the column says both.
char choose_mark(const CsvTable& table, Index column) {
  if (table.delimiter == ',') return '.';
  const Evidence own = evidence_of(table, column);
  if (!own.either()) return '.';
  if (own.point || own.comma) return own.point && own.comma ? '\0' : own.comma ? ',' : '.';
  const Evidence others = evidence_beside(table, column);
  if (others.point != others.comma) return others.comma ? ',' : '.';
  if (own.short_comma && own.short_point) return '\0';
  const bool parts = own.tens && !own.thousands;
  return own.short_comma == parts ? '.' : ',';
}

std::optional<double> read_digits(std::string text, char decimal) {
  const char other = decimal == ',' ? '.' : ',';
  if (text.find(other) != std::string::npos) {
    if (!parts_thousands(text, other)) return std::nullopt;
    std::erase(text, other);
  }
  if (decimal == ',') std::replace(text.begin(), text.end(), ',', '.');
  return read_number(text);
}

std::optional<double> parse_field(std::string_view field, char decimal, char delimiter) {
  const Multiple multiple = without_letter(field);
  std::string text = plain_digits(without_percent(multiple.digits));
  if (delimiter != ',') {
    const Decimals said = decimals_in(text);
    if (said == Decimals::either && decimal == 0) return std::nullopt;
    if (said == Decimals::comma) decimal = ',';
    if (said == Decimals::point) decimal = '.';
  }
  const std::optional<double> value = read_digits(std::move(text), decimal);
  if (!value) return std::nullopt;
  return multiple.factor * (field.ends_with('%') ? *value / 100 : *value);
}

/// Why this is no number.
std::string explain(std::string_view field, char decimal) {
  if (decimal == 0 && decimals_in(plain_digits(without_percent(field))) == Decimals::either)
    return "(its mark may part thousands or decimals: other fields there say both). Write it without a mark "
           "of thousands.";
  const std::size_t uncertainty =
      std::min({field.find("\u00B1"), field.find("+-"), field.find("+/-"), field.find('(')});
  if (uncertainty != 0 && uncertainty != std::string_view::npos)
    return "(a number is expected there). Write the value alone, and its uncertainty in a column of its own.";
  return "(a number is expected there). Correct it, or leave it empty.";
}

}  // namespace

bool is_missing(std::string_view field) {
  constexpr std::array<std::string_view, 29> words = {
      "",     "-",   "--",      ".",       "?",     "\u2013", "\u2014", "na",     "n/a",     "n.a.",
      "<na>", "nan", "-nan",    "none",    "null",  "nil",    "nd",     "n/d",    "k.a.",    "missing",
      "#n/a", "#na", "#div/0!", "#value!", "#ref!", "#name?", "#num!",  "#null!", "#n/a n/a"};
  if (!field.empty() && is_digit(field.front())) return false;
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return word.size() == field.size() &&
           std::equal(word.begin(), word.end(), field.begin(), [](char a, char b) {
             return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
           });
  });
}

NumberColumn try_numbers(const CsvTable& table, Index column) {
  const char decimal = choose_mark(table, column);
  NumberColumn read{Vector::Constant(table.rows(), nan)};
  for (Index row = 0; row < table.rows(); ++row) {
    const std::string& field = table.at(row, column);
    if (is_missing(field)) continue;
    if (const auto number = parse_field(field, decimal, table.delimiter))
      read.numbers[row] = *number;
    else
      read.problems.emplace(row, render_place(table, row) + "column " +
                                     table.header[static_cast<std::size_t>(column)] + " has \"" + field +
                                     "\" " + explain(field, decimal));
  }
  return read;
}

Vector read_numbers(const CsvTable& table, Index column) {
  NumberColumn read = try_numbers(table, column);
  require(read.problems.empty(), read.problems.empty() ? "" : read.problems.begin()->second);
  return std::move(read.numbers);
}

}  // namespace quartic
