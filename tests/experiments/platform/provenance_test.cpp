#include "experiments/platform/provenance.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "experiments/platform/build_info.hpp"

namespace quartic::provenance_test {
namespace {

TEST(Provenance, NamesTheProgramTheMachineAndTheMoment) {
  const auto json = nlohmann::json::parse(provenance_json());
  EXPECT_EQ(json["program"]["name"], "quartic");
  EXPECT_EQ(json["program"]["version"], std::string(version()));
  EXPECT_FALSE(json["machine"]["cpu"].get<std::string>().empty());
  EXPECT_FALSE(json["machine"]["blas"].get<std::string>().empty());
  EXPECT_TRUE(std::regex_match(json["finished"].get<std::string>(),
                               std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)")));
}

}  // namespace
}  // namespace quartic::provenance_test
