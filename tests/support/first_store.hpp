#pragma once
/// A store as version 0.2.0 and those before it made them, word for word.
#include <span>
#include <string>
#include <vector>

#include "experiments/platform/digest.hpp"
#include "experiments/platform/sqlite.hpp"
#include "experiments/results/record_key.hpp"
#include "experiments/store/rows.hpp"

namespace quartic::testing {

inline constexpr const char* first_tables =
    "CREATE TABLE study(id INTEGER PRIMARY KEY, version INTEGER NOT NULL, text TEXT NOT NULL, sha256 TEXT NOT "
    "NULL, name TEXT NOT NULL, effort TEXT NOT NULL, shard INTEGER NOT NULL, shards INTEGER NOT NULL, run "
    "INTEGER NOT NULL, seal TEXT NOT NULL)\n"
    "CREATE TABLE series(id INTEGER PRIMARY KEY, key TEXT NOT NULL, content TEXT NOT NULL)\n"
    "CREATE TABLE records(series INTEGER NOT NULL, n INTEGER NOT NULL, replicate INTEGER NOT NULL, status TEXT "
    "NOT NULL, excess_risk, normalised_error, error_se, parameters, iterations, certificate, fit_flops, "
    "tuning_flops, message, theory, cpu_seconds, history, run INTEGER NOT NULL, checksum INTEGER NOT NULL, "
    "PRIMARY KEY(series, n, replicate)) WITHOUT ROWID\n"
    "CREATE TABLE runs(id INTEGER PRIMARY KEY, version TEXT, git_revision TEXT, compiler TEXT, flags TEXT, cpu "
    "TEXT, instruction_set TEXT, blas TEXT, threads INTEGER, host TEXT, process INTEGER, shard TEXT, started "
    "TEXT, last_commit TEXT, seconds REAL, records INTEGER)\n";

/// As versions that do not know of pre-training and of predictions told them.
inline std::vector<Record> without_bills(std::vector<Record> records) {
  for (Record& record : records)
    record.inference_flops = record.report.cost.pretraining_flops = Record::not_measured;
  return records;
}

/// Of records without a message and a history, of the study's first cell, without their bills.
class FirstStore {
 public:
  FirstStore(const std::string& folder, const Study& study)
      : database_(folder + "/run.sqlite", detail::Access::create), study_(study) {
    std::string sql = first_tables;
    for (std::size_t at = 0; (at = sql.find('\n', at)) != std::string::npos; ++at) sql[at] = ';';
    database_.run("PRAGMA page_size = 4096; " + sql +
                  "PRAGMA application_id = 1364350019; PRAGMA user_version = 1;"
                  "INSERT INTO runs(id, version) VALUES (1, '0.2.0')");
    const std::string hash = sha256(study.text);
    detail::Statement put(database_, "INSERT INTO study VALUES (1, 1, ?1, ?2, '', '', 1, 1, 1, '')");
    put.bind(1, std::string_view(study.text));
    put.bind(2, std::string_view(hash));
    put.execute();
  }

  void put(std::span<const Record> records) {
    const Cell cell = study_.cells[0];
    for (std::size_t arm = 0; arm < cell.arms.size(); ++arm) {
      const std::string content = SeriesKeys(study_).content(cell, cell.arms[arm]);
      put_series(static_cast<Index>(arm) + 1, content);
      for (const Record& record : without_bills({records.begin(), records.end()}))
        if (record.arm == cell.arms[arm].name)
          put_record(static_cast<Index>(arm) + 1, make_series_key(content), record);
    }
  }

 private:
  void put_series(Index id, const std::string& content) {
    const std::string key = to_string(make_series_key(content));
    detail::Statement put(database_, "INSERT INTO series VALUES (?1, ?2, ?3)");
    put.bind(1, id);
    put.bind(2, std::string_view(key));
    put.bind(3, std::string_view(content));
    put.execute();
  }
  void put_record(Index series, const SeriesKey& key, const Record& record) {
    const FitReport& report = record.report;
    detail::Statement put(database_,
                          "INSERT INTO records VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
                          "NULL, ?13, ?14, NULL, 1, ?15)");
    int parameter = 1;
    for (const Index number : {series, record.n, record.replicate}) put.bind(parameter++, number);
    put.bind(parameter++, to_string(report.status));
    for (const double number : {record.excess_risk, record.normalised_error, record.error_se})
      put.bind(parameter++, number);
    for (const Index count : {report.parameters, report.iterations}) put.bind(parameter++, count);
    for (const double number : {report.certificate, report.cost.fit_flops, report.cost.tuning_flops,
                                record.theory, report.cost.cpu_seconds})
      put.bind(parameter++, number);
    put.bind(parameter, static_cast<Index>(detail::compute_checksum(key, record)));
    put.execute();
  }

  detail::Database database_;
  const Study& study_;
};

}  // namespace quartic::testing
