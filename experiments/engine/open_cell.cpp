#include "experiments/engine/open_cell.hpp"

#include <algorithm>
#include <cmath>

#include "experiments/results/record_columns.hpp"

namespace quartic::detail {

namespace {

// Failed fits say where they stand: only here is it known.
std::string with_place(const std::string& message, const Record& record) {
  return message + " [cell " + std::to_string(record.cell) + ", arm " + record.arm + ", n " +
         std::to_string(record.n) + ", replicate " + std::to_string(record.replicate) + "]";
}

double as_measure(double value) {
  return value;
}
double as_measure(Index count) {
  return count < 0 ? Record::not_measured : static_cast<double>(count);
}
double as_measure(FitStatus status) {
  return static_cast<double>(status);
}

template <class T>
T from_measure(double value) {
  if constexpr (std::same_as<T, double>)
    return value;
  else
    return static_cast<T>(std::isnan(value) ? -1 : std::lround(value));
}

template <class T>
concept Measured = requires(const T& value) {
  as_measure(value);
};

void keep_numbers(Cube& cube, const Slot& slot, const Record& record) {
  for_each_column(record, [&]<class T>(const auto& column, const T& value) {
    if constexpr (Measured<T>)
      if (column.measure) cube.set(slot, *column.measure, as_measure(value));
  });
}

// What the cube holds of a record.
Record numbers_at(const Cube& cube, const Slot& slot) {
  Record record;
  for_each_column(record, [&]<class T>(const auto& column, T& value) {
    if constexpr (Measured<T>)
      if (column.measure) value = from_measure<T>(cube.at(slot, *column.measure));
  });
  return record;
}

}  // namespace

Index replicates_at(const Study& study, const EngineOptions& options, const Cell& cell, Index arm,
                    Index size) {
  if (options.allotment) return options.allotment->at(cell.id, arm, size);
  return count_replicates(study, cell.arms[static_cast<std::size_t>(arm)],
                          study.sizes[static_cast<std::size_t>(size)]);
}

OpenCell::OpenCell(const RunPlace& place, Index position)
    : place_(place),
      position_(position),
      cell_(place.study.cells[static_cast<std::size_t>(position)]),
      in_shard_(static_cast<std::size_t>(place.cube.axes().replicates), 1),
      seconds_(static_cast<std::size_t>(arms() * sizes() * place.cube.axes().replicates),
               Record::not_measured) {
  if (const Shard shard = place.options.shard; shard.count > 1) {
    const std::uint64_t hash = place.keys.task_hash(cell_);
    for (std::size_t r = 0; r < in_shard_.size(); ++r)
      in_shard_[r] = find_shard(hash, static_cast<Index>(r), shard.count) == shard.index;
  }
  if (place.source) fill_from(*place.source);
  find_tasks();
}

// Index of a slot within its cell.
Index OpenCell::index_in_cell(const Slot& slot) const {
  return (slot.arm * sizes() + slot.size) * place_.cube.axes().replicates + slot.replicate;
}

bool OpenCell::wants(const Slot& slot) const {
  return in_shard_[static_cast<std::size_t>(slot.replicate)] &&
         (!place_.options.wanted || place_.options.wanted(slot));
}

bool OpenCell::lacks(const Slot& slot) const {
  return std::isnan(place_.cube.at(slot, Measure::status));
}

// Sources may hold more than this study, or this part of it, asks for.
void OpenCell::fill_from(RecordSource& source) {
  const std::vector<std::string>& names = place_.cube.axes().arms;
  const std::vector<Index>& all_sizes = place_.study.sizes;
  source.for_each_finished(place_.study, cell_, [&](Record& record) {
    const Index arm = std::find(names.begin(), names.end(), record.arm) - names.begin();
    const auto size = std::lower_bound(all_sizes.begin(), all_sizes.end(), record.n);
    if (arm == arms() || size == all_sizes.end() || *size != record.n || record.replicate < 0) return;
    const Slot slot{position_, arm, size - all_sizes.begin(), record.replicate};
    if (slot.replicate >= replicates(slot.arm, slot.size) || !wants(slot) || !lacks(slot)) return;
    put(slot, record);
    ++found_;
  });
}

void OpenCell::find_tasks() {
  std::vector<char> lacking(in_shard_.size(), 0);
  for (Index arm = 0; arm < arms(); ++arm)
    for (Index size = 0; size < sizes(); ++size)
      for (Index r = 0, count = replicates(arm, size); r < count; ++r)
        if (const Slot slot{position_, arm, size, r}; wants(slot)) {
          ++fits_;
          lacking[static_cast<std::size_t>(r)] |= static_cast<char>(lacks(slot));
        }
  for (std::size_t r = 0; r < lacking.size(); ++r)
    if (lacking[r]) tasks_.push_back(static_cast<Index>(r));
  tasks_left_ = std::ssize(tasks_);
}

std::optional<Index> OpenCell::next_replicate() {
  if (next_task_ == tasks_.size()) return std::nullopt;
  return tasks_[next_task_++];
}

SizesByArm OpenCell::missing(Index replicate) const {
  SizesByArm missing(static_cast<std::size_t>(arms()));
  for (Index arm = 0; arm < arms(); ++arm)
    for (Index size = 0; size < sizes(); ++size)
      if (const Slot slot{position_, arm, size, replicate};
          replicate < replicates(arm, size) && wants(slot) && lacks(slot))
        missing[static_cast<std::size_t>(arm)].push_back(place_.study.sizes[static_cast<std::size_t>(size)]);
  return missing;
}

const ReadyCell& OpenCell::ready() {
  std::call_once(made_ready_, [this] { ready_.emplace(make_ready(place_.study, cell_)); });
  return *ready_;
}

void OpenCell::keep_classes(Index note, const Record& record) {
  constexpr auto none = [] {
    std::array<double, class_column_count> numbers{};
    numbers.fill(nan);
    return numbers;
  }();
  if (classes_.empty()) classes_.resize(seconds_.size(), none);
  auto number = classes_[static_cast<std::size_t>(note)].begin();
  for_each_class_column(record, [&](const auto&, double value) { *number++ = value; });
}

void OpenCell::put(const Slot& slot, Record& record) {
  keep_numbers(place_.cube, slot, record);
  const Index note = index_in_cell(slot);
  seconds_[static_cast<std::size_t>(note)] = record.report.cost.cpu_seconds;
  if (has_class_measures(record)) keep_classes(note, record);
  if (!record.report.message.empty()) messages_[note] = std::move(record.report.message);
  if (!record.report.history.empty()) histories_[note] = std::move(record.report.history);
  failed_ += record.report.status == FitStatus::failed;
}

void OpenCell::keep(std::vector<Outcome> outcomes) {
  const std::scoped_lock lock(notes_mutex_);
  for (Outcome& outcome : outcomes)
    put({position_, outcome.arm, outcome.size, outcome.record.replicate}, outcome.record);
}

void OpenCell::end_task() {
  const std::scoped_lock lock(notes_mutex_);
  if (tasks_left_ == 1) ready_.reset();  // a finished cell may wait long for those before it
  --tasks_left_;
}

void OpenCell::add_notes(const Slot& slot, Record& record) const {
  const Index note = index_in_cell(slot);
  record.report.cost.cpu_seconds = seconds_[static_cast<std::size_t>(note)];
  if (!classes_.empty()) {
    auto number = classes_[static_cast<std::size_t>(note)].begin();
    for_each_class_column(record, [&](const auto&, double& value) { value = *number++; });
  }
  if (const auto found = messages_.find(note); found != messages_.end())
    record.report.message =
        record.report.status == FitStatus::failed ? with_place(found->second, record) : found->second;
  if (const auto found = histories_.find(note); found != histories_.end())
    record.report.history = found->second;
}

Record OpenCell::record_at(const Slot& slot) const {
  Record record = numbers_at(place_.cube, slot);
  record.cell = cell_.id;
  record.arm = place_.cube.axes().arms[static_cast<std::size_t>(slot.arm)];
  record.n = place_.study.sizes[static_cast<std::size_t>(slot.size)];
  record.replicate = slot.replicate;
  add_notes(slot, record);
  return record;
}

void OpenCell::write(RecordSink& sink) const {
  for (Index arm = 0; arm < arms(); ++arm)
    for (Index size = 0; size < sizes(); ++size) write({position_, arm, size, 0}, sink);
}

// Some at a time: a record is several times what the cube holds of it.
void OpenCell::write(Slot slot, RecordSink& sink) const {
  constexpr std::size_t at_once = 1000;
  std::vector<Record> records;
  for (const Index count = replicates(slot.arm, slot.size); slot.replicate < count; ++slot.replicate) {
    if (!lacks(slot)) records.push_back(record_at(slot));
    if (records.size() == at_once) {
      sink.write(records);
      records.clear();
    }
  }
  if (!records.empty()) sink.write(records);
}

}  // namespace quartic::detail
