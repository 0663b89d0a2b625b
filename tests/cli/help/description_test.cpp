#include "cli/help/description.hpp"

#include <gtest/gtest.h>

namespace quartic::description_test {
namespace {

TEST(Unfolded, MakesOneLineOfAParagraph) {
  EXPECT_EQ(unfolded("\none\ntwo\n\nthree\nfour\n"), "one two\n\nthree four");
  EXPECT_EQ(unfolded("one"), "one");
  EXPECT_EQ(unfolded(""), "");
}

TEST(VerbNames, LeaveOutThoseForPackagers) {
  const std::vector<VerbText> verbs = {{.name = "run"}, {.name = "man", .hidden = true}};
  EXPECT_EQ(verb_names(verbs), (std::vector<std::string>{"run"}));
}

TEST(Called, NamesCommandsAsTheProgramWasCalled) {
  const std::vector<VerbText> verbs = {{.name = "run"}, {.name = "show"}};
  EXPECT_EQ(called("quartic show figure2 | quartic run -", "mine", verbs), "mine show figure2 | mine run -");
  EXPECT_EQ(called("quartic COMMAND --help; quartic --version", "mine", verbs),
            "mine COMMAND --help; mine --version");
  EXPECT_EQ(called("a run of quartic (its folder); quartic measures", "mine", verbs),
            "a run of quartic (its folder); quartic measures");
  EXPECT_EQ(called("quartic run", "quartic", verbs), "quartic run");
}

TEST(Synopsis, ShowsWhichWordsMayBeLeftOutOrRepeated) {
  const OptionText help{.name = "--help", .help = "Explain."}, json{.name = "--json", .help = "JSON."};
  EXPECT_EQ(synopsis({.name = "list", .arguments = {{.name = "TOPIC", .help = "", .optional = true}}}),
            "quartic list [TOPIC]");
  EXPECT_EQ(
      synopsis({.name = "merge",
                .arguments = {{.name = "OUT", .help = ""}, {.name = "DIR", .help = "", .repeats = true}},
                .options = {json, help}}),
      "quartic merge OUT DIR... [options]");
}

TEST(Usage, NamesTheLetterAndTheValue) {
  EXPECT_EQ(usage({.name = "--effort", .letter = "-e", .value = "EFFORT", .help = ""}),
            "-e, --effort EFFORT");
  EXPECT_EQ(usage({.name = "--json", .help = ""}), "--json");
}

}  // namespace
}  // namespace quartic::description_test
