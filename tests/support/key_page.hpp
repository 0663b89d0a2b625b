#pragma once
/// Reference tables on pages: each stands between <!-- keys: NAME --> and <!-- /keys -->, and is made of a
/// table of keys. QUARTIC_WRITE_DOCS=1 in the environment of the test writes them anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "experiments/study/keys.hpp"
#include "tests/support/places.hpp"

namespace quartic::testing {

inline void expect_on_page(const std::string& page, const std::string& name, const detail::KeyTable& keys) {
  const auto path = std::filesystem::path(source_folder()) / "docs" / page;
  std::ifstream file(path);
  std::string text(std::istreambuf_iterator<char>(file), {});
  const std::string begin = "<!-- keys: " + name + " -->\n", end = "<!-- /keys -->";
  const std::size_t at = text.find(begin);
  ASSERT_NE(at, std::string::npos) << page << " has no line " << begin;
  const std::size_t first = at + begin.size(), last = text.find(end, first);
  const std::string wanted = "\n" + render_markdown(keys) + "\n", found = text.substr(first, last - first);
  if (std::getenv("QUARTIC_WRITE_DOCS")) {
    text.replace(first, last - first, wanted);
    std::ofstream(path) << text;
    return;
  }
  EXPECT_EQ(found, wanted) << "write the tables of docs/" << page
                           << " anew: QUARTIC_WRITE_DOCS=1 build/release/tests/experiments_test "
                              "--gtest_filter='*Keys.*'";
}

}  // namespace quartic::testing
