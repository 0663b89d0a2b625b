#include "cli/help/common_options.hpp"

#include <gtest/gtest.h>

#include "laws/frontiers/projection.hpp"

namespace quartic::common_options_test {
namespace {

/// A request in which these options have these values.
Request asked(std::map<std::string, std::vector<std::string>, std::less<>> values) {
  Request request;
  request.values = std::move(values);
  return request;
}

TEST(CommonOptions, LeftOutMeanAllOfTheMachine) {
  EXPECT_EQ(read_threads(asked({})), 0);
  EXPECT_EQ(read_memory(asked({})), 0);
  EXPECT_EQ(read_threads(asked({{"--threads", {"3"}}})), 3);
  EXPECT_THROW(read_threads(asked({{"--threads", {"0"}}})), InvalidInput);
}

TEST(CommonOptions, TakeOneSeedAtMost) {
  EXPECT_EQ(read_seed(asked({})), std::nullopt);
  EXPECT_EQ(read_seed(asked({{"--seed", {"7"}}})), 7U);
  EXPECT_EQ(read_seed(asked({{"--seed-from", {"a"}}})), 0xE40C292CU);
  EXPECT_THROW(read_seed(asked({{"--seed-from", {""}}})), InvalidInput);
  EXPECT_THROW(read_seed(asked({{"--seed", {"7"}}, {"--seed-from", {"a"}}})), InvalidInput);
}

TEST(CommonOptions, RefuseAnEmptyName) {
  EXPECT_EQ(read_name(asked({}), "--out"), "");
  EXPECT_EQ(read_name(asked({{"--out", {"a"}}}), "--out"), "a");
  EXPECT_THROW(read_name(asked({{"--out", {""}}}), "--out"), InvalidInput);
}

TEST(CommonOptions, FindTheValueOfAWord) {
  const auto form = [](const std::string& word) {
    return value_named(word, "--law", "form", {ProjectionForm::power, ProjectionForm::exponential});
  };
  EXPECT_EQ(form("exponential"), ProjectionForm::exponential);
  try {
    form("powr");
    FAIL();
  } catch (const InvalidInput& error) {
    EXPECT_STREQ(error.what(), "--law was given \"powr\" (there is no such form). Did you mean \"power\"?");
  }
}

TEST(CommonOptions, GoTogetherInTheirOrder) {
  const OptionGroup all = together({machine_options(), report_options()});
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(all.front().name, "--threads");
  EXPECT_EQ(all.back().name, "--quiet");
}

}  // namespace
}  // namespace quartic::common_options_test
