#include "experiments/store/series.hpp"

#include <algorithm>

namespace quartic::detail {

SeriesIds::SeriesIds(const Database& database) {
  Statement series(database, "SELECT id, key, content FROM series");
  while (series.step()) {
    const Index id = series.integer(0);
    last_ = std::max(last_, id);
    const std::vector<SeriesKey> keys = keys_of_row(series.text(1), series.text(2));
    if (series.text(1) != to_string(keys.front())) changed_.insert(id);
    for (const SeriesKey& key : keys) ids_.emplace(key, id);
  }
}

std::optional<Index> SeriesIds::find_id(const SeriesKey& key) const {
  const auto found = ids_.find(key);
  if (found == ids_.end()) return std::nullopt;
  return found->second;
}

Index SeriesIds::add(const SeriesKey& key, bool changed) {
  ids_.emplace(key, ++last_);
  if (changed) changed_.insert(last_);
  return last_;
}

SeriesReader::SeriesReader(const Database& database)
    : select_(database, std::string(select_records) + " WHERE series = ?1") {}

void SeriesReader::read(Index id, const SeriesKey& key, const std::function<void(StoredRecord&)>& sound,
                        const std::function<void(Index, Index)>& unsound) {
  select_.reset();  // where an earlier reader threw
  select_.bind(1, id);
  while (select_.step()) {
    std::optional<StoredRecord> row = read_record(select_);
    if (row && is_sound(key, *row))
      sound(*row);
    else
      unsound(select_.integer(1), select_.integer(2));
  }
  select_.reset();
}

}  // namespace quartic::detail
