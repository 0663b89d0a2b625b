#pragma once
/// The store of another folder, as far as it can be read: what a merge takes from.
#include <filesystem>
#include <functional>
#include <map>
#include <vector>

#include "experiments/store/rows.hpp"
#include "experiments/store/runs.hpp"

namespace quartic::detail {

class OtherStore {
 public:
  /// Throws InvalidInput as open_store does.
  explicit OtherStore(const std::filesystem::path& folder);

  const std::vector<StoredRun>& runs() const { return runs_; }
  using Visit = std::function<void(StoredRecord&, const SeriesKey&, const std::string& content)>;
  /// Every record that can be read and whose checksum holds.
  void for_each_sound(const Visit& visit);
  /// How many rows had a checksum that fails.
  Index unsound() const { return unsound_; }
  /// Whether SQLite found a page that it cannot read.
  bool damaged() const { return damaged_; }

 private:
  struct Series {
    std::vector<SeriesKey> keys;
    std::string content;
  };
  /// From the beginning up to a page that cannot be read, and then from the end.
  template <class Take>
  void visit_rows(const std::string& select, const std::string& from_end, const Take& take);
  void visit_row(const Statement& row, const Visit& visit);

  Database database_;
  std::vector<StoredRun> runs_;
  std::map<Index, Series> series_;
  Index unsound_ = 0;
  bool damaged_ = false;
};

}  // namespace quartic::detail
