#include "experiments/store/views.hpp"

#include "experiments/platform/machine_failure.hpp"
#include "experiments/results/settings.hpp"
#include "experiments/store/series.hpp"
#include "experiments/store/state.hpp"

namespace quartic::detail {

namespace {

// In double quotes, as SQL names things.
std::string sql_name(const std::string& text) {
  std::string name = "\"";
  for (const char c : text) name += c == '"' ? std::string("\"\"") : std::string(1, c);
  return name + "\"";
}

std::string sql_text(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

// NULL in cells that have no such setting; a path of JSON holds keys in double quotes.
std::string setting_columns(const std::vector<CellAxis>& axes) {
  std::string columns;
  for (const CellAxis& axis : axes)
    columns += "json_extract(cells.settings, " + sql_text("$.\"" + axis.key + "\"") + ") AS " +
               sql_name(axis.key) + ", ";
  return columns;
}

std::string setting_names(const std::vector<CellAxis>& axes) {
  std::string names;
  for (const CellAxis& axis : axes) names += sql_name(axis.key) + ", ";
  return names;
}

std::string view_sql(const std::vector<CellAxis>& axes) {
  return "DROP VIEW IF EXISTS results; DROP VIEW IF EXISTS averages; DROP VIEW IF EXISTS failures;"
         "CREATE VIEW results AS SELECT cells.cell, cells.arm, " +
         setting_columns(axes) +
         "series.key || '/' || records.n || '/' || records.replicate AS key, records.* "
         "FROM cells JOIN series ON series.id = cells.series JOIN records ON records.series = cells.series;"
         "CREATE VIEW averages AS SELECT cell, arm, " +
         setting_names(axes) +
         "n, count(normalised_error) FILTER (WHERE status <> 'diverged') AS replicates, "
         "avg(normalised_error) FILTER (WHERE status <> 'diverged') AS mean_error, "
         "exp(avg(ln(normalised_error)) FILTER (WHERE status <> 'diverged')) AS geometric_mean_error, "
         "avg(fit_flops) FILTER (WHERE status <> 'diverged') AS fit_flops, sum(status = 'failed') AS failed, sum(status = 'diverged') AS diverged "
         "FROM results GROUP BY cell, arm, n;"
         "CREATE VIEW failures AS SELECT key, cell, arm, n, replicate, message FROM results "
         "WHERE status = 'failed'";
}

void fill_cells(Database& database, const Study& study) {
  const SeriesKeys keys(study);
  const SeriesIds ids(database);
  Statement insert(database, "INSERT INTO cells VALUES (?1, ?2, ?3, ?4)");
  for (const Cell& cell : study.cells) {
    const std::string settings = settings_json(cell.settings);
    for (const ArmSpec& arm : cell.arms) {
      const std::optional<Index> id = ids.find_id(keys.key(cell, arm));
      if (!id) continue;
      insert.bind(1, cell.id);
      insert.bind(2, std::string_view(arm.name));
      insert.bind(3, *id);
      insert.bind(4, std::string_view(settings));
      insert.execute();
    }
  }
}

}  // namespace

std::vector<std::string> make_views(const std::string& folder, const Study& study) {
  try {
    require_usable_store(folder, state_of_store(folder, Care::briefly));
    Database database(store_file(folder).string(), Access::write);
    database.run(
        "BEGIN IMMEDIATE; DROP TABLE IF EXISTS cells; CREATE TABLE cells(cell INTEGER NOT NULL, arm TEXT NOT "
        "NULL, series INTEGER NOT NULL, settings TEXT NOT NULL)");
    fill_cells(database, study);
    database.run(view_sql(study.cells.axes()) + "; COMMIT");
  } catch (const SqliteError& error) {
    throw MachineFailure("cannot make views in the store of " + folder + " (" + error.what() +
                         "). Check that you may write there, and that there is space.");
  }
  return {"cells", "results", "averages", "failures"};
}

}  // namespace quartic::detail
