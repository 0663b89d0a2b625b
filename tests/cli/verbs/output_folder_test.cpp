#include "cli/verbs/output_folder.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "tests/cli/run_quartic.hpp"

namespace quartic::output_folder_test {
namespace {

TEST(OutputFolder, HasTheNameOfTheStudyWithoutWhatFilesCannotHave) {
  EXPECT_EQ(unused_folder("no/such study"), "runs/no_such_study");
  EXPECT_EQ(unused_folder(".."), "runs/study");
}

TEST(OutputFolder, IsReplacedByTheSameStudyOnly) {
  const testing::Scratch folder;
  EXPECT_NO_THROW(require_replaceable(folder.path(), "title = \"a\"\n"));
  testing::write_text(folder / "study.toml", "title = \"a\"\n");
  EXPECT_NO_THROW(require_replaceable(folder.path(), "title = \"a\"\n"));
  EXPECT_THROW(require_replaceable(folder.path(), "title = \"b\"\n"), InvalidInput);
}

}  // namespace
}  // namespace quartic::output_folder_test
