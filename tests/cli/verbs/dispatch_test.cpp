#include "cli/verbs/dispatch.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace quartic {
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

}  // namespace
}  // namespace quartic
