#include "experiments/platform/sqlite.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <filesystem>
#include <limits>
#include <system_error>

#include "experiments/platform/plain_file.hpp"

namespace quartic::detail {

namespace {

int make_flags(Access access) {
  // Each connection is used by one thread at a time: locks of our own guard them.
  constexpr int shared = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  return shared | SQLITE_OPEN_READWRITE | (access == Access::create ? SQLITE_OPEN_CREATE : 0);
}

// errno may be left from something else: EAGAIN is that of a lock.
int system_reason(int code, int last) {
  const int primary = code & 0xff;
  if (primary == SQLITE_FULL) return ENOSPC;
  if (primary == SQLITE_NOMEM) return ENOMEM;
  return (primary == SQLITE_CANTOPEN || primary == SQLITE_IOERR) && last != EAGAIN ? last : 0;
}

}  // namespace

bool SqliteError::damaged() const {
  const int primary = code_ & 0xff;
  return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB || primary == SQLITE_FORMAT ||
         code_ == SQLITE_IOERR_READ || code_ == SQLITE_IOERR_SHORT_READ || code_ == SQLITE_IOERR_DATA ||
         code_ == SQLITE_IOERR_CORRUPTFS;
}

bool SqliteError::nonsense() const {
  return (code_ & 0xff) == SQLITE_ERROR;
}

bool SqliteError::forbidden() const {
  const int primary = code_ & 0xff;
  if (is_exhausted(reason_)) return false;
  return primary == SQLITE_READONLY || primary == SQLITE_CANTOPEN || primary == SQLITE_PERM;
}

void Database::Close::operator()(sqlite3* database) const {
  sqlite3_close_v2(database);
}

Database::Database(const std::string& path, Access access) : path_(path) {
  sqlite3* opened = nullptr;
  // A name that begins with "file:" would be a URI.
  const std::string file = std::filesystem::absolute(path).string();
  const int code = sqlite3_open_v2(file.c_str(), &opened, make_flags(access), nullptr);
  handle_.reset(opened);
  check(code);
  sqlite3_busy_timeout(opened, 10000);
  // A file may come from anywhere: what its schema says is not run.
  sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  if (access == Access::read) {
    // A writer that was killed may have left a journal, which only a connection that may write takes back.
    // Its log stays beside the file, which may be damaged.
    sqlite3_db_config(opened, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    run("PRAGMA query_only = ON");
  }
  run("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0");
}

void Database::check(int code) const {
  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
  std::string message = path_ + ": " + (handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code));
  const int reason = system_reason(code, handle_ ? sqlite3_system_errno(handle_.get()) : 0);
  if (reason != 0) message += ": " + std::generic_category().message(reason);
  throw SqliteError(message, code, reason);
}

void Database::run(const std::string& sql) {
  check(sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr));
}

Index Database::number(const std::string& sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.integer(0) : 0;
}

std::string Database::text(const std::string& sql) {
  Statement statement(*this, sql);
  return statement.step() ? std::string(statement.text(0)) : "";
}

void Statement::Finalise::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Statement::Statement(const Database& database, std::string_view sql) : database_(&database) {
  sqlite3_stmt* prepared = nullptr;
  const int code = sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
  handle_.reset(prepared);
  database.check(code);
}

void Statement::bind(int parameter, Index value) {
  database_->check(sqlite3_bind_int64(handle_.get(), parameter, value));
}

void Statement::bind(int parameter, double value) {
  database_->check(sqlite3_bind_double(handle_.get(), parameter, value));
}

void Statement::bind(int parameter, std::string_view text) {
  database_->check(
      sqlite3_bind_text(handle_.get(), parameter, text.data(), static_cast<int>(text.size()), SQLITE_STATIC));
}

void Statement::bind_null(int parameter) {
  database_->check(sqlite3_bind_null(handle_.get(), parameter));
}

bool Statement::step() {
  const int code = sqlite3_step(handle_.get());
  database_->check(code);
  return code == SQLITE_ROW;
}

void Statement::reset() {
  sqlite3_reset(handle_.get());  // repeats the error of step(), which has been thrown
}

void Statement::execute() {
  try {
    step();
  } catch (...) {
    reset();
    throw;
  }
  reset();
}

int Statement::column_count() const {
  return sqlite3_column_count(handle_.get());
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

Index Statement::integer(int column) const {
  return sqlite3_column_int64(handle_.get(), column);
}

double Statement::real(int column) const {
  const double value = sqlite3_column_double(handle_.get(), column);  // of NULL: 0
  return value == 0 && is_null(column) ? std::numeric_limits<double>::quiet_NaN() : value;
}

std::string_view Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_.get(), column));
  return bytes
             ? std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column)))
             : std::string_view();
}

}  // namespace quartic::detail
