#include "experiments/store/other_store.hpp"

#include <algorithm>

#include "experiments/store/state.hpp"

namespace quartic::detail {

// False where a page cannot be read; what was read before it stands.
template <class Read>
bool OtherStore::reads_all(const Read& read) {
  try {
    read();
    return true;
  } catch (const SqliteError& error) {
    if (!error.damaged()) throw;
    damaged_ = true;
    return false;
  }
}

OtherStore::OtherStore(const std::filesystem::path& folder) : database_(open_store(folder)) {
  reads_all([&] { runs_ = runs_in(database_); });
  reads_all([&] {
    Statement rows(database_, "SELECT id, key, content FROM series");
    while (rows.step())
      series_[rows.integer(0)] = {keys_of_row(rows.text(1), rows.text(2)), std::string(rows.text(2))};
  });
}

void OtherStore::visit_row(const Statement& row, const Visit& visit) {
  std::optional<StoredRecord> record = read_record(row);
  const auto series = record ? series_.find(record->series) : series_.end();
  if (series != series_.end()) {
    const auto& [keys, content] = series->second;
    const auto proved = [&](const SeriesKey& key) { return is_sound(key, *record); };
    if (const auto key = std::find_if(keys.begin(), keys.end(), proved); key != keys.end())
      return visit(*record, *key, content);
  }
  ++unsound_;
}

// From the beginning up to a page that cannot be read, and then from the end.
void OtherStore::for_each_sound(const Visit& visit) {
  const std::string select = "SELECT " + row_columns() + " FROM records";
  const auto scan = [&](const std::string& order) {
    Statement rows(database_, select + order);
    while (rows.step()) visit_row(rows, visit);
  };
  if (!reads_all([&] { scan(""); }))
    reads_all([&] { scan(" ORDER BY series DESC, n DESC, replicate DESC"); });
}

}  // namespace quartic::detail
