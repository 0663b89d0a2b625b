#include "experiments/tables/table_folder.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "experiments/platform/digest.hpp"
#include "experiments/tables/built_in.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::table_folder_test {
namespace {

namespace fs = std::filesystem;
using testing::Scratch;

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TableStudy study() {
  return parse_table_study(built_in_table_studies().at("recorded"), "recorded",
                           {"classroom", {{"resamples", "50"}}});
}
TableResult result() {
  return analyse(study(), parse_csv(built_in_tables().at("imagenet"), "imagenet"),
                 read_machines(built_in_tables().at("conversions"), "conversions"));
}

std::string store_in(const std::string& folder, double wall_seconds) {
  HeldFolder held(folder);
  return store_table_run(held, study(), result(), wall_seconds);
}

TEST(TableStore, LeavesFourWholeFilesAndTheirDigest) {
  const Scratch scratch;
  const std::string folder = scratch / "runs/recorded";
  const std::string digest = store_in(folder, 0.5);
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
  EXPECT_EQ(names, (std::set<std::string>{"findings.json", "manifest.json", "points.csv", "study.toml"}));
  EXPECT_EQ(digest, sha256(read(folder + "/points.csv") + read(folder + "/findings.json")));
  EXPECT_EQ(read(folder + "/study.toml"), study().text);
  const auto manifest = nlohmann::json::parse(read(folder + "/manifest.json"));
  EXPECT_EQ(manifest["digest"]["sha256"], digest);
  EXPECT_EQ(manifest["program"]["name"], "quartic");
  EXPECT_EQ(manifest["study"]["name"], "recorded");
  EXPECT_EQ(manifest["wall_seconds"], 0.5);
}

TEST(TableStore, ReplacesAnEarlierRunAndNothingElse) {
  const Scratch scratch;
  const std::string folder = scratch / "run";
  const std::string digest = store_in(folder, 1);
  EXPECT_EQ(store_in(folder, 2), digest);
  fs::create_directory(scratch / "taken");
  std::ofstream(scratch / "taken/thesis.txt") << "mine";
  const std::string message = support::thrown_message([&] { store_in(scratch / "taken", 1); });
  EXPECT_NE(message.find("thesis.txt"), std::string::npos) << message;
  EXPECT_FALSE(fs::exists(scratch / "taken/points.csv"));
}

}  // namespace
}  // namespace quartic::table_folder_test
