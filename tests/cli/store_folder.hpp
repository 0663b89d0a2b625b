#pragma once
/// The folder of a run of the built program, for the tests of what is in it.
#include <gtest/gtest.h>

#include <optional>

#include "experiments/platform/sqlite.hpp"
#include "experiments/store/reader.hpp"
#include "experiments/store/record_store.hpp"
#include "tests/cli/run_quartic.hpp"

namespace quartic::testing {

/// A folder that holds small.toml, of 54 fits, and runs of it.
class StoreFolder : public ::testing::Test {
 protected:
  void SetUp() override { write_text(folder / "small.toml", small_study); }
  Outcome quartic(const std::string& words) { return run_quartic(folder, words); }
  Outcome run(const std::string& words) { return quartic("run small.toml --quiet " + words); }
  std::string path(const std::string& name) { return (folder / name).string(); }
  bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

  /// All results that may not depend on how they came about.
  std::string results(const std::string& name) {
    std::string all;
    for (const char* file :
         {"records.csv", "summary.csv", "findings.json", "cube.npy", "cube.json", "study.toml"}) {
      const std::string text = read_text(folder / name / file);
      EXPECT_FALSE(text.empty()) << name << "/" << file;
      all += text;
    }
    return all;
  }
  Study study_of(const std::string& name) { return StoreReader(path(name)).study(); }
  FoundRecord some_record(const std::string& name, Index n = 60, Index replicate = 2) {
    std::optional<FoundRecord> found;
    StoreReader(path(name)).for_each(study_of(name), [&](const FoundRecord& record) {
      if (record.record.arm == "regularised" && record.record.n == n && record.record.replicate == replicate)
        found = record;
    });
    return found.value();
  }
  std::string name_of(const FoundRecord& found) {
    return to_string(RecordName{found.key, found.record.n, found.record.replicate});
  }
  /// Puts a record with a right checksum and wrong contents into the store.
  void falsify(const std::string& name, Record record) {
    const Study study = study_of(name);
    RecordStore store(path(name), study);
    store.keep(study, study.cells[0], {&record, 1});
  }

  void sql(const std::string& name, const std::string& statement) {
    detail::Database(path(name) + "/run.sqlite", detail::Access::write).run(statement);
  }

  Scratch folder;
};

}  // namespace quartic::testing
