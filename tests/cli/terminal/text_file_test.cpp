#include "cli/terminal/text_file.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "tests/cli/run_quartic.hpp"

namespace quartic {
namespace {

TEST(TextFiles, AreReadAsTheyWereWritten) {
  const testing::Scratch folder;
  const std::string path = (folder / "a.txt").string();
  write_text_file(path, "one\r\ntwo\n");
  EXPECT_EQ(read_text_file(path), "one\r\ntwo\n");
  write_text_file(path, "");
  EXPECT_EQ(read_text_file(path), "");
}

TEST(TextFiles, ThatCannotBeOpenedAreNamed) {
  const testing::Scratch folder;
  const std::string path = (folder / "none/a.txt").string();
  EXPECT_THROW(read_text_file(path), InvalidInput);
  EXPECT_THROW(write_text_file(path, "a"), std::exception);
}

}  // namespace
}  // namespace quartic
