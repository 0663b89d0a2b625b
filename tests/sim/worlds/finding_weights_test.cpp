#include "sim/worlds/finding_weights.hpp"

#include <gtest/gtest.h>

#include <array>

#include "sim/worlds/xray.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::finding_weights_test {
namespace {

constexpr std::array<Index, 6> columns = {12, 0, 5, 9, 3, 2};  // margin, size, size, count, present, margin

TEST(FindingWeights, ByKindIsANormalForEachKindTheSameInAllPlaces) {
  const std::vector<double> b = draw_finding_weights("by_kind", columns, Stream(1));
  std::array<double, 5> normals{};
  Stream(1).fill_normal(normals);
  EXPECT_EQ(b, (std::vector<double>{normals[2], normals[0], normals[0], normals[4], normals[3], normals[2]}));
}

TEST(FindingWeights, KindsAreTheNumbersWritten) {
  EXPECT_EQ(draw_finding_weights("kinds(2, 1, 0.5, 3, -1)", columns, Stream(1)),
            (std::vector<double>{0.5, 2, 2, -1, 3, 0.5}));
}

TEST(FindingWeights, OthersAreThoseOfAnyWorld) {
  for (const char* text : {"equal", "gaussian", "signs", "decay(1)"})
    EXPECT_EQ(draw_finding_weights(text, columns, Stream(1)), draw_coefficients(text, 6, Stream(1))) << text;
}

TEST(FindingWeights, RefusesWhatItCannotReadAndWeightsOfZero) {
  const auto message = [](const char* text) {
    return support::thrown_message([&] { require_finding_weights(text); });
  };
  EXPECT_NE(message("by_kidn").find("Did you mean \"by_kind\"?"), std::string::npos) << message("by_kidn");
  EXPECT_NE(message("kinds(1, 2)").find("kinds(size, density, margin, present, count)"), std::string::npos);
  EXPECT_NE(message("kinds(1, 0, 1, 1, 1)").find("would not be relevant"), std::string::npos);
  EXPECT_NE(message("decay(21)").find("from 0 to 20"), std::string::npos);
  EXPECT_EQ(message("kinds(1, -1, 1, 1, 1)"), "");
}

// What is found counts, not where: the patient's places may change places.
TEST(FindingWeights, AScoreByKindIsTheSameWhereverAFindingIs) {
  const Truth truth =
      Xray{.candidates = 10, .relevant = 10, .coefficients = "kinds(2, 1, 1, 2, -1)"}.draw(Stream(1));
  const Truth equal =
      Xray{.candidates = 10, .relevant = 10, .coefficients = "kinds(4, 2, 2, 4, -2)"}.draw(Stream(2));
  EXPECT_EQ(truth.mean({0, 20}, Stream(3)), equal.mean({0, 20}, Stream(3)));
  EXPECT_EQ(truth.facts(), equal.facts());
}

}  // namespace
}  // namespace quartic::finding_weights_test
