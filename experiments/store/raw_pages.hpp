#pragma once
/// Rows found in the raw pages of a file that SQLite may no longer be able to read: the format is that of
/// https://www.sqlite.org/fileformat2.html.
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/types.hpp"

namespace quartic::detail {

/// The bytes of one page of every store.
inline constexpr std::size_t store_page_bytes = 4096;

/// A row as it lies in a page. Whether it means anything, only its own checksum can tell.
class RawRow {
 public:
  using Value = std::variant<std::monostate, Index, double, std::string>;
  RawRow(Index id, std::vector<Value> values) : id_(id), values_(std::move(values)) {}

  Index id() const { return id_; }  ///< of a row in a table with ids, else 0
  int columns() const { return static_cast<int>(values_.size()); }
  // As Statement has them: NULL, and values of another kind, are 0, NaN and "".
  bool is_null(int column) const;
  Index integer(int column) const;
  double real(int column) const;
  std::string_view text(int column) const;

 private:
  const Value& at(int column) const { return values_[static_cast<std::size_t>(column)]; }

  Index id_;
  std::vector<Value> values_;
};

/// A database file and the log beside it, byte by byte. Neither need be whole, or of SQLite at all.
class RawPages {
 public:
  RawPages(std::string file, std::string log);

  /// Told of a row; true where it is one that was looked for.
  using Found = std::function<bool(const RawRow&)>;
  /// Every row of tables with ids (study, series, runs), and every row of tables without (records), that some
  /// page may hold, older images of pages among them.
  void rows_with_ids(const Found& found) const;
  void rows_without_ids(const Found& found) const;

 private:
  enum class Kind { rows_with_ids, rows_without_ids, rows_without_ids_inside };
  bool scan(std::string_view page, std::size_t header, Kind kind, const Found& found) const;
  bool read_cell(std::string_view page, std::size_t at, Kind kind, const Found& found) const;
  bool whole_payload(std::string& payload, std::size_t size, std::uint32_t next) const;
  void add_log();

  std::string file_, log_;
  std::vector<std::pair<std::string_view, std::size_t>> images_;  // and where their headers begin
  std::map<std::uint32_t, std::string_view> latest_;              // by page number
};

}  // namespace quartic::detail
