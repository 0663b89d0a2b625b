#pragma once
/// Tables of text as people keep them: comma, semicolon or tab separated, with a header.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/types.hpp"

namespace quartic {

/// Every field as its text, without the quotes. Rows have as many fields as the header.
struct CsvTable {
  std::string file;                 ///< for messages
  std::vector<std::string> header;  ///< names; of those that occur twice nobody can ask
  std::vector<std::string> fields;  ///< row by row
  std::vector<Index> lines;         ///< where each row ends in the file, from 1
  char delimiter = ',';

  Index rows() const { return static_cast<Index>(lines.size()); }
  Index columns() const { return static_cast<Index>(header.size()); }
  const std::string& at(Index row, Index column) const {
    return fields[static_cast<std::size_t>(row * columns() + column)];
  }
  bool has(std::string_view name) const;
  /// Throws InvalidInput where two have this name, or none: then it suggests the nearest.
  Index column(std::string_view name) const;
};

/// RFC 4180, and what else occurs: a byte order mark, LF or CRLF, empty lines, blanks around fields,
/// semicolons, tabs or blanks (whichever the header holds most of, or as Excel's "sep=;" above it says),
/// lines of comment, which begin with # (the last one is the header where numbers alone follow, as numpy
/// writes it), and the names of rows that R writes, in a column that the header leaves out: its name is "".
/// Throws InvalidInput with file and line for text that is no such table: empty, no row, ragged, an open
/// quote. O(length).
CsvTable parse_csv(std::string_view text, std::string_view file);

/// One field of a line that we write, as RFC 4180 has it: quoted where it holds a comma, a quote or a line
/// end. What a spreadsheet would compute begins with an apostrophe.
std::string csv_field(std::string_view text);
/// The shortest text of a number, "" for NaN.
std::string csv_field(double number);
/// Whether spreadsheets take the text for a formula: it begins with =, +, - or @ (wide ones too), or with a
/// blank that they skip.
bool begins_a_formula(std::string_view text);

/// Whether each is a number: a row, or sizes as names of columns, but not other names.
bool all_numbers(const std::vector<std::string_view>& fields);

/// Whether this stands for a value that is not there: "", "-", ".", "?", NA, N/A, <NA>, NaN, none, null, and
/// what Excel writes for errors (#N/A, #DIV/0!).
bool is_missing(std::string_view field);

/// The column as numbers, NaN for what is missing. "12.5 %" is 0.125, "1.5k" 1500 (k, K; M; G, B; T); blanks,
/// apostrophes and underscores may part thousands. Where commas do not separate fields, a comma or a point may be the mark of decimals, or
/// that of thousands: "1,600,000" and "0,05" say which, for the fields of their column; else those of other
/// columns; else numbers below 1000 without a mark beside "1,600" say that marks part thousands; else it is
/// the mark of decimals. Throws InvalidInput with file, line and column for any other text, and where a
/// column says both.
Vector read_numbers(const CsvTable& table, Index column);

/// The same for whoever can do without some rows: NaN for any other text, with what is wrong by row.
struct NumberColumn {
  Vector numbers;
  std::map<Index, std::string> problems = {};
};
NumberColumn try_numbers(const CsvTable& table, Index column);

/// "FILE:LINE: ".
std::string render_place(const CsvTable& table, Index row);

}  // namespace quartic
