#include "cli/report/run_page.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/cli/run_quartic.hpp"

namespace quartic::run_page_test {
namespace {

using testing::read_text;
using testing::run_quartic;
using testing::Scratch;

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(RunPage, HoldsEverythingUnderTheHeadingsOfASimulationStudy) {
  const Scratch folder;
  testing::write_text(folder / "small.toml", testing::small_study);
  ASSERT_EQ(run_quartic(folder, "run small.toml --quiet --out made").status, 0);
  const testing::Outcome outcome = run_quartic(folder, "report made");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "made/report.html\n");
  const std::string page = read_text(folder / "made/report.html");
  for (const char* part :
       {"<h1>A small study</h1>", "<h2>Aims</h2>", "Does everything work?",
        "<h2>Data-generating mechanisms</h2>", "<h2>Estimands</h2>", "<h2>Methods</h2>",
        "<h2>Performance measures</h2>", "The oracle learns from data", "Monte Carlo standard error",
        "<h2>How to reproduce it</h2>", "quartic run small.toml", "SHA-256", "candidates = 20", "supported"})
    EXPECT_TRUE(says(page, part)) << part;
  const std::string manifest = read_text(folder / "made/manifest.json");
  const std::size_t digest = manifest.find("\"sha256\": \"") + 11;
  EXPECT_TRUE(says(page, manifest.substr(digest, 64)));
  for (const char* foreign : {"<script", "src=", "<link", "@import", "url(http"})
    EXPECT_FALSE(says(page, foreign)) << foreign;
  if (testing::has_gnuplot()) {
    EXPECT_TRUE(says(page, "<svg"));
  }
}

TEST(RunPage, ShowsWhatANameSaysAsText) {
  const Scratch folder;
  std::string study = testing::small_study;
  const auto replace = [&](const std::string& from, const std::string& to) {
    study.replace(study.find(from), from.size(), to);
  };
  replace("A small study", "<script>alert(1)</script>");
  replace("Does everything work?", "<img src=x onerror=alert(1)> & `touch ran`");
  replace("The oracle learns from data", "</pre><script>alert(2)</script>");
  testing::write_text(folder / "small.toml", study);
  ASSERT_EQ(run_quartic(folder, "run small.toml --quiet --out made").status, 0);
  ASSERT_EQ(run_quartic(folder, "report made --out page.html").status, 0);
  const std::string page = read_text(folder / "page.html");
  EXPECT_FALSE(says(page, "<script"));
  EXPECT_FALSE(says(page, "<img"));
  EXPECT_TRUE(says(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_FALSE(std::filesystem::exists(folder / "ran"));
}

TEST(RunPage, IsWrittenWithoutPicturesWhereTheyCannotBeDrawn) {
  const Scratch folder;
  testing::write_text(folder / "small.toml", testing::small_study);
  ASSERT_EQ(run_quartic(folder, "run small.toml --quiet --out made").status, 0);
  const testing::Outcome outcome = run_quartic(folder, "report made", "", "PATH=/nowhere");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(says(outcome.err, "gnuplot"));
  EXPECT_FALSE(says(read_text(folder / "made/report.html"), "<svg"));
}

TEST(RunPage, IsRefusedWithoutARecordOrOfATable) {
  const Scratch folder;
  std::filesystem::create_directory(folder / "empty");
  EXPECT_EQ(run_quartic(folder, "report empty").status, 2);
  ASSERT_EQ(run_quartic(folder, "run recorded --effort classroom --quiet --out table").status, 0);
  const testing::Outcome outcome = run_quartic(folder, "report table");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_TRUE(says(outcome.err, "the run of a table")) << outcome.err;
}

}  // namespace
}  // namespace quartic::run_page_test
