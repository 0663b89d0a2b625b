#include "experiments/store_series.hpp"

#include <algorithm>

namespace quartic::detail {

SeriesIds::SeriesIds(const Database& database) {
  Statement series(database, "SELECT id, key FROM series");
  while (series.step()) {
    last_ = std::max(last_, series.integer(0));
    if (const std::optional<SeriesKey> key = parse_key(series.text(1))) ids_.emplace(*key, series.integer(0));
  }
}

std::optional<Index> SeriesIds::id_of(const SeriesKey& key) const {
  const auto found = ids_.find(key);
  if (found == ids_.end()) return std::nullopt;
  return found->second;
}

Index SeriesIds::add(const SeriesKey& key) {
  ids_.emplace(key, ++last_);
  return last_;
}

SeriesReader::SeriesReader(const Database& database)
    : select_(database, "SELECT " + std::string(record_columns) + " FROM records WHERE series = ?1") {}

SeriesRecords SeriesReader::read(Index id, const SeriesKey& key) {
  SeriesRecords records;
  select_.bind(1, id);
  while (select_.step()) {
    std::optional<StoredRecord> row = read_record(select_);
    if (row && is_sound(key, *row))
      records.sound.push_back(std::move(*row));
    else
      records.unsound.emplace_back(select_.integer(1), select_.integer(2));
  }
  select_.reset();
  return records;
}

}  // namespace quartic::detail
