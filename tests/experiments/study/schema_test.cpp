#include "experiments/study/schema.hpp"

#include <gtest/gtest.h>

#include "experiments/study/read/parse_study.hpp"
#include "tests/support/json_schema.hpp"

namespace quartic::schema_test {
namespace {

using testing::Json;
using testing::to_json;
using testing::valid;

Json study(const std::string& name) {
  return to_json(detail::read_document(built_in_studies().at(name), name));
}

TEST(StudySchema, AcceptsTheBuiltInExperiments) {
  const Json schema = Json::parse(study_schema(built_in_catalogues()));
  for (const auto& [name, text] : built_in_studies()) EXPECT_TRUE(valid(study(name), schema)) << name;
}

TEST(StudySchema, AcceptsTheStudyAsItRan) {
  const Json schema = Json::parse(study_schema(built_in_catalogues()));
  const Study ran = parse_study(built_in_studies().at("figure2"), "figure2",
                                {"classroom", {{"world.candidates", "[500, \"2*n\"]"}}});
  EXPECT_TRUE(valid(to_json(detail::read_document(ran.text, "ran")), schema));
}

TEST(StudySchema, AcceptsASweepOverKindsOfWorld) {
  const Json schema = Json::parse(study_schema(built_in_catalogues()));
  Json kinds = study("figure2");
  kinds["world"]["kind"] = {"sparse_linear", "smooth"};
  EXPECT_TRUE(valid(kinds, schema));
  kinds["world"]["kind"] = {"sparse_linear", "smoth"};
  EXPECT_FALSE(valid(kinds, schema));
}

TEST(StudySchema, RefusesWhatTheParserRefuses) {
  const Json schema = Json::parse(study_schema(built_in_catalogues()));
  const std::vector<std::pair<std::string, Json>> changes = {
      {"/sizes", Json::array()},   {"/replicates", 0},
      {"/replicates", "many"},     {"/titel", "x"},
      {"/world/kind", "none"},     {"/world/candidate", 5},
      {"/world/candidates", true}, {"/arm", Json::array()},
      {"/arm/0/modle", "lasso"},   {"/arm/0/model", "laso"},
      {"/arm/0/expert", 10},       {"/claim/0/law", "exponent"},
      {"/claim/0/at_most", 1},     {"/claim/0/margin", -1},
      {"/storage", "single"},      {"/effort/classroom/replicate", 1},
      {"/schema_version", 2},      {"/claim/0/confidence", 1.0}};
  for (const auto& [pointer, value] : changes) {
    Json broken = study("figure2");
    broken[Json::json_pointer(pointer)] = value;
    EXPECT_FALSE(valid(broken, schema)) << pointer << " = " << value;
  }
}

}  // namespace
}  // namespace quartic::schema_test
