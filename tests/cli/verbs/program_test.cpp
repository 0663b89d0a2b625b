/// The built program, driven as a user drives it: verbs, misspellings, exit statuses, scripts.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "cli/verbs/verb.hpp"
#include "core/visible_text.hpp"
#include "experiments/study/claim_laws.hpp"
#include "experiments/study/read/parse_study.hpp"
#include "tests/cli/run_quartic.hpp"

namespace quartic::program_test {
namespace {

using nlohmann::json;
using testing::Outcome;
using testing::run_quartic;
using testing::Scratch;
using testing::small_study;
namespace fs = std::filesystem;

::testing::AssertionResult holds(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "no \"" << part << "\" in:\n" << text;
}

/// The program refused: status 2, the message on standard error alone, in our form.
void expect_refusal(const Outcome& outcome, const std::string& part) {
  EXPECT_EQ(outcome.status, 2) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(outcome.err.starts_with("quartic: ")) << outcome.err;
  EXPECT_TRUE(holds(outcome.err, part));
}

TEST(Program, ExplainsItselfWithoutWords) {
  const Scratch folder;
  const Outcome outcome = run_quartic(folder, "");
  EXPECT_EQ(outcome.status, 0);
  for (const std::string& verb : verb_names(verb_texts())) EXPECT_TRUE(holds(outcome.out, "  " + verb));
}

TEST(Program, ExplainsEveryVerbWithinAHundredColumns) {
  const Scratch folder;
  for (const VerbText& verb : verb_texts()) {
    const Outcome outcome = run_quartic(folder, verb.name + " --help");
    EXPECT_EQ(outcome.status, 0) << verb.name;
    for (const OptionText& option : verb.options) EXPECT_TRUE(holds(outcome.out, option.name));
    for (const ExampleText& example : verb.examples) EXPECT_TRUE(holds(outcome.out, example.command));
    std::istringstream lines(outcome.out);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
    EXPECT_EQ(run_quartic(folder, "help " + verb.name).out, outcome.out);
  }
}

TEST(Program, SaysItsVersion) {
  const Scratch folder;
  EXPECT_TRUE(std::regex_search(run_quartic(folder, "--version").out,
                                std::regex("^quartic [0-9]+\\.[0-9]+\\.[0-9]+ ")));
}

TEST(Program, WritesNoColourIntoAFile) {
  const Scratch folder;
  for (const char* words : {"list", "--help", "show lasso"})
    EXPECT_EQ(run_quartic(folder, words).out.find('\033'), std::string::npos) << words;
}

TEST(Program, AnswersMisspellingsWithTheNearestRightWord) {
  const Scratch folder;
  expect_refusal(run_quartic(folder, "rnu figure2"), "Did you mean \"run\"?");
  expect_refusal(run_quartic(folder, "run figrue2"), "Did you mean \"figure2\"?");
  expect_refusal(run_quartic(folder, "run figure2 --thread 2"), "Did you mean \"--threads\"?");
  expect_refusal(run_quartic(folder, "run figure2 --set wrld.noise=2"), "world");
  expect_refusal(run_quartic(folder, "run figure2 --set world.nosie=2"), "noise");
  expect_refusal(run_quartic(folder, "run figure2 --effort clasroom"), "classroom");
  expect_refusal(run_quartic(folder, "list model"), "Did you mean \"models\"?");
  expect_refusal(run_quartic(folder, "show figre2"), "Did you mean \"figure2\"?");
  expect_refusal(run_quartic(folder, "help rum"), "Did you mean \"run\"?");
  expect_refusal(run_quartic(folder, "completion fish"), "bash");
}

TEST(Program, RefusesOptionsItCannotRead) {
  const Scratch folder;
  expect_refusal(run_quartic(folder, "run figure2 --memory lots"), "--memory");
  expect_refusal(run_quartic(folder, "run figure2 --threads none"), "--threads");
  expect_refusal(run_quartic(folder, "run figure2 --seed -4"), "--seed");
  expect_refusal(run_quartic(folder, "run figure2 --seed 1 --seed-from us"), "--seed-from");
  expect_refusal(run_quartic(folder, "run figure2 --set noise"), "key=value");
  expect_refusal(run_quartic(folder, "run missing.toml"), "missing.toml");
  expect_refusal(run_quartic(folder, "plot nowhere"), "summary.csv");
}

TEST(Program, FailsWhereItsOutputCannotBeWritten) {
  const Scratch folder;
  testing::write_text(folder / "small.toml", small_study);
  for (const std::string words :
       {"", "--version", "help run", "run --help", "list", "show figure2", "run small.toml --out made",
        "run small.toml --json --out made", "plan small.toml", "theory oracle", "project", "schema",
        "completion bash", "man"}) {
    const Outcome outcome = run_quartic(folder, words + " > /dev/full 2> .err #");
    EXPECT_EQ(outcome.status, 3) << words;
    EXPECT_TRUE(outcome.err.find("quartic: the output could not be written") != std::string::npos)
        << words << "\n"
        << outcome.err;
  }
  EXPECT_TRUE(fs::exists(folder / "made/summary.csv"));
}

/// Printed, and shown by numbers where it would steer a terminal.
void expect_harmless(const std::string& text) {
  EXPECT_EQ(visible_text(text), text);
}

TEST(Program, LetsNobodySteerTheTerminal) {
  const Scratch folder;
  const std::string steering = "\\u001bc\\u001b[31m\\u001b(0\\u009b2J\\b\\u202e\\u0000";
  const std::string raw = "\033c\033[31m\302\2332J\b\342\200\256";
  std::string study = small_study;
  for (const std::string part : {"A small study", "Does everything work?", "The oracle learns from data"})
    study.replace(study.find(part), part.size(), part + steering);
  testing::write_text(folder / "small.toml", study);
  testing::write_text(folder / "table.csv", "n,error" + raw + ",group\n1,2," + raw + "\n2,1,b\n4,0.5,b\n");
  const std::string name = "'" + raw + "'";
  const std::vector<std::string> commands = {"run small.toml --out made",
                                             "plan small.toml",
                                             "run " + name,
                                             "run " + name + ".toml",
                                             "fit table.csv --data n --error e" + name,
                                             "fit table.csv --data n --error error" + name + " --group group",
                                             "run figure2 --effort " + name,
                                             "run figure2 --set " + name + "=1",
                                             "run figure2 --set world.noise=" + name,
                                             "run small.toml --out " + name + " --threads 1",
                                             "status " + name,
                                             name,
                                             "run --" + name,
                                             "list " + name,
                                             "show " + name,
                                             "status made",
                                             "replay made --cell " + name};
  for (const std::string& words : commands) {
    const Outcome outcome = run_quartic(folder, words);
    EXPECT_TRUE(outcome.status == 0 || outcome.status == 2) << words << outcome.err;
    EXPECT_FALSE((outcome.out + outcome.err).empty()) << words;
    expect_harmless(outcome.out);
    expect_harmless(outcome.err);
  }
}

TEST(Program, RepeatsNoTextWithoutEnd) {
  const Scratch folder;
  const std::string endless(5000000, 'k');
  for (const std::string& line : {endless + " = 1\n", "x = '" + endless + "'\n"}) {
    testing::write_text(folder / "long.toml", line + small_study);
    const Outcome outcome = run_quartic(folder, "run long.toml");
    expect_refusal(outcome, "are the most");
    EXPECT_LT(outcome.err.size(), 10000U);
  }
  EXPECT_LT(run_quartic(folder, "run " + std::string(50000, 'x')).err.size(), 10000U);
}

TEST(Program, ReadsNothingWithoutEnd) {
  const Scratch folder;
  // (The address sanitizer reserves more addresses than a shell may allow and has a limit of its own.)
  const std::string limited =
      testing::libraries_are_sanitized() ? "ASAN_OPTIONS=hard_rss_limit_mb=4000" : "ulimit -v 4000000 &&";
  for (const char* words :
       {"fit /dev/zero --data a --error b", "fit /dev/urandom --data a --error b", "plan /dev/zero",
        "run /dev/urandom", "run - < /dev/zero 2> .err #", "project /dev/zero --error a --compute b"})
    expect_refusal(run_quartic(folder, words, "", limited), "is no text");
}

TEST(Program, TellsWhenTheMachineRunsOutOfFiles) {
  if (testing::libraries_are_sanitized())
    GTEST_SKIP() << "The sanitizer opens files of its own to look at objects.";
  const Scratch folder;
  testing::write_text(folder / "small.toml", small_study);
  for (int files = 6; files < 30; ++files) {
    fs::remove_all(folder / "made");
    const std::string limited = "bash -c 'ulimit -n " + std::to_string(files) + "; exec \"$@\"' bash";
    const Outcome outcome = run_quartic(folder, "run small.toml --quiet --out made", "", limited);
    if (outcome.status == 0) {
      EXPECT_GT(files, 6);
      return;
    }
    EXPECT_EQ(outcome.status, 3) << files << outcome.err;
    EXPECT_TRUE(holds(outcome.err, "open files")) << files;
  }
  FAIL() << "it never ran";
}

TEST(List, NamesEveryTopic) {
  const Scratch folder;
  EXPECT_TRUE(holds(run_quartic(folder, "list").out, "figure2"));
  EXPECT_TRUE(holds(run_quartic(folder, "list worlds").out, "sparse_linear"));
  EXPECT_TRUE(holds(run_quartic(folder, "list models").out, "penalty"));
  EXPECT_TRUE(holds(run_quartic(folder, "list experiments").out, "Thompson"));
  EXPECT_TRUE(holds(run_quartic(folder, "list replications").out, "Mei & Montanari"));
  EXPECT_TRUE(holds(run_quartic(folder, "list laws").out, "compute_exponent"));
  EXPECT_EQ(run_quartic(folder, "list theory").status, 0);
}

TEST(List, AndShowKnowEveryLawOfClaims) {
  const Scratch folder;
  const std::string overview = run_quartic(folder, "list").out, laws = run_quartic(folder, "list laws").out;
  for (const ClaimLaw& law : claim_laws) {
    const std::string name(law.name);
    EXPECT_TRUE(holds(overview, "  " + name + " ")) << name;
    EXPECT_TRUE(holds("\n" + laws, "\n" + name + "\n")) << name;
    if (built_in_studies().contains(name)) continue;  // whose text is shown
    const std::string shown = run_quartic(folder, "show " + name).out;
    EXPECT_TRUE(holds(shown, "law " + name + "\n")) << shown;
  }
}

TEST(Show, PrintsAStudyThatRunsFromStandardInput) {
  const Scratch folder;
  const std::string text = run_quartic(folder, "show figure2").out;
  const Outcome outcome =
      run_quartic(folder, "run - --set replicates=2 --set sizes=[20,40,60] --json --out made", text);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(json::parse(outcome.out).contains("findings"));
}

TEST(Check, SaysInOneLineWhatAValidStudyIs) {
  const Scratch folder;
  testing::write_text(folder / "small.toml", small_study);
  const Outcome plain = run_quartic(folder, "check small.toml");
  EXPECT_EQ(plain.status, 0) << plain.err;
  EXPECT_EQ(plain.out, "small.toml: a valid study of 3 arms at 3 sizes, 6 replicates: 54 fits, 1 claim.\n");
  EXPECT_EQ(
      run_quartic(folder, "check small.toml --effort classroom --set world.noise=0.1:10:log:7").out,
      "small.toml: a valid study of 3 arms at 3 sizes in 7 cells (world.noise), 3 replicates: 189 fits, 1 "
      "claim.\n");
  EXPECT_TRUE(
      holds(run_quartic(folder, "check recorded").out, "recorded: a valid study of the table imagenet"));
  EXPECT_TRUE(holds(run_quartic(folder, "check -", small_study).out, "standard input: a valid study"));
  for (const auto* studies : {&built_in_studies(), &replication_packs()})
    for (const auto& [name, text] : *studies)
      EXPECT_EQ(run_quartic(folder, "check " + name).status, 0) << name;
}

TEST(Check, RefusesWhatNoRunWouldTake) {
  const Scratch folder;
  std::string text = small_study;
  testing::write_text(folder / "wrong.toml", text.replace(text.find("least_squares"), 13, "least_square"));
  expect_refusal(run_quartic(folder, "check wrong.toml"), "Did you mean \"least_squares\"?");
  expect_refusal(run_quartic(folder, "check nowhere.toml"), "nowhere.toml");
  testing::write_text(folder / "effort.toml", small_study + "[effort.paper]\nreplicate = 3\n");
  expect_refusal(run_quartic(folder, "check effort.toml"), "unknown key \"replicate\"");
  EXPECT_FALSE(fs::exists(folder / "runs"));
}

TEST(Show, DescribesWorldsModelsLawsAndCurves) {
  const Scratch folder;
  EXPECT_TRUE(holds(run_quartic(folder, "show sparse_linear").out, "candidates"));
  EXPECT_TRUE(holds(run_quartic(folder, "show lasso").out, "theory_known"));
  EXPECT_TRUE(holds(run_quartic(folder, "show crossing").out, "against"));
}

TEST(Schema, IsJsonThatKnowsTheKeysOfAStudy) {
  const Scratch folder;
  const json schema = json::parse(run_quartic(folder, "schema").out);
  for (const char* key : {"title", "world", "arm", "claim", "sizes"})
    EXPECT_TRUE(schema["anyOf"][0]["properties"].contains(key)) << key;
}

TEST(Completion, IsAScriptThatBashAcceptsAndUses) {
  const Scratch folder;
  testing::write_text(folder / "quartic.bash", run_quartic(folder, "completion bash").out);
  const auto complete = [&](const std::string& words) {
    const std::string count = std::to_string(std::count(words.begin(), words.end(), ' '));
    testing::write_text(folder / "try.bash", "source quartic.bash\nCOMP_WORDS=(" + words +
                                                 " '') COMP_CWORD=" + count + " && COMP_WORDS=(" + words +
                                                 ")\n_quartic\necho \"${COMPREPLY[@]}\"\n");
    const int status =
        std::system(("cd '" + folder.path() + "' && bash -n quartic.bash && bash try.bash > found").c_str());
    EXPECT_EQ(status, 0);
    return testing::read_text(folder / "found");
  };
  EXPECT_EQ(complete("quartic ru"), "run\n");
  EXPECT_EQ(complete("quartic run fig"), "figure2\n");
  EXPECT_EQ(complete("quartic run figure2 --effort cl"), "classroom\n");
  EXPECT_EQ(complete("quartic run figure2 --se"), "--set --seed --seed-from\n");
  EXPECT_TRUE(holds(complete("quartic run figure2 --set world.no"), "world.noise="));
  EXPECT_EQ(complete("quartic theory ora"), "oracle\n");
  EXPECT_EQ(complete("quartic theory expo"), "exponents\n");
}

TEST(Manual, IsRoffWithoutMistakesAndNamesEveryVerb) {
  const Scratch folder;
  const std::string page = run_quartic(folder, "man").out;
  for (const std::string& verb : verb_names(verb_texts())) EXPECT_TRUE(holds(page, ".SS quartic " + verb));
  testing::write_text(folder / "quartic.1", page);
  if (std::system("command -v groff > /dev/null") != 0) GTEST_SKIP() << "groff is not installed";
  const std::string check = "cd '" + folder.path() + "' && groff -man -Tutf8 -ww -z quartic.1 2> warnings";
  EXPECT_EQ(std::system(check.c_str()), 0);
  EXPECT_EQ(testing::read_text(folder / "warnings"), "");
}

TEST(Theory, TabulatesTheExponentsOfDesigns) {
  const Scratch folder;
  const std::string table = run_quartic(folder, "theory exponents").out;
  for (const char* words : {"design", "error", "computing", "exponent", "source", "13.5", "none", "Thompson"})
    EXPECT_TRUE(holds(table, words)) << table;
  const json document = json::parse(run_quartic(folder, "theory exponents --json --set roughness=2").out);
  EXPECT_EQ(document["parameters"]["roughness"], 2);
  std::map<std::string, json> exponents;
  for (const json& design : document["designs"])
    exponents[design["name"].get<std::string>()] = design["compute_exponent"];
  EXPECT_EQ(exponents.at("smooth_sgd"), 8);
  EXPECT_EQ(exponents.at("interpolation"), nullptr);
  EXPECT_TRUE(holds(run_quartic(folder, "theory exponents --csv").out, "growing_pool,0.5,2,2,4,"));
  expect_refusal(run_quartic(folder, "theory exponents --set roughnes=2"), "Did you mean \"roughness\"?");
  expect_refusal(run_quartic(folder, "theory exponents --set roughness=-1"), "roughness is below 0");
}

TEST(Theory, TabulatesEveryCurveInThreeForms) {
  const Scratch folder;
  const std::string listed = run_quartic(folder, "list theory").out;
  std::istringstream lines(listed);
  int curves = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == ' ') continue;
    ++curves;
    EXPECT_TRUE(holds(run_quartic(folder, "theory " + line + " --set n=50,500").out, "normalised error"));
    EXPECT_TRUE(
        run_quartic(folder, "theory " + line + " --csv").out.starts_with("n,excess_risk,normalised_error\n"));
    const json points =
        json::parse(run_quartic(folder, "theory " + line + " --set n=500 --json").out)["points"];
    ASSERT_EQ(points.size(), 1U);
    EXPECT_EQ(points[0]["n"], 500);
  }
  EXPECT_GE(curves, 7);
  expect_refusal(run_quartic(folder, "theory nothing_of_the_kind"), "curve");
}

TEST(Plan, CountsFitsAndWritesNothing) {
  const Scratch folder;
  testing::write_text(folder / "small.toml", small_study);
  const Outcome outcome = run_quartic(folder, "plan small.toml --threads 1");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(std::regex_search(outcome.out, std::regex("fits +54\n")));  // 3 arms, 3 sizes, 6 replicates
  for (const char* part : {"cells", "computing", "time", "memory", "disk", "largest cell", "basis"})
    EXPECT_TRUE(holds(outcome.out, part)) << part;
  EXPECT_FALSE(fs::exists(folder / "runs"));
}

TEST(Plan, RefusesWhatIsBeyondItsLimits) {
  const Scratch folder;
  testing::write_text(folder / "small.toml", small_study);
  for (const char* verb : {"plan", "run"}) {
    const std::string words = std::string(verb) + " small.toml --threads 1 ";
    expect_refusal(run_quartic(folder, words + "--budget 10"),
                   "floating-point operations where 10 are allowed");
    expect_refusal(run_quartic(folder, words + "--hours 1e-12"), "(54 fits in 1 cells)");
    expect_refusal(run_quartic(folder, words + "--budget 10 --trim"), "one replicate is too much already");
    expect_refusal(run_quartic(folder, words + "--trim"), "Add --budget or --hours.");
    expect_refusal(run_quartic(folder, words + "--hours none"), "--hours");
  }
  EXPECT_FALSE(fs::exists(folder / "runs"));
  EXPECT_EQ(run_quartic(folder, "plan small.toml --budget 1e18 --hours 100").status, 0);
}

/// The figure of "computing" in a plan.
double computing_of(const std::string& plan) {
  std::smatch found;
  EXPECT_TRUE(std::regex_search(plan, found, std::regex("computing +([0-9.,e+]+) ([a-z]*)"))) << plan;
  std::string digits = found[1];
  std::erase(digits, ',');
  return std::stod(digits);
}

TEST(Plan, TrimsReplicatesAndSaysSo) {
  const Scratch folder;
  testing::write_text(folder / "small.toml", small_study);
  const double all = computing_of(run_quartic(folder, "plan small.toml --threads 1").out);
  ASSERT_GT(all, 1000);
  const std::string half = " small.toml --threads 1 --trim --budget " + std::to_string(all * 0.55);
  const Outcome plan = run_quartic(folder, "plan" + half);
  EXPECT_EQ(plan.status, 0) << plan.err;
  EXPECT_TRUE(holds(plan.out, "Trimmed: replicates = 3 (was 6), to keep to the limits.")) << plan.out;
  EXPECT_TRUE(std::regex_search(plan.out, std::regex("fits +27\n")));
  const Outcome run = run_quartic(folder, "run" + half + " --out made");
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_TRUE(holds(run.err, "Trimmed: replicates = 3 (was 6)")) << run.err;
}

TEST(Plan, TrimsTheUpperEndOfAdaptiveReplicates) {
  const Scratch folder;
  testing::write_text(folder / "small.toml", small_study);
  const std::string until = R"( --set 'replicates={ until = "se(log error) < 0.2", between = [10, 160] }')",
                    target =
                        " --set 'replicates={ between = [10, 160] }' --set "
                        "'target={ law = \"data_exponent\", arm = \"flexible\", half_width = 0.5 }'";
  for (const std::string& rule : {until, target}) {
    const std::string plan = "plan small.toml --threads 1 --budget 3e6 --trim" + rule;
    const Outcome trimmed = run_quartic(folder, plan);
    EXPECT_EQ(trimmed.status, 0) << trimmed.err;
    EXPECT_TRUE(std::regex_search(
        trimmed.out, std::regex(R"(Trimmed: replicates\.between = \[10, \d\d\] \(was \[10, 160\]\))")))
        << trimmed.out;
    const Outcome own = run_quartic(folder, plan + " --set budget=3e6");
    EXPECT_EQ(own.status, 0) << own.err;
    EXPECT_FALSE(holds(own.out, "Trimmed")) << own.out;
    expect_refusal(run_quartic(folder, plan + " --set budget=4e6"), "it has a budget of its own");
  }
}

TEST(Plan, OfAMillionCellsIsAMatterOfASample) {
  const Scratch folder;
  testing::write_text(folder / "small.toml", small_study);
  const Outcome outcome = run_quartic(
      folder,
      "plan small.toml --set sizes=10,20 --set replicates=1 --set world.noise=0.1:10:log:1000 --set "
      "world.candidates=50:1049:linear:1000 --memory 1T --threads 1");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(std::regex_search(outcome.out, std::regex("cells +1,000,000\n"))) << outcome.out;
  EXPECT_TRUE(std::regex_search(outcome.out, std::regex("fits +6,000,000\n"))) << outcome.out;
}

}  // namespace
}  // namespace quartic::program_test
