#pragma once
/// Tables of text as people keep them: comma, semicolon or tab separated, with a header.
#include <string>
#include <string_view>
#include <vector>

#include "core/types.hpp"

namespace quartic {

/// Every field as its text, without the quotes. Rows have as many fields as the header.
struct CsvTable {
  std::string file;                 ///< for messages
  std::vector<std::string> header;  ///< distinct names
  std::vector<std::string> fields;  ///< row by row
  std::vector<Index> lines;         ///< where each row ends in the file, from 1
  char delimiter = ',';

  Index rows() const { return static_cast<Index>(lines.size()); }
  Index columns() const { return static_cast<Index>(header.size()); }
  const std::string& at(Index row, Index column) const {
    return fields[static_cast<std::size_t>(row * columns() + column)];
  }
  bool has(std::string_view name) const;
  /// Throws InvalidInput that suggests the nearest name.
  Index column(std::string_view name) const;
};

/// RFC 4180, and what else occurs: a byte order mark, LF or CRLF, empty lines, blanks around fields,
/// semicolons or tabs (whichever of the three the header holds most of). Throws InvalidInput with file and
/// line for text that is no such table: empty, no row, ragged, an open quote, two columns of one name.
/// O(length).
CsvTable parse_csv(std::string_view text, std::string_view file);

/// One field of a line that we write, as RFC 4180 has it: quoted where it holds a comma, a quote or a line
/// end. What a spreadsheet would compute begins with an apostrophe.
std::string csv_field(std::string_view text);
/// The shortest text of a number, "" for NaN.
std::string csv_field(double number);
/// Whether spreadsheets take the text for a formula: it begins with =, +, - or @ (wide ones too), or with a
/// blank that they skip.
bool begins_a_formula(std::string_view text);

/// The column as numbers, NaN for what is missing ("", "-", "?", NA, N/A, NaN, none, null). "12.5 %" is
/// 0.125; "1,501,632" is read where its commas can only separate thousands, "0,125" in a table separated by
/// semicolons or tabs. Throws InvalidInput with file, line and column for any other text.
Vector read_numbers(const CsvTable& table, Index column);

}  // namespace quartic
