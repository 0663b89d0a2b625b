#pragma once
/// Fields out of text that separates them, as RFC 4180 has it: libcsv, or where it is not to be had a parser of our own.
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace quartic::detail {

/// Blanks around fields that are not quoted are dropped, a row ends at CR or LF, and empty lines are no rows.
class FieldParser {
 public:
  FieldParser(char delimiter, std::function<void(std::string_view)> field, std::function<void()> row);
  ~FieldParser();
  /// False where a quote stands where none can.
  bool feed(std::string_view text);
  /// Ends the last row; false where a quote is still open.
  bool finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace quartic::detail
