#include "experiments/store/reader.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "core/require.hpp"
#include "experiments/platform/plain_file.hpp"
#include "experiments/store/demand.hpp"
#include "experiments/store/series.hpp"
#include "experiments/store/state.hpp"
#include "experiments/store/stored_study.hpp"
#include "experiments/study/read/parse_study.hpp"

namespace quartic {

namespace {

namespace fs = std::filesystem;
using namespace detail;

bool asks_for(const Study& study, const ArmSpec& arm, Index n, Index replicate) {
  return replicate >= 0 && replicate < count_replicates(study, arm, n) &&
         std::binary_search(study.sizes.begin(), study.sizes.end(), n);
}

bool by_place(const FoundRecord& a, const FoundRecord& b) {
  return std::pair(a.record.n, a.record.replicate) < std::pair(b.record.n, b.record.replicate);
}

}  // namespace

class StoreReader::Impl {
 public:
  explicit Impl(std::string of_folder)
      : folder(std::move(of_folder)), database(open_store(folder)), series(database) {}

  std::vector<FoundRecord> list_records(
      const Study& study, const SeriesKeys& keys, const Cell& cell, const ArmSpec& arm,
      const std::function<void(Index, Index)>& unsound = [](Index, Index) {});
  StoreCounts count(const Study& study, const Shard& shard);
  Index unsound(const Study& study);
  /// Read when first asked for: a merge does without, where their page is damaged.
  const SeriesIds& ids() {
    if (!ids_) ids_.emplace(database);
    return *ids_;
  }
  /// What `read` returns. What SQLite finds wrong is said in the words of those who named the folder.
  template <class Read>
  auto translate_errors(const Read& read) const {
    try {
      return read();
    } catch (const SqliteError& error) {
      refuse_store(folder, error);
    }
  }
  /// Nothing of it where its page cannot be read: a merge may still take the records.
  StoredStudy stored_study() const {
    return translate_errors([&] {
      try {
        return read_study(database);
      } catch (const SqliteError& error) {
        if (!error.damaged()) throw;
        return StoredStudy{};
      }
    });
  }
  std::string file_text(const char* name) const {
    return read_plain_file(fs::path(folder) / name).value_or("");
  }

  const std::string folder;
  Database database;
  SeriesReader series;

 private:
  std::optional<SeriesIds> ids_;
};

// In order of size and replicate.
std::vector<FoundRecord> StoreReader::Impl::list_records(const Study& study, const SeriesKeys& keys,
                                                         const Cell& cell, const ArmSpec& arm,
                                                         const std::function<void(Index, Index)>& unsound) {
  const std::string content = keys.content(cell, arm);
  const SeriesKey key = make_series_key(content);
  std::vector<FoundRecord> records;
  const std::optional<Index> id = translate_errors([&] { return ids().find_id(key); });
  if (!id) return records;
  const auto take = [&](StoredRecord& row) {
    if (!asks_for(study, arm, row.record.n, row.record.replicate)) return;
    row.record.cell = cell.id;
    row.record.arm = arm.name;
    records.push_back({std::move(row.record), to_string(key), content, row.run});
  };
  // The writer of the store removes those that are not sound.
  const auto tell = [&](Index n, Index replicate) {
    if (asks_for(study, arm, n, replicate)) unsound(n, replicate);
  };
  translate_errors([&] { series.read(*id, key, take, tell); });
  std::sort(records.begin(), records.end(), by_place);
  return records;
}

bool StoreReader::exists(const std::string& folder) {
  try {
    return state_of_store(folder, Care::briefly) != StoreState::absent;
  } catch (const SqliteError&) {
    return true;  // opening it says why it cannot be read
  }
}

StoreReader::StoreReader(std::string folder) try : impl_(std::make_unique<Impl>(folder)) {
} catch (const SqliteError& error) {
  refuse_store(folder, error);
}

StoreReader::~StoreReader() = default;

std::string StoreReader::study_text() const {
  const std::string text = impl_->stored_study().text;
  return text.empty() ? impl_->file_text("study.toml") : text;
}

bool StoreReader::holds_another(const Study& study) const {
  const std::string text = study_text();
  return !text.empty() && text != study.text;
}

Study StoreReader::study(const Catalogues& catalogues) const {
  const std::string text = study_text();
  require(!text.empty(), "the store in " + impl_->folder +
                             " has lost its study (and there is no study.toml beside it). Give the study to "
                             "quartic run, with --out " +
                             impl_->folder + ".");
  Study study = parse_study(text, impl_->folder + "/study.toml", {}, catalogues);
  std::optional<StudyLabel> label = impl_->stored_study().label;
  if (!label) label = label_in_manifest(impl_->folder, text);
  if (label) {
    study.name = label->name;
    study.effort = label->effort;
  }
  return study;
}

std::optional<Shard> StoreReader::shard() const {
  const std::optional<StudyLabel> label = impl_->stored_study().label;
  if (!label || label->shard.index < 1 || label->shard.index > label->shard.count) return std::nullopt;
  return label->shard;
}

std::optional<StoredRun> StoreReader::last_run() const {
  const std::optional<StudyLabel> label = impl_->stored_study().label;
  if (!label) return std::nullopt;
  for (StoredRun& run : runs())
    if (run.id == label->run) return std::move(run);
  return std::nullopt;
}

StoreCounts StoreReader::Impl::count(const Study& study, const Shard& shard) {
  const Demand demand(study, shard, ids());
  StoreCounts counts{.total = demand.fits()};
  Statement rows(database,
                 "SELECT series, n, replicate, status = 'failed', status = 'diverged' FROM records");
  while (rows.step()) {
    const Index fits = demand.count(rows.integer(0), rows.integer(1), rows.integer(2));
    counts.done += fits;
    counts.failed += fits * rows.integer(3);
    counts.diverged += fits * rows.integer(4);
  }
  return counts;
}

Index StoreReader::Impl::unsound(const Study& study) {
  const SeriesKeys keys(study);
  std::unordered_set<Index> seen;
  Index rows = 0;
  for (const Cell& cell : study.cells)
    for (const ArmSpec& arm : cell.arms) {
      const SeriesKey key = keys.key(cell, arm);
      const std::optional<Index> id = ids().find_id(key);
      if (id && seen.insert(*id).second)
        series.read(
            *id, key, [](StoredRecord&) {}, [&](Index, Index) { ++rows; });
    }
  return rows;
}

std::vector<StoredRun> StoreReader::runs() const {
  return impl_->translate_errors([&] { return runs_in(impl_->database); });
}

StoreCounts StoreReader::count(const Study& study, const Shard& shard) const {
  return impl_->translate_errors([&] { return impl_->count(study, shard); });
}

Index StoreReader::unsound(const Study& study) const {
  return impl_->translate_errors([&] { return impl_->unsound(study); });
}

void StoreReader::for_each(const Study& study, const std::function<void(const FoundRecord&)>& visit) const {
  const SeriesKeys keys(study);
  for (const Cell& cell : study.cells)
    for (const ArmSpec& arm : cell.arms)
      for (const FoundRecord& found : impl_->list_records(study, keys, cell, arm)) visit(found);
}

std::vector<FoundRecord> StoreReader::without_success(const Study& study, std::size_t most) const {
  std::vector<FoundRecord> first;
  const char* const count = "SELECT count(*) FROM records WHERE status IN ('failed', 'diverged')";
  if (impl_->translate_errors([&] { return impl_->database.number(count); }) == 0) return first;
  const SeriesKeys keys(study);
  for (const Cell& cell : study.cells)
    for (const ArmSpec& arm : cell.arms)
      for (FoundRecord& found : impl_->list_records(study, keys, cell, arm)) {
        const FitStatus status = found.record.report.status;
        if (status != FitStatus::failed && status != FitStatus::diverged) continue;
        first.push_back(std::move(found));
        if (first.size() >= most) return first;
      }
  return first;
}

FoundRecord StoreReader::find(const Study& study, const RecordName& name) const {
  const SeriesKeys keys(study);
  std::map<std::string, FoundRecord> found;  // by key
  bool any_series = false;
  std::set<std::string> changed;  // keys of series where this row is not sound
  for (const Cell& cell : study.cells)
    for (const ArmSpec& arm : cell.arms) {
      const std::string key = to_string(keys.key(cell, arm));
      if (!key.starts_with(name.series)) continue;
      any_series = true;
      const auto unsound = [&](Index n, Index replicate) {
        if (n == name.n && replicate == name.replicate) changed.insert(key);
      };
      for (FoundRecord& record : impl_->list_records(study, keys, cell, arm, unsound))
        if (record.record.n == name.n && record.record.replicate == name.replicate)
          found.emplace(record.key, std::move(record));
    }
  require(any_series, "there is no series " + name.series +
                          " in this study (quartic export --format jsonl names them all). Check the key.");
  require(changed.empty() || !found.empty(),
          "the row of " + to_string(name) +
              " was changed after it was written (its checksum fails). quartic "
              "resume " +
              impl_->folder + " computes it again.");
  require(!found.empty(), "the store has no record " + to_string(name) +
                              " (its series is there, this n and replicate are not). Check them.");
  require(found.size() + changed.size() == 1,
          to_string(name) + " may be several records (their keys begin alike). Write more digits.");
  return std::move(found.begin()->second);
}

void StoreReader::for_each_finished(const Study& study, const Cell& cell, const Take& take) {
  const SeriesKeys keys(study);
  for (const ArmSpec& arm : cell.arms)
    for (FoundRecord& found : impl_->list_records(study, keys, cell, arm)) take(found.record);
}

}  // namespace quartic
