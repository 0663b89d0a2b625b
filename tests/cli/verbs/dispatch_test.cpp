#include "cli/verbs/dispatch.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace quartic::dispatch_test {
namespace {

struct Outcome {
  int status;
  std::string out, err;
};

Outcome run_as(const std::string& name, const std::vector<std::string>& words,
               const Catalogues& catalogues = built_in_catalogues()) {
  std::ostringstream out, err;
  const Console console{.out = out, .err = err};
  const int status = run_program(words, {name, catalogues, console});
  return {status, out.str(), err.str()};
}

/// A world that quartic has not, made as one that it has.
Catalogues with_a_world_of_its_own() {
  CatalogueEntry<World> entry = built_in_catalogues().world("sparse_linear");
  entry.name = "mine_alone";
  return built_in_catalogues().with(entry);
}

TEST(Dispatch, EndsWithTwoForInputThatIsWrong) {
  const Outcome outcome = run_as("quartic", {"rum"});
  EXPECT_EQ(outcome.status, exit_status::bad_input);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err,
            "quartic: there is no command \"rum\" (quartic --help lists them). Did you mean \"run\"?\n");
}

TEST(Dispatch, CallsTheProgramByItsName) {
  EXPECT_NE(run_as("mine", {"rum"}).err.find("mine: there is no command \"rum\" (mine --help"),
            std::string::npos);
  EXPECT_EQ(run_as("mine", {"run", "--help"}).out.find("quartic run"), std::string::npos);
  EXPECT_NE(run_as("mine", {"completion", "bash"}).out.find("\ncomplete -F _mine mine\n"), std::string::npos);
}

TEST(Dispatch, GivesVerbsTheCataloguesOfTheProgram) {
  const Catalogues mine = with_a_world_of_its_own();
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"list", "worlds"}, {"show", "mine_alone"}, {"completion", "bash"}}) {
    const Outcome outcome = run_as("mine", words, mine);
    EXPECT_EQ(outcome.status, exit_status::done) << outcome.err;
    EXPECT_NE(outcome.out.find("mine_alone"), std::string::npos) << words.front();
  }
  EXPECT_EQ(run_as("quartic", {"show", "mine_alone"}).status, exit_status::bad_input);
}

}  // namespace
}  // namespace quartic::dispatch_test
