#include "experiments/study/study.hpp"

#include <gtest/gtest.h>

#include "core/require.hpp"
#include "experiments/study/arm.hpp"
#include "experiments/study/claim_cells.hpp"
#include "experiments/study/read/parse_study.hpp"

namespace quartic::study_test {
namespace {

const std::string small = R"(
title = "Small"
replicates = 3
sizes = [10, 20]
[world]
kind = "sparse_linear"
candidates = 50
relevant = 5
[[arm]]
name = "oracle"
model = "least_squares"
expert = { correct = 5 }
[[arm]]
name = "regularised"
model = "lasso"
penalty = 0.5
[effort.quick]
replicates = 2
arm.regularised.penalty = "cv"
arm.oracle.expert.correct = 4
world.candidates = 30
sizes = { from = 10, to = 1000, per_decade = 2 }
)";

Study parse(const std::string& text, const StudyEdits& edits = {}) {
  return parse_study(text, "small.toml", edits);
}

bool is_informed(const Study& study, const ArmSpec& arm) {
  return list_marks(arm, study.catalogues.model(arm.model.kind)).starts_with("informed");
}

StudyEdits sets(std::vector<std::pair<std::string, std::string>> overrides) {
  return {"", std::move(overrides)};
}

std::string error_of(const StudyEdits& edits) {
  try {
    static_cast<void>(parse(small, edits));
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return "";
}

template <class Value>
Value option(const Choice& choice, std::string_view name) {
  return std::get<Value>(choice.options.find(name)->second);
}

TEST(Study, ReadsEveryPartOfTheFile) {
  const Study study = parse(small);
  EXPECT_EQ(study.name, "small");
  EXPECT_EQ(study.title, "Small");
  EXPECT_EQ(study.replicates, 3);
  EXPECT_EQ(study.sizes, (std::vector<Index>{10, 20}));
  ASSERT_EQ(study.cells.size(), 1u);
  const Cell& cell = study.cells.front();
  EXPECT_EQ(cell.world.kind, "sparse_linear");
  EXPECT_EQ(option<Index>(cell.world, "candidates"), 50);
  ASSERT_EQ(cell.arms.size(), 2u);
  EXPECT_EQ(cell.arms[0].expert->correct, 5);
  EXPECT_EQ(cell.arms[0].expert->wrong, 0);
  EXPECT_FALSE(cell.arms[1].expert.has_value());
  EXPECT_EQ(option<double>(cell.arms[1].model, "penalty"), 0.5);
}

TEST(Study, AppliesAnEffortToArmsByNameAndToTheWorld) {
  const Study study = parse(small, {"quick", {}});
  EXPECT_EQ(study.effort, "quick");
  EXPECT_EQ(study.replicates, 2);
  EXPECT_EQ(study.cells[0].arms[0].expert->correct, 4);
  EXPECT_EQ(option<std::string>(study.cells[0].arms[1].model, "penalty"), "cv");
  EXPECT_EQ(option<Index>(study.cells[0].world, "candidates"), 30);
  EXPECT_EQ(study.sizes, (std::vector<Index>{10, 32, 100, 316, 1000}));
}

TEST(Study, AppliesOverridesAfterTheEffort) {
  const Study study = parse(small, {"quick",
                                    {{"replicates", "7"},
                                     {"arm.regularised.penalty", "theory"},
                                     {"sizes", "[12, 13]"},
                                     {"arm.oracle.expert.wrong", "2"},
                                     {"storage", "float"},
                                     {"seed", "9"}}});
  EXPECT_EQ(study.replicates, 7);
  EXPECT_EQ(option<std::string>(study.cells[0].arms[1].model, "penalty"), "theory");
  EXPECT_EQ(study.sizes, (std::vector<Index>{12, 13}));
  EXPECT_EQ(study.cells[0].arms[0].expert->wrong, 2);
  EXPECT_EQ(study.storage, Storage::floats);
  EXPECT_EQ(study.seed, 9u);
}

// Excess risks of numbers are squares, and of classes chances.
TEST(Study, PerformanceIsTheInverseRootOfErrorsOfNumbersAndTheInverseOfThoseOfClasses) {
  const std::string claim =
      "[[claim]]\nsays = \"k\"\narm = \"oracle\"\nlaw = \"data_exponent\"\nexpect = 2\n";
  const auto with = [&](std::vector<std::pair<std::string, std::string>> edits) {
    const Study study = parse(small.substr(0, small.find("[effort")) + claim, sets(std::move(edits)));
    EXPECT_EQ(study.claims.at(0).performance, study.performance);
    EXPECT_EQ(parse(study.text).performance, study.performance) << study.text;
    return study.performance;
  };
  EXPECT_EQ(with({}), Performance::inverse_root);
  EXPECT_EQ(with({{"performance", "error"}}), Performance::inverse);
  EXPECT_EQ(with({{"world.kind", "logistic"}}), Performance::inverse);
  EXPECT_EQ(with({{"world.kind", "probit"}, {"performance", "root"}}), Performance::inverse_root);
  EXPECT_NE(
      error_of(sets({{"world.kind", "[\"sparse_linear\", \"logistic\"]"}})).find("Give one of them for all."),
      std::string::npos);
  EXPECT_NE(error_of(sets({{"performance", "roots"}})).find("Did you mean \"root\"?"), std::string::npos);
}

TEST(Study, AnswersAMisspeltOverrideWithTheNearestKey) {
  const std::vector<std::pair<std::pair<std::string, std::string>, std::string>> cases = {
      {{"replicate", "7"}, "--set replicate=7: replicate: unknown key \"replicate\""},
      {{"replicate", "7"}, "Did you mean \"replicates\"?"},
      {{"world.candidate", "7"}, "Did you mean \"candidates\"?"},
      {{"candidates", "7"}, "Did you mean \"world.candidates\"?"},
      {{"penalty", "cv"}, "Did you mean \"arm.regularised.penalty\"?"},
      {{"arm.regularized.penalty", "cv"}, "Did you mean \"regularised\"?"},
      {{"arm.regularised.penlty", "cv"}, "Did you mean \"penalty\"?"},
      {{"arm.oracle", "cv"}, "(an arm has several keys)"},
      {{"arm..penalty", "cv"}, "the key is not complete"},
      {{"effort.quick.replicates", "3"}, "an effort cannot be changed here"},
      {{"replicates", "many"},
       "--set replicates=many: replicates: \"many\" is a text (a whole number is needed here)"}};
  for (const auto& [edit, fragment] : cases)
    EXPECT_NE(error_of(sets({edit})).find(fragment), std::string::npos)
        << edit.first << " -> " << error_of(sets({edit}));
}

TEST(Study, AnswersAMisspeltEffortWithTheEffortsThereAre) {
  const std::string error = error_of({"quik", {}});
  EXPECT_NE(
      error.find("unknown effort \"quik\" (the efforts of this study are quick). Did you mean \"quick\"?"),
      std::string::npos)
      << error;
}

TEST(Study, ListsSpanAGridWhoseFirstAxisIsTheSlowest) {
  const Study study = parse(small, sets({{"world.candidates", "[40, 60]"},
                                         {"world.relevant", "5"},
                                         {"arm.oracle.expert.correct", "[3, 4, 5]"},
                                         {"arm.regularised.penalty", "[0.1, \"cv\"]"}}));
  ASSERT_EQ(study.cells.size(), 12u);
  using Settings = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(study.cells[0].settings, (Settings{{"world.candidates", "40"},
                                               {"arm.oracle.expert.correct", "3"},
                                               {"arm.regularised.penalty", "0.1"}}));
  EXPECT_EQ(study.cells[1].settings.back().second, "cv");
  EXPECT_EQ(study.cells[2].arms[0].expert->correct, 4);
  EXPECT_EQ(option<Index>(study.cells[5].world, "candidates"), 40);
  EXPECT_EQ(option<Index>(study.cells[6].world, "candidates"), 60);
  for (std::size_t k = 0; k < study.cells.size(); ++k) EXPECT_EQ(study.cells[k].id, static_cast<Index>(k));
}

TEST(Study, SweepsOverKindsOfWorldThatShareTheOptions) {
  const Study study = parse(R"(title = "Two kinds"
sizes = [10, 20]
[world]
kind = ["sparse_linear", "smooth"]
candidates = 40
noise = [1, 2]
[[arm]]
name = "all"
model = "least_squares"
)");
  ASSERT_EQ(study.cells.size(), 4u);
  EXPECT_EQ(study.cells[1].world.kind, "sparse_linear");
  EXPECT_EQ(study.cells[2].world.kind, "smooth");
  EXPECT_EQ(study.cells[2].settings.front(), std::pair(std::string("world.kind"), std::string("smooth")));
  EXPECT_EQ(option<double>(study.cells[3].world, "noise"), 2);
}

TEST(Study, KeepsFormulasForTheEngine) {
  const Study study = parse(small, sets({{"world.candidates", "\"4*n\""},
                                         {"arm.regularised.penalty", "noise*sqrt(2*log(candidates)/n)"}}));
  EXPECT_EQ(option<std::string>(study.cells[0].world, "candidates"), "4*n");
  const Cell cell = study.cells[0];
  EXPECT_TRUE(is_informed(study, cell.arms[1]));
  const std::vector<WorldAtSizes> worlds =
      worlds_at(cell.world, std::vector<Index>{10, 20}, study.catalogues.world(cell.world.kind));
  ASSERT_EQ(worlds.size(), 2u);
  EXPECT_EQ(worlds[1].world.draw(Stream(1)).candidates(), 80);
}

TEST(Study, EvenlySpacedSizesHitBothEnds) {
  const Study study = parse(small, sets({{"sizes", "{ from = 10, to = 3000, per_decade = 8 }"}}));
  EXPECT_EQ(study.sizes.front(), 10);
  EXPECT_EQ(study.sizes.back(), 3000);
  EXPECT_EQ(study.sizes.size(), 21u);
  EXPECT_EQ(parse(small, sets({{"sizes", "{ from = 10, to = 10, per_decade = 8 }"}})).sizes,
            std::vector<Index>{10});
  EXPECT_EQ(parse(small, sets({{"sizes", "{ from = 1, to = 4, per_decade = 50 }"}})).sizes,
            (std::vector<Index>{1, 2, 3, 4}));
}

TEST(Study, ReadsClaimsAndTheory) {
  const Study study = parse(small + R"(
[[claim]]
says = "It falls"
arm = "oracle"
law = "data_exponent"
average = "geometric_mean"
from = 15
at_most = 2
margin = 0.5
confidence = 0.9
[[claim]]
arm = "regularised"
law = "crossing"
against = { arm = "oracle", n = 10 }
expect = 1e2
[[theory]]
arm = "oracle"
curve = "relevant*noise^2/(n - relevant - 1)/signal"
)");
  ASSERT_EQ(study.claims.size(), 2u);
  EXPECT_EQ(study.claims[0].says, "It falls");
  EXPECT_EQ(study.claims[0].average, Average::geometric_mean);
  EXPECT_EQ(study.claims[0].test, Claim::Test::at_most);
  EXPECT_EQ(study.claims[0].value, 2);
  EXPECT_EQ(study.claims[0].margin, 0.5);
  EXPECT_EQ(study.claims[0].confidence, 0.9);
  EXPECT_EQ(study.claims[1].law, LawKind::crossing);
  EXPECT_EQ(study.claims[1].against_arm, "oracle");
  EXPECT_EQ(study.claims[1].against_n, 10);
  EXPECT_EQ(study.claims[1].says, "regularised: crossing");
  ASSERT_EQ(study.theory.size(), 1u);
  EXPECT_EQ(study.theory[0].arm, "oracle");
}

TEST(Study, ReadsHowAClaimReadsAnExponent) {
  const auto claim = [](const std::string& keys) {
    return parse(small + "[[claim]]\narm = \"oracle\"\nlaw = \"data_exponent\"\nexpect = 2\n" + keys)
        .claims.at(0);
  };
  EXPECT_FALSE(claim("").form);
  EXPECT_FALSE(claim("").floor);
  EXPECT_EQ(claim("form = \"power\"").form, LawForm::power);
  EXPECT_EQ(claim("form = \"power\"").floor, 0);
  EXPECT_FALSE(claim("form = \"floor\"").floor);
  EXPECT_EQ(claim("form = \"offset\"\nfloor = \"free\"").form, LawForm::floor_offset);
  EXPECT_EQ(claim("form = \"offset\"\nfloor = 0.1").floor, 0.1);
  EXPECT_EQ(claim("floor = \"none\"").floor, 0);
  EXPECT_EQ(claim("interval = \"bca\"").interval, IntervalMethod::bca);
}

const std::string claims_about_cells = small + R"(
[[claim]]
arm = "oracle"
law = "data_exponent"
at_least = "2 - noise"
cells = { world.candidates = [50, 100], arm.regularised.penalty = 0.5 }
[[claim]]
arm = "oracle"
law = "data_exponent"
expect = 2
cells = { arm.regularised.penalty = 0.25 }
)";

TEST(Study, TellsItsClaimsHowOftenRulesAreUsed) {
  const std::string text =
      "sizes = [10, 20, 40]\nuses = 1e6\npretraining_shared_by = 30\n[world]\nkind = \"sparse_linear\"\n"
      "candidates = 5\nrelevant = 2\n[[arm]]\nname = \"a\"\nmodel = \"ridge\"\n[[arm]]\nname = \"b\"\n"
      "model = \"least_squares\"\n[[claim]]\narm = \"a\"\nlaw = \"ratio\"\nof = \"cost\"\nat_error = 0.1\n"
      "over = \"total\"\nagainst = { arm = \"b\" }\nexpect = 1.3\n";
  const Study study = parse_study(text, "s.toml");
  EXPECT_EQ(parse_study(study.text, "again.toml").text, study.text);
  const Claim claim = parse_study(study.text, "again.toml").claims.at(0);
  EXPECT_EQ(claim.usage.uses, 1e6);
  EXPECT_EQ(claim.usage.pretraining_shared_by, 30);
  EXPECT_EQ(claim.over, Expense::total);
  EXPECT_EQ(claim.of, RatioOf::cost);
  EXPECT_EQ(claim.at_error, 0.1);
  EXPECT_EQ(claim.against_arm, "b");
}

TEST(Study, ReadsClaimsAboutCellsOfASweep) {
  const Study study = parse(claims_about_cells, sets({{"world.candidates", "[50, 60, 100]"}}));
  ASSERT_EQ(study.claims.size(), 1u);  // the penalty is 0.5 everywhere
  const Claim& claim = study.claims[0];
  EXPECT_EQ(claim.formula, "2 - noise");
  EXPECT_EQ(claim.test, Claim::Test::at_least);
  ASSERT_EQ(claim.cells.size(), 1u);
  EXPECT_EQ(claim.cells[0].first, "world.candidates");
  EXPECT_EQ(claim.cells[0].second, (std::vector<std::string>{"50", "100"}));
  std::vector<bool> meant;
  for (const Cell& cell : study.cells) meant.push_back(concerns(claim, cell));
  EXPECT_EQ(meant, (std::vector<bool>{true, false, true}));
}

TEST(Study, KeepsClaimsAboutCellsWhereNothingIsSwept) {
  EXPECT_EQ(parse(claims_about_cells).claims.size(), 1u);
  EXPECT_EQ(parse(claims_about_cells, sets({{"arm.regularised.penalty", "0.25"}})).claims.size(), 1u);
  EXPECT_EQ(parse(claims_about_cells, sets({{"arm.regularised.penalty", "[0.25, 0.5]"}})).claims.size(), 2u);
}

void expect_same(const Study& a, const Study& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.text, b.text);
  EXPECT_EQ(a.seed, b.seed);
  EXPECT_EQ(a.replicates, b.replicates);
  EXPECT_EQ(a.sizes, b.sizes);
  EXPECT_EQ(a.storage, b.storage);
  EXPECT_EQ(a.claims.size(), b.claims.size());
  ASSERT_EQ(a.cells.size(), b.cells.size());
  for (std::size_t k = 0; k < a.cells.size(); ++k) {
    EXPECT_EQ(a.cells[k].settings, b.cells[k].settings);
    EXPECT_EQ(a.cells[k].world.options, b.cells[k].world.options);
    ASSERT_EQ(a.cells[k].arms.size(), b.cells[k].arms.size());
    for (std::size_t j = 0; j < a.cells[k].arms.size(); ++j) {
      EXPECT_EQ(a.cells[k].arms[j].name, b.cells[k].arms[j].name);
      EXPECT_EQ(a.cells[k].arms[j].model.options, b.cells[k].arms[j].model.options);
      EXPECT_EQ(a.cells[k].arms[j].expert.has_value(), b.cells[k].arms[j].expert.has_value());
    }
  }
}

TEST(Study, CanonicalTextReadsBackToTheSameStudy) {
  const StudyEdits edits{"quick",
                         {{"world.candidates", "[40, \"2*n\"]"},
                          {"title", "\"A \\\"quoted\\\" \\\\ title\""},
                          {"arm.oracle.replicates", "1e1"}}};
  const Study study = parse(small, edits);
  expect_same(study, parse(study.text));
  for (const auto& [name, text] : built_in_studies()) {
    const Study built_in = parse_study(text, name);
    expect_same(built_in, parse_study(built_in.text, name));
  }
}

TEST(Study, HasTwentyReplicatesWhereItDoesNotSayHowMany) {
  const std::string text =
      "sizes = [10]\n[world]\nkind = \"sparse_linear\"\n[[arm]]\nname = \"a\"\nmodel = \"ridge\"\n";
  EXPECT_EQ(parse(text).replicates, 20);
  EXPECT_NE(parse(text).text.find("replicates = 20\n"), std::string::npos);
}

TEST(Study, BuiltInExperimentsHaveAllEfforts) {
  ASSERT_TRUE(built_in_studies().contains("figure2"));
  ASSERT_TRUE(built_in_studies().contains("xray"));
  for (const auto& [name, text] : built_in_studies())
    for (const char* effort : {"classroom", "standard", "paper"})
      EXPECT_EQ(parse_study(text, name, {effort, {}}).effort, effort);
}

TEST(Study, FigureTwoIsTheFigureOfTheArticle) {
  const Study study = parse_study(built_in_studies().at("figure2"), "figure2", {"paper", {}});
  EXPECT_EQ(study.replicates, 1000);
  EXPECT_EQ(study.sizes, (std::vector<Index>{10, 15, 20, 30, 50, 75, 100, 150, 175, 200, 300, 500, 700, 900,
                                             1000, 1100, 1500, 2000, 3000}));
  const Cell cell = study.cells[0];
  EXPECT_EQ(option<Index>(cell.world, "candidates"), 1000);
  EXPECT_EQ(option<Index>(cell.world, "relevant"), 10);
  ASSERT_EQ(cell.arms.size(), 4u);
  EXPECT_EQ(cell.arms[0].expert->correct, 10);
  EXPECT_EQ(cell.arms[1].expert->correct, 9);
  EXPECT_EQ(cell.arms[1].expert->wrong, 1);
  EXPECT_TRUE(is_informed(study, cell.arms[3]));
  EXPECT_FALSE(is_informed(study, cell.arms[2]));
}

TEST(Study, EveryTruncationOfAFileParsesOrIsRefused) {
  const std::string& text = built_in_studies().at("figure2");
  std::size_t parsed = 0;
  for (std::size_t length = 0; length < text.size(); ++length) {
    try {
      static_cast<void>(parse_study(std::string_view(text).substr(0, length), "cut.toml"));
      ++parsed;
    } catch (const InvalidInput& error) {
      EXPECT_EQ(std::string_view(error.what()).substr(0, 9), "cut.toml:") << error.what();
    }
  }
  EXPECT_GT(parsed, 0u);
  EXPECT_LT(parsed, text.size());
}

TEST(Study, FlippedBytesParseOrAreRefused) {
  const std::string& text = built_in_studies().at("figure2");
  for (std::size_t k = 0; k < text.size(); k += 7) {
    std::string broken = text;
    broken[k] = static_cast<char>(broken[k] ^ static_cast<char>(1 << (k % 8)));
    try {
      static_cast<void>(parse_study(broken, "flipped.toml"));
    } catch (const InvalidInput& error) {
      EXPECT_EQ(std::string_view(error.what()).substr(0, 13), "flipped.toml:") << error.what();
    }
  }
}

}  // namespace
}  // namespace quartic::study_test
