#include "experiments/store/recompute.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "experiments/results/memory_archive.hpp"
#include "experiments/results/record_columns.hpp"

namespace quartic {

namespace {

using Place = std::tuple<Index, std::string, Index, Index>;  // cell, arm, n, replicate

Place place_of_record(const Record& record) {
  return {record.cell, record.arm, record.n, record.replicate};
}

bool same(FitStatus a, FitStatus b) {
  return a == b;
}

bool same(Index a, Index b) {
  return std::max<Index>(a, -1) == std::max<Index>(b, -1);
}

bool same(const std::string& a, const std::string& b) {
  return a == b;
}

bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

bool same(const std::vector<TrainingPoint>& a, const std::vector<TrainingPoint>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.step == y.step && same(x.training_error, y.training_error) &&
           same(x.validation_error, y.validation_error);
  });
}

// A one to one mixture of all bits (the finaliser of splitmix64).
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ x >> 27) * 0x94d049bb133111ebULL;
  return x ^ x >> 31;
}

// Times are not, nor bills that the version of quartic which made the record did not tell.
bool is_compared(const auto& column, const Record& stored) {
  return column.file != InFile::timings &&
         (column.since != store_with_bills || has_numbers_since(store_with_bills, stored));
}

}  // namespace

std::vector<std::string> RecomputedRecord::differences() const {
  std::vector<std::string> names;
  for_each_column(stored.record, [&](const auto& column, const auto& value) {
    if (is_compared(column, stored.record) && !same(value, column.in(computed)))
      names.emplace_back(column.name);
  });
  return names;
}

std::vector<RecomputedRecord> recompute(const StoreReader& store, const Study& study,
                                        const EngineOptions& options,
                                        const std::function<bool(const FoundRecord&)>& wanted) {
  std::map<Place, FoundRecord> stored;
  store.for_each(study, [&](const FoundRecord& found) {
    if (wanted(found)) stored.emplace(place_of_record(found.record), found);
  });
  if (stored.empty()) return {};
  const Cell first = study.cells.front();  // arms have the same names in every cell
  MemoryArchive computed;
  EngineOptions engine = options;
  engine.archive = &computed;
  engine.wanted = [&](const Slot& slot) {
    return stored.contains({slot.cell, first.arms[static_cast<std::size_t>(slot.arm)].name,
                            study.sizes[static_cast<std::size_t>(slot.size)], slot.replicate});
  };
  Nowhere nowhere;
  run(study, engine, nowhere);
  std::map<Place, RecomputedRecord> pairs;
  for (const auto& [cell, records] : computed.records())
    for (const Record& record : records) {
      const Place place = place_of_record(record);
      pairs.emplace(place, RecomputedRecord{stored.at(place), record});
    }
  std::vector<RecomputedRecord> in_order;
  for (auto& [place, pair] : pairs) in_order.push_back(std::move(pair));
  return in_order;
}

TaskSample::TaskSample(const StoreReader& store, const Study& study, double share)
    : seed_(mixed(study.seed)),
      limit_(share >= 1 ? ~0ULL : static_cast<std::uint64_t>(std::ldexp(std::max(share, 0.0), 64))) {
  std::uint64_t least = ~0ULL;
  std::set<std::pair<Index, Index>> chosen;
  const auto choose = [&](const FoundRecord& found) {
    least = std::min(least, draw_place(found));
    if (draw_place(found) <= limit_) chosen.emplace(found.record.cell, found.record.replicate);
  };
  store.for_each(study, choose);
  if (chosen.empty()) {
    limit_ = least;
    store.for_each(study, choose);
  }
  tasks_ = std::ssize(chosen);
}

std::uint64_t TaskSample::draw_place(const FoundRecord& found) const {
  return mixed(mixed(seed_ ^ static_cast<std::uint64_t>(found.record.cell)) ^
               static_cast<std::uint64_t>(found.record.replicate));
}

bool TaskSample::operator()(const FoundRecord& found) const {
  return draw_place(found) <= limit_;
}

}  // namespace quartic
