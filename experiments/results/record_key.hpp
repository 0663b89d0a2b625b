#pragma once
/// Which record is which, wherever and whenever it was computed.
///
/// A series is all that the bits of an arm's fits depend on but size and replicate: the seed, the storage,
/// the world and the arm with every option after defaults, and the study's own theory of the arm. Its content
/// is one line of JSON, its key the first 128 bits of the SHA-256 of that line. It leaves out places, titles,
/// sizes, replicates, other arms and cells: a study that grows finds its records again.
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "experiments/study/study.hpp"

namespace quartic {

struct SeriesKey {
  std::uint64_t high = 0, low = 0;
  friend bool operator==(const SeriesKey&, const SeriesKey&) = default;
};
/// 32 hexadecimal digits.
std::string to_string(const SeriesKey& key);
/// The key of this content.
SeriesKey make_series_key(std::string_view content);

/// One record as users name it: "3fa94c21b0e70d5c9be1c9b52aa01f37/400/12"; 6 digits of the key may do.
struct RecordName {
  std::string series;
  Index n = 0, replicate = 0;
};
std::string to_string(const RecordName& name);
/// Throws InvalidInput for anything else.
RecordName parse_record_name(std::string_view text);

/// Contents and keys of a study's series: immutable, threads may share it. A few microseconds a key.
class SeriesKeys {
 public:
  explicit SeriesKeys(const Study& study);

  /// Throw InvalidInput for kinds that the study's catalogues do not have.
  std::string content(const Cell& cell, const ArmSpec& arm) const;
  SeriesKey key(const Cell& cell, const ArmSpec& arm) const { return make_series_key(content(cell, arm)); }

  /// What decides the shards of a cell's tasks: the seed and the world alone, so that arms which share a
  /// truth stay together, and a study that grows moves nothing.
  std::uint64_t task_hash(const Cell& cell) const;

 private:
  struct Kinds;
  std::string head_, tail_;  ///< of every content: what comes before the arm, and after
  std::string truth_;        ///< which follows the arm's curves
  std::map<std::string, std::string, std::less<>> theory_;  ///< arm -> its curves
  std::shared_ptr<const Kinds> kinds_;
};

/// The part of `count`, from 1 on, that a task belongs to. The parts of one cell's tasks differ in number by
/// one at most.
Index find_shard(std::uint64_t task_hash, Index replicate, Index count);

}  // namespace quartic
