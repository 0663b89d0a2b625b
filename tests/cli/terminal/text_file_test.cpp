#include "cli/terminal/text_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <functional>
#include <sstream>

#include "core/require.hpp"
#include "tests/cli/run_quartic.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::text_file_test {
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
  for (const auto& use : {std::function<void()>([&] { read_text_file(folder.path()); }),
                          std::function<void()>([&] { write_text_file(folder.path(), "a"); })})
    EXPECT_NE(support::thrown_message(use).find(" is a folder"), std::string::npos);
}

TEST(TextFiles, AreReadNoFurtherThanTheyAreText) {
  const testing::Scratch folder;
  const std::string sparse = (folder / "sparse.csv").string();
  write_text_file(sparse, "a,b\n");
  std::filesystem::resize_file(sparse, std::uintmax_t{5} << 30U);
  for (const std::string& path : {std::string("/dev/zero"), std::string("/dev/urandom"), sparse})
    EXPECT_NE(support::thrown_message([&] { read_text_file(path); }).find(path + " is no text"),
              std::string::npos)
        << path;
  std::istringstream in("12345");
  EXPECT_NE(support::thrown_message([&] { everything(in, "it", 4); }).find("it is too large"),
            std::string::npos);
}

TEST(TextFiles, OfARunArePlain) {
  const testing::Scratch folder;
  ASSERT_EQ(mkfifo((folder / "summary.csv").c_str(), 0600), 0);
  for (const char* name : {"summary.csv", "none.csv"})
    EXPECT_NE(support::thrown_message([&] { read_run_file(folder.path(), name); }).find("there is no run in"),
              std::string::npos);
}

}  // namespace
}  // namespace quartic::text_file_test
