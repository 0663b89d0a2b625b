#pragma once
/// A file of SQLite and its statements as values.
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/types.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace quartic::detail {

/// What SQLite says went wrong.
class SqliteError : public std::runtime_error {
 public:
  SqliteError(const std::string& message, int code, int reason = 0)
      : std::runtime_error(message), code_(code), reason_(reason) {}
  int code() const { return code_; }
  /// errno of the system, where it had a part in it; 0 elsewhere.
  int reason() const { return reason_; }
  /// The bytes of the file are not what SQLite wrote, or the disk does not give them back.
  bool damaged() const;
  /// The schema makes no sense, or lacks what a statement asks for.
  bool nonsense() const;
  /// The file cannot be opened, or not be written, by this user.
  bool forbidden() const;

 private:
  int code_, reason_;
};

enum class Access { read, write, create };

class Database {
 public:
  /// Waits up to ten seconds for other connections. Throws SqliteError.
  Database(const std::string& path, Access access);

  /// Runs statements that return nothing of interest.
  void run(const std::string& sql);
  /// The first column of the first row; 0 and "" where there is none.
  Index number(const std::string& sql);
  std::string text(const std::string& sql);
  /// Throws SqliteError where the last call on this database failed with `code`.
  void check(int code) const;
  sqlite3* handle() const { return handle_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  std::string path_;
  std::unique_ptr<sqlite3, Close> handle_;
};

/// A prepared statement. Parameters count from 1, columns from 0.
class Statement {
 public:
  Statement(const Database& database, std::string_view sql);

  void bind(int parameter, Index value);
  /// NaN as NULL.
  void bind(int parameter, double value);
  /// Not copied: it must live until the next reset().
  void bind(int parameter, std::string_view text);
  void bind_null(int parameter);

  /// True where there is a row.
  bool step();
  /// Makes ready for the next execution.
  void reset();
  /// Executes a statement without rows, and makes it ready for the next.
  void execute();

  int column_count() const;
  bool is_null(int column) const;
  Index integer(int column) const;
  /// NULL as NaN.
  double real(int column) const;
  /// NULL as "". Valid until the next step().
  std::string_view text(int column) const;

 private:
  struct Finalise {
    void operator()(sqlite3_stmt* statement) const;
  };
  const Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalise> handle_;
};

}  // namespace quartic::detail
