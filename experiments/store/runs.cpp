#include "experiments/store/runs.hpp"

#include <array>
#include <utility>

#include "experiments/platform/sqlite.hpp"

namespace quartic::detail {

namespace {

template <class T>
using Columns = std::pair<const char*, T StoredRun::*>;

constexpr std::array<Columns<std::string>, 11> texts = {{{"version", &StoredRun::version},
                                                         {"git_revision", &StoredRun::git_revision},
                                                         {"compiler", &StoredRun::compiler},
                                                         {"flags", &StoredRun::flags},
                                                         {"cpu", &StoredRun::cpu},
                                                         {"instruction_set", &StoredRun::instruction_set},
                                                         {"blas", &StoredRun::blas},
                                                         {"host", &StoredRun::host},
                                                         {"shard", &StoredRun::shard},
                                                         {"started", &StoredRun::started},
                                                         {"last_commit", &StoredRun::last_commit}}};
constexpr std::array<Columns<Index>, 3> counts = {
    {{"threads", &StoredRun::threads}, {"process", &StoredRun::process}, {"records", &StoredRun::records}}};

std::string column_names() {
  std::string names;
  for (const auto& [name, member] : texts) names += name + std::string(", ");
  for (const auto& [name, member] : counts) names += name + std::string(", ");
  return names + "seconds";
}

}  // namespace

std::string select_runs() {
  return "SELECT id, " + column_names() + " FROM runs";
}

StoredRun read_run(const Statement& row) {
  StoredRun run;
  run.id = row.integer(0);
  int column = 1;
  for (const auto& [name, member] : texts) run.*member = row.text(column++);
  for (const auto& [name, member] : counts) run.*member = row.integer(column++);
  if (!row.is_null(column)) run.seconds = row.real(column);
  return run;
}

std::vector<StoredRun> runs_in(const Database& database) {
  Statement rows(database, select_runs() + " ORDER BY id");
  std::vector<StoredRun> runs;
  while (rows.step()) runs.push_back(read_run(rows));
  return runs;
}

Index put_run(Database& database, const StoredRun& run) {
  std::string places = "?1";
  for (std::size_t i = 1; i <= texts.size() + counts.size(); ++i) places += ", ?" + std::to_string(i + 1);
  Statement put(database, "INSERT INTO runs(" + column_names() + ") VALUES (" + places + ")");
  int parameter = 1;
  for (const auto& [name, member] : texts) put.bind(parameter++, std::string_view(run.*member));
  for (const auto& [name, member] : counts) put.bind(parameter++, run.*member);
  put.bind(parameter, run.seconds);
  put.execute();
  return database.number("SELECT max(id) FROM runs");
}

}  // namespace quartic::detail
