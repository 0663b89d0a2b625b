#pragma once
/// Keys and ids of the series in a store, and the records of one. Internal to experiments/*store*.cpp.
#include <optional>
#include <unordered_map>
#include <vector>

#include "experiments/store_rows.hpp"

namespace quartic::detail {

struct SeriesKeyHash {
  std::size_t operator()(const SeriesKey& key) const { return key.high; }
};

/// Which id the series of a key has in this file.
class SeriesIds {
 public:
  explicit SeriesIds(const Database& database);
  std::optional<Index> id_of(const SeriesKey& key) const;
  /// A new id.
  Index add(const SeriesKey& key);

 private:
  std::unordered_map<SeriesKey, Index, SeriesKeyHash> ids_;
  Index last_ = 0;
};

/// What a store has of a series.
struct SeriesRecords {
  std::vector<StoredRecord> sound;
  std::vector<std::pair<Index, Index>> unsound;  ///< n and replicate of rows whose checksum fails
};

class SeriesReader {
 public:
  explicit SeriesReader(const Database& database);
  SeriesRecords read(Index id, const SeriesKey& key);

 private:
  Statement select_;
};

}  // namespace quartic::detail
