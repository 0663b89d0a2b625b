#include "core/options.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "core/require.hpp"

namespace quartic::options_test {
namespace {

struct Kettle {
  bool whistles = false;
  Index cups = 4;
  double litres = 1.5;
  std::string colour = "red";
  NumberOrWord degrees = 96.5;
};

constexpr std::array degree_words = {OptionWord{"boil", "as hot as it gets", "100 - height/300"}};
constexpr std::array kettle_options = {
    Option<Kettle>{"whistles", &Kettle::whistles, "says when it is done"},
    Option<Kettle>{"cups", &Kettle::cups, "cups it fills"},
    Option<Kettle>{"litres", &Kettle::litres, "volume"},
    Option<Kettle>{"colour", &Kettle::colour, "colour of the lid"},
    Option<Kettle>{"degrees", &Kettle::degrees, "where it stops", degree_words},
};

Kettle kettle(const OptionValues& values) {
  return with_options<Kettle>(kettle_options, values);
}

std::string complaint(const OptionValues& values) {
  try {
    kettle(values);
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Options, DescribeListsNamesKindsDefaultsAndHelp) {
  const std::vector<OptionInfo> infos = describe<Kettle>(kettle_options);
  ASSERT_EQ(infos.size(), 5u);
  const std::array kinds = {OptionKind::flag, OptionKind::count, OptionKind::number, OptionKind::word,
                            OptionKind::number_or_word};
  for (std::size_t k = 0; k < kinds.size(); ++k) EXPECT_EQ(infos[k].kind, kinds[k]);
  EXPECT_EQ(infos[1].name, "cups");
  EXPECT_EQ(infos[1].default_value, OptionValue(Index{4}));
  EXPECT_EQ(infos[2].help, "volume");
  EXPECT_EQ(infos[4].words.at(0).expression, "100 - height/300");
}

TEST(Options, GivenValuesReplaceDefaults) {
  const Kettle made =
      kettle({{"whistles", true}, {"cups", Index{2}}, {"litres", 0.5}, {"colour", std::string("blue")}});
  EXPECT_TRUE(made.whistles);
  EXPECT_EQ(made.cups, 2);
  EXPECT_EQ(made.litres, 0.5);
  EXPECT_EQ(made.colour, "blue");
  EXPECT_EQ(made.degrees, NumberOrWord(96.5));
}

TEST(Options, ValuesSurviveTheRoundTrip) {
  const OptionValues values =
      collect_values<Kettle>(kettle({{"degrees", std::string("boil")}}), kettle_options);
  EXPECT_EQ(values.at("degrees"), OptionValue(std::string("boil")));
  EXPECT_EQ((collect_values<Kettle>(kettle(values), kettle_options)), values);
}

TEST(Options, WholeNumbersServeAsNumbersAndBack) {
  EXPECT_EQ(kettle({{"litres", Index{2}}}).litres, 2.0);
  EXPECT_EQ(kettle({{"cups", 3.0}}).cups, 3);
  EXPECT_EQ(kettle({{"degrees", Index{80}}}).degrees, NumberOrWord(80.0));
}

TEST(Options, RefuseValuesOfAnotherKind) {
  EXPECT_THROW(kettle({{"whistles", Index{1}}}), InvalidInput);
  EXPECT_THROW(kettle({{"cups", 2.5}}), InvalidInput);
  EXPECT_THROW(kettle({{"cups", 1e300}}), InvalidInput);
  EXPECT_THROW(kettle({{"cups", std::numeric_limits<double>::quiet_NaN()}}), InvalidInput);
  EXPECT_THROW(kettle({{"cups", true}}), InvalidInput);
  EXPECT_THROW(kettle({{"litres", std::string("full")}}), InvalidInput);
  EXPECT_THROW(kettle({{"litres", false}}), InvalidInput);
  EXPECT_THROW(kettle({{"colour", 3.0}}), InvalidInput);
  EXPECT_THROW(kettle({{"degrees", std::string("bowl")}}), InvalidInput);
  EXPECT_THROW(kettle({{"degrees", true}}), InvalidInput);
}

TEST(Options, AComplaintNamesTheProblemTheReasonAndTheRemedy) {
  EXPECT_EQ(complaint({{"cups", 2.5}}),
            "option \"cups\" was given 2.5 (it takes a whole number). Give one, for example 4.");
  EXPECT_EQ(complaint({{"whistles", std::string("no")}}),
            "option \"whistles\" was given \"no\" (it takes true or false). Give one, for example false.");
  EXPECT_EQ(complaint({{"degrees", std::string("bowl")}}),
            "option \"degrees\" was given \"bowl\" (it takes a number or a word). Give a number or one of "
            "\"boil\".");
}

TEST(Options, AnUnknownNameIsAnsweredWithTheNearest) {
  EXPECT_EQ(
      complaint({{"litters", 1.0}}),
      "unknown option \"litters\" (the options are whistles, cups, litres, colour, degrees). Did you mean "
      "\"litres\"?");
  EXPECT_EQ(
      complaint({{"temperature", 1.0}}),
      "unknown option \"temperature\" (the options are whistles, cups, litres, colour, degrees). Choose one "
      "of these.");
}

TEST(Options, TheFingerprintIsCanonical) {
  EXPECT_EQ(fingerprint_of<Kettle>(Kettle{}, kettle_options),
            R"({"colour":"red","cups":4,"degrees":96.5,"litres":1.5,"whistles":false})");
}

struct Oven {
  Index trays = 2;
  double door = 0.5;
  std::string mode = "bake";
  NumberOrWord degrees = "auto";
  bool lit = false;

  static std::span<const Option<Oven>> options();
  void require_consistent() const {
    require(!lit || door < 1, "lit = true but the door is open. Close it.", {"lit", "door"});
  }
};

constexpr std::array mode_words = {OptionWord{"bake", "from all sides"}, OptionWord{"grill", "from above"}};
constexpr std::array auto_words = {OptionWord{"auto", "as it likes"},
                                   OptionWord{"recipe", "as the book says", "100 + cake"}};
constexpr std::array oven_options = joined(
    std::array{Option<Oven>{"trays", &Oven::trays, "trays it holds", no_words,
                            from_to(1, 4, "an oven has four rails")}},
    std::array{Option<Oven>{"door", &Oven::door, "how far it is open", no_words, at_least(0, "shut is 0")},
               Option<Oven>{"mode", &Oven::mode, "where heat is", mode_words},
               Option<Oven>{"degrees", &Oven::degrees, "heat", auto_words, above(0, "it does not freeze")},
               Option<Oven>{"lit", &Oven::lit, "whether it burns"}});

std::span<const Option<Oven>> Oven::options() {
  return oven_options;
}

struct BadOven {
  Oven oven;
  std::string says, blames;
};

TEST(RequireValid, RefusesWhatTheTableDoesNotAllowAndBlamesTheOption) {
  const std::vector<BadOven> refused = {
      {{.trays = 5}, "trays = 5 (an oven has four rails). Give a whole number from 1 to 4.", "trays"},
      {{.door = NAN}, "door = nan (shut is 0). Give a number of 0 or more.", "door"},
      {{.mode = "gril"}, "mode = \"gril\" (it understands bake, grill). Did you mean \"grill\"?", "mode"},
      {{.degrees = 0.0}, "degrees = 0 (it does not freeze). Give a number above 0 or \"auto\".", "degrees"},
      {{.degrees = "hot"},
       "degrees = \"hot\" (it understands a number above 0, auto, recipe). Write one of these.",
       "degrees"},
      {{.degrees = "recipe"},
       "degrees = \"recipe\" (it stands for 100 + cake, which only a study can work out). Run it in a study.",
       "degrees"},
      {{.door = 2, .lit = true}, "lit = true but the door is open. Close it.", "lit"}};
  for (const BadOven& bad : refused) {
    try {
      require_valid(bad.oven);
      ADD_FAILURE() << bad.says;
    } catch (const InvalidInput& error) {
      EXPECT_EQ(error.what(), bad.says);
      EXPECT_EQ(error.options().at(0), bad.blames);
    }
  }
  EXPECT_NO_THROW(require_valid(Oven{}));
}

TEST(Options, DescribeTellsBoundsAndWhatTheyAreFor) {
  const std::vector<OptionInfo> infos = describe(Oven::options());
  EXPECT_EQ(infos[0].name, "trays");
  EXPECT_EQ(infos[0].bounds.most, 4);
  EXPECT_TRUE(infos[3].bounds.least_is_open);
  EXPECT_FALSE(infos[4].bounds.are_set());
}

TEST(CanonicalJson, EscapesWhatJsonWouldMisread) {
  EXPECT_EQ(canonical_json({{"a", std::string("say \"\\\"\n\x01")}}), R"({"a":"say \"\\\"\u000a\u0001"})");
}

TEST(CanonicalJson, HasNoNumberForWhatIsNone) {
  EXPECT_EQ(canonical_json({{"a", std::numeric_limits<double>::infinity()}}), R"({"a":null})");
  EXPECT_EQ(canonical_json({}), "{}");
}

TEST(Nearest, ForgivesTyposAndTranspositions) {
  const std::vector<std::string> names = {"run", "show", "list", "plan", "theory", "regularised"};
  EXPECT_EQ(nearest("lsit", names), "list");
  EXPECT_EQ(nearest("theorie", names), "theory");
  EXPECT_EQ(nearest("regularized", names), "regularised");
  EXPECT_EQ(nearest("rum", names), "run");
}

TEST(Nearest, TakesTheFewestEditsAndTheFirstOfEquals) {
  const std::vector<std::string> names = {"figure3", "figure2", "figure22"};
  EXPECT_EQ(nearest("figure22x", names), "figure22");
  EXPECT_EQ(nearest("figure", names), "figure3");
  EXPECT_EQ(nearest("figure2", names), "figure2");
}

TEST(Nearest, IsSilentWhereNothingIsNear) {
  const std::vector<std::string> names = {"cv", "run", "list"};
  EXPECT_EQ(nearest("xy", names), "");
  EXPECT_EQ(nearest("histogram", names), "");
  EXPECT_EQ(nearest("run", {}), "");
}

TEST(DidYouMean, AsksForTheNearestNameOrSaysTheOtherRemedy) {
  const std::vector<std::string> names = {"run", "list"};
  EXPECT_EQ(did_you_mean("rum", names, "Choose one."), "Did you mean \"run\"?");
  EXPECT_EQ(did_you_mean("histogram", names, "Choose one."), "Choose one.");
}

}  // namespace
}  // namespace quartic::options_test
