#include "experiments/store/other_store.hpp"

#include <algorithm>

#include "experiments/store/state.hpp"

namespace quartic::detail {

OtherStore::OtherStore(const std::filesystem::path& folder) : database_(open_store(folder)) {
  const std::string from_end = " ORDER BY id DESC";
  visit_rows(select_runs(), from_end, [&](const Statement& row) { runs_.push_back(read_run(row)); });
  visit_rows("SELECT id, key, content FROM series", from_end, [&](const Statement& row) {
    series_[row.integer(0)] = {keys_of_row(row.text(1), row.text(2)), std::string(row.text(2))};
  });
}

template <class Take>
void OtherStore::visit_rows(const std::string& select, const std::string& from_end, const Take& take) {
  for (const std::string& order : {std::string(), from_end}) {
    try {
      Statement rows(database_, select + order);
      while (rows.step()) take(rows);
      return;
    } catch (const SqliteError& error) {
      if (!error.damaged()) throw;
      damaged_ = true;
    }
  }
}

void OtherStore::visit_row(const Statement& row, const Visit& visit) {
  std::optional<StoredRecord> record = read_record(row);
  const auto series = record ? series_.find(record->series) : series_.end();
  if (series != series_.end()) {
    const auto& [keys, content] = series->second;
    const auto proved = [&](const SeriesKey& key) { return is_sound(key, *record); };
    if (const auto key = std::find_if(keys.begin(), keys.end(), proved); key != keys.end())
      return visit(*record, *key, content);
  } else if (record && damaged_) {
    return;  // its series may stand where nothing can be read
  }
  ++unsound_;
}

void OtherStore::for_each_sound(const Visit& visit) {
  visit_rows(std::string(select_records), " ORDER BY series DESC, n DESC, replicate DESC",
             [&](const Statement& row) { visit_row(row, visit); });
}

}  // namespace quartic::detail
