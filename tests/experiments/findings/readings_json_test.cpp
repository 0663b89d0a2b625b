#include "experiments/findings/readings_json.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace quartic::readings_json_test {
namespace {

TEST(ReadingsJson, TellsEveryFormAndWritesNullForWhatIsNotFinite) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(
      readings_json({{LawForm::power, {2, 1.5, 2.5}, 0.5, false}, {LawForm::offset, {4, nan, nan}, 0, true}}),
      R"([{"form":"power","estimate":2.0,"low":1.5,"high":2.5,"p":0.5,"excluded":false},)"
      R"({"form":"offset","estimate":4.0,"low":null,"high":null,"p":0.0,"excluded":true}])");
  EXPECT_EQ(readings_json({}), "[]");
}

TEST(ReadingsJson, QuotesWarningsWhateverBytesTheyHold) {
  EXPECT_EQ(warnings_json({{WarningKind::narrow_range, "\"A\" and \xff"}}),
            "[{\"kind\":\"narrow_range\",\"text\":\"\\\"A\\\" and \xEF\xBF\xBD\"}]");
  EXPECT_EQ(warnings_json({}), "[]");
}

}  // namespace
}  // namespace quartic::readings_json_test
