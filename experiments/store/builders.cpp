#include "experiments/store/builders.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "experiments/platform/build_info.hpp"
#include "experiments/platform/machine.hpp"
#include "experiments/platform/sqlite.hpp"
#include "experiments/store/demand.hpp"
#include "models/linear/blas.hpp"

namespace quartic {

namespace {

struct Part {
  const char* name;
  std::string Builder::*member;
};
constexpr std::array<Part, 6> parts = {{{"version", &Builder::version},
                                        {"revision", &Builder::git_revision},
                                        {"compiler", &Builder::compiler},
                                        {"flags", &Builder::flags},
                                        {"processor", &Builder::instruction_set},
                                        {"BLAS", &Builder::blas}}};

void add(std::vector<Builder>& builders, Builder more) {
  const auto same = std::find_if(builders.begin(), builders.end(),
                                 [&](const Builder& one) { return one.differences(more).empty(); });
  if (same == builders.end()) {
    builders.push_back(std::move(more));
    return;
  }
  same->records += more.records;
  for (const std::string& cpu : more.cpus)
    if (std::find(same->cpus.begin(), same->cpus.end(), cpu) == same->cpus.end()) same->cpus.push_back(cpu);
}

}  // namespace

std::string Builder::differences(const Builder& other) const {
  std::string text;
  for (const Part& part : parts) {
    if (this->*part.member == other.*part.member) continue;
    text += (text.empty() ? "" : "; ") + std::string(part.name) + " " + this->*part.member + ", there " +
            other.*part.member;
  }
  return text;
}

Builder this_builder() {
  return {.version = std::string(version()),
          .git_revision = std::string(git_revision()),
          .compiler = std::string(compiler()),
          .flags = std::string(compiler_flags()),
          .instruction_set = std::string(instruction_set()),
          .blas = blas_description(),
          .cpus = {cpu_model()}};
}

std::vector<Builder> StudyBuilders::and_this() const {
  std::vector<Builder> all = builders;
  if (missing > 0) add(all, this_builder());
  return all;
}

namespace detail {

Builder builder_of(const StoredRun& run) {
  return {.version = run.version,
          .git_revision = run.git_revision,
          .compiler = run.compiler,
          .flags = run.flags,
          .instruction_set = run.instruction_set,
          .blas = run.blas,
          .cpus = {run.cpu}};
}

StudyBuilders builders_in(const Database& database, const Demand& demand) {
  std::map<Index, Index> records;  // by run
  Statement rows(database, "SELECT series, n, replicate, run FROM records");
  while (rows.step())
    if (const Index count = demand.count(rows.integer(0), rows.integer(1), rows.integer(2)); count > 0)
      records[rows.integer(3)] += count;
  StudyBuilders all{.missing = demand.fits()};
  std::map<Index, StoredRun> runs;
  for (StoredRun& run : runs_in(database)) runs[run.id] = std::move(run);
  for (const auto& [id, count] : records) {
    Builder builder = builder_of(runs[id]);  // of a run that a merge could not read: all empty
    builder.records = count;
    add(all.builders, std::move(builder));
    all.missing -= count;
  }
  return all;
}

}  // namespace detail
}  // namespace quartic
