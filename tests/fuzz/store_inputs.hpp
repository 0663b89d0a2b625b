#pragma once
/// What the fuzzer of stores does with one input. The input is a small program that damages a sound store of
/// 24 records, which the harness makes itself; then the store is opened, read, written and merged, and must
/// hold nothing but records that were put there, to the bit. Or it begins with "raw:": the rest is the file.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "experiments/platform/folder_lock.hpp"
#include "experiments/store/reader.hpp"
#include "experiments/store/record_store.hpp"
#include "experiments/store/rows.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "tests/fuzz/inputs.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/store_bytes.hpp"

namespace quartic::fuzz {

/// The sound store: made once, kept as bytes.
class SoundStore {
 public:
  SoundStore() : study_(parse_study(text, "fuzz.toml")) {
    for (const char* arm : {"oracle", "ridge"})
      for (const Index n : {10, 20})
        for (Index replicate = 0; replicate < 6; ++replicate) records_.push_back(record(arm, n, replicate));
    const testing::Scratch scratch;
    RecordStore store(scratch.path(), study_);
    store.keep(study_, study_.cells[0], std::span(records_).first(12));
    store.keep(study_, study_.cells[0], std::span(records_).last(12));
    store.finish();
    bytes_ = testing::bytes_of(scratch / "run.sqlite");
    for (const Record& one : records_) known_.insert(bits_of(one));
  }

  const Study& study() const { return study_; }
  const std::string& bytes() const { return bytes_; }
  bool holds(const Record& record) const { return known_.contains(bits_of(record)); }

 private:
  static constexpr std::string_view text = R"(
replicates = 6
sizes = [10, 20]
[world]
kind = "sparse_linear"
candidates = 20
relevant = 2
[[arm]]
name = "oracle"
model = "least_squares"
expert = { correct = 2, wrong = 0 }
[[arm]]
name = "ridge"
model = "ridge"
penalty = 1.0
)";
  using Bits = std::tuple<std::string, Index, Index, std::int64_t>;
  static Bits bits_of(const Record& record) {
    return {record.arm, record.n, record.replicate,
            static_cast<std::int64_t>(detail::compute_checksum({}, record))};
  }
  static Record record(const char* arm, Index n, Index replicate) {
    Record one{.arm = arm, .n = n, .replicate = replicate};
    one.excess_risk = 1.0 / static_cast<double>(n + replicate);
    one.report.status = replicate == 3 ? FitStatus::failed : FitStatus::converged;
    one.report.message = replicate == 3 ? "a message, as long as it takes" : "";
    if (replicate == 4) one.report.history = {{.step = 1, .training_error = 0.5}, {2, 0.25, 0.75}};
    if (arm == std::string_view("ridge")) {  // the rows before them are older than the columns
      one.auc = 0.75;
      one.brier = 0.25 / static_cast<double>(n + replicate);
    }
    return one;
  }

  Study study_;
  std::vector<Record> records_;
  std::set<Bits> known_;
  std::string bytes_;
};

inline const SoundStore& sound_store() {
  static const SoundStore store;
  return store;
}

/// Four bytes a step: three are a place in the file, one is what happens there. 0xFF in front of the place
/// cuts the file off; two such places, 0xFE, begin a stretch that is overwritten with the last byte.
inline std::string damaged(std::string bytes, std::string_view steps) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(steps[k]); };
  for (std::size_t k = 0; k + 4 <= steps.size(); k += 4) {
    if (bytes.empty()) break;
    const std::size_t place = (byte(k) * 65536U + byte(k + 1) * 256U + byte(k + 2)) % bytes.size();
    if (byte(k) == 0xFF)
      bytes.resize(place);
    else if (byte(k) == 0xFE)
      std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(place),
                  std::min<std::size_t>(bytes.size() - place, 1U + byte(k + 2)), steps[k + 3]);
    else
      bytes[place] = steps[k + 3];
  }
  return bytes;
}

/// Whether this action was refused, in our own words.
template <class Action>
bool refused(const Action& action) {
  try {
    action();
  } catch (const Refusal&) {
    return true;
  }
  return false;
}

/// Everything that quartic does with a store that it finds. Whether it could be opened as it was found.
inline bool use_store(const std::string& folder) {
  const SoundStore& sound = sound_store();
  bool opened = false;
  const auto check = [&](const Record& record) {
    expect(sound.holds(record), "a record that was never put there");
  };
  refused([&] {
    StoreReader reader(folder);
    opened = true;
    (void)reader.study_text();
    (void)reader.runs();
    (void)reader.count(sound.study());
    reader.for_each(sound.study(), [&](const FoundRecord& found) { check(found.record); });
  });
  const auto check_all = [&](RecordStore& store) {
    store.for_each_finished(sound.study(), sound.study().cells[0], check);
    store.finish();
  };
  refused([&] {
    const testing::Scratch other;
    RecordStore merged(other.path(), sound.study());
    merged.take_over(folder);
    check_all(merged);
  });
  refused([&] {
    RecordStore store(folder, sound.study());
    check_all(store);
  });
  return opened;
}

/// Whether the store could be opened as it was found.
inline bool read_store(std::string_view input) {
  constexpr std::string_view raw = "raw:";
  constexpr std::string_view log = "log:";
  const testing::Scratch scratch;
  const bool is_log = input.starts_with(log);
  std::string bytes = sound_store().bytes();
  if (input.starts_with(raw))
    bytes = input.substr(raw.size());
  else if (!is_log)
    bytes = damaged(bytes, input);
  testing::set_bytes(scratch / "run.sqlite", bytes);
  if (is_log) testing::set_bytes(scratch / "run.sqlite-wal", std::string(input.substr(log.size())));
  return use_store(scratch.path());
}

}  // namespace quartic::fuzz
