#pragma once
/// Keys and ids of the series in a store, and the records of one.
#include <functional>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "experiments/store/rows.hpp"

namespace quartic::detail {

struct SeriesKeyHash {
  std::size_t operator()(const SeriesKey& key) const { return key.high; }
};

/// Which id the series of a key has in this file.
class SeriesIds {
 public:
  explicit SeriesIds(const Database& database);
  std::optional<Index> find_id(const SeriesKey& key) const;
  /// A new id; `changed` as for take_changed.
  Index add(const SeriesKey& key, bool changed);
  /// Whether the key or the content of this series was changed in the file.
  bool is_changed(Index id) const { return changed_.contains(id); }
  /// The same, and forgets it: the caller writes both again.
  bool take_changed(Index id) { return changed_.erase(id) > 0; }

 private:
  std::unordered_map<SeriesKey, Index, SeriesKeyHash> ids_;
  std::unordered_set<Index> changed_;
  Index last_ = 0;
};

class SeriesReader {
 public:
  explicit SeriesReader(const Database& database);
  /// Calls sound(row) for each record of the series, and unsound(n, replicate) for rows whose checksum fails.
  void read(Index id, const SeriesKey& key, const std::function<void(StoredRecord&)>& sound,
            const std::function<void(Index, Index)>& unsound);

 private:
  Statement select_;
};

}  // namespace quartic::detail
