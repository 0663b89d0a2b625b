#include "experiments/study/absent_models.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "experiments/engine/engine.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::absent_models_test {
namespace {

constexpr const char* text = R"(
replicates = 2
sizes = [20, 40]
[world]
kind = "sparse_linear"
candidates = 20
relevant = 2
[[arm]]
name = "here"
model = "least_squares"
[[arm]]
name = "elsewhere"
model = "python_ridge"
[[arm]]
name = "elsewhere too"
model = "python_lasso"
)";

TEST(AbsentModels, LetAStudyBeReadThatNamesModelsOfElsewhere) {
  EXPECT_THROW(parse_study(text, "study.toml"), InvalidInput);
  const Catalogues known = with_absent_models(built_in_catalogues(), text);
  const Study study = parse_study(text, "study.toml", {}, known);
  EXPECT_EQ(study.cells.front().arms[2].model.kind, "python_lasso");
  EXPECT_EQ(known.models().size(), built_in_catalogues().models().size() + 2);
  EXPECT_TRUE(is_absent(known.model("python_lasso")));
  EXPECT_FALSE(is_absent(known.model("least_squares")));
}

TEST(AbsentModels, AreNoneWhereTheCataloguesHaveAll) {
  const Catalogues known = with_absent_models(built_in_catalogues(), "[[arm]]\nmodel = \"mlp\"\n[[arm]]\n");
  EXPECT_EQ(known.models().size(), built_in_catalogues().models().size());
  EXPECT_THROW(with_absent_models(built_in_catalogues(), "no TOML"), InvalidInput);
}

TEST(AbsentModels, RefuseToBeFitted) {
  const Model model = with_absent_models(built_in_catalogues(), text).model("python_ridge").make({});
  const std::string message = support::thrown_message(
      [&] { model.fit(Data(Matrix(Matrix::Zero(2, 1)), Vector::Zero(2)), Stream(1)); });
  EXPECT_NE(message.find("python_ridge is not here"), std::string::npos) << message;
}

}  // namespace
}  // namespace quartic::absent_models_test
