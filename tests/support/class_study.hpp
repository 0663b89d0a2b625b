#pragma once
/// The plain study on a world of classes, and records of it that nobody fitted.
#include "tests/experiments/engine/doubles.hpp"

namespace quartic::testing {

struct ClassWorld : doubles::PlainWorld {
  std::string name() const { return "classes"; }
  Task task() const { return Task::classification; }
};

inline Study class_study() {
  Study study = doubles::plain_study();
  study.text = "title = \"classes\"\n";
  study.catalogues = study.catalogues.with(
      CatalogueEntry<World>{"classes", "a small world of classes", describe(doubles::PlainWorld::options()),
                            [](const OptionValues& values) {
                              return World(ClassWorld{with_options(doubles::PlainWorld::options(), values)});
                            }});
  edit(study.cells)->world.kind = "classes";
  return study;
}

/// These records with what can stand in the columns of classes: numbers, none of them, some of them, infinities.
inline std::vector<Record> with_classes(std::vector<Record> records) {
  for (std::size_t k = 0; k < records.size(); ++k) {
    Record& record = records[k];
    if (k % 4 == 0) continue;
    record.auc = k % 4 == 1 ? 0.5 + 0.01 * static_cast<double>(k) : Record::not_measured;
    record.log_loss = k % 4 == 2 ? HUGE_VAL : 1.0 / static_cast<double>(3 + k);
    record.brier = k % 4 == 3 ? -0.0 : 0.25;
  }
  return records;
}

/// 32 of them; made once, because times differ.
inline const std::vector<Record>& class_records() {
  static const std::vector<Record> records = with_classes(doubles::run_study(doubles::plain_study()).records);
  return records;
}

}  // namespace quartic::testing
