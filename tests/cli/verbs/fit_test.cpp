/// quartic fit on tables as people keep them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/cli/run_quartic.hpp"

namespace quartic::fit_test {
namespace {

using nlohmann::json;
using testing::Outcome;
using testing::run_quartic;
using testing::Scratch;

Outcome fit(const std::string& table, const std::string& options = "") {
  const Scratch folder;
  testing::write_text(folder / "t.csv", table);
  return run_quartic(folder, "fit t.csv --json " + options);
}

json only_fit(const std::string& table, const std::string& options = "") {
  const Outcome outcome = fit(table, options);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const json document = json::parse(outcome.out);
  EXPECT_EQ(document["fits"].size(), 1u);
  return document["fits"][0];
}

double exponent(const std::string& table, const std::string& options = "") {
  return only_fit(table, options)["estimate"];
}

/// error = 4/n: a data exponent of 1 for k = 1/error.
const std::string plain = "n,error\n100,0.04\n200,0.02\n400,0.01\n800,0.005\n1600,0.0025\n";

TEST(Fit, ReadsUglyTables) {
  const std::array<std::array<std::string, 3>, 14> tables = {{
      {"plain", plain, ""},
      {"byte order mark", "\xEF\xBB\xBF" + plain, ""},
      {"CRLF", "n,error\r\n100,0.04\r\n200,0.02\r\n400,0.01\r\n800,0.005\r\n1600,0.0025\r\n", ""},
      {"semicolons and decimal commas", "n;error\n100;0,04\n200;0,02\n400;0,01\n800;0,005\n1600;0,0025\n",
       ""},
      {"tabs", "n\terror\n100\t0.04\n200\t0.02\n400\t0.01\n800\t0.005\n1600\t0.0025\n", ""},
      {"percent", "n,error\n100,4 %\n200,2%\n400,1 %\n800,0.5%\n1600,0.25 %\n", ""},
      {"accuracy", "n,accuracy\n100,96%\n200,98 %\n400,99%\n800,99.5%\n1600,99.75%\n", "--accuracy"},
      {"thousands", "n,error\n100,0.04\n200,0.02\n400,0.01\n800,0.005\n\"1,600\",0.0025\n", ""},
      {"quotes",
       "\"n\",\"error\",\"said \"\"best\"\", "
       "by\nmany\"\n100,0.04,\"a,b\"\n200,0.02,\"c\nd\"\n400,0.01,\n800,0.005,\n1600,0.0025,\n",
       ""},
      {"missing values",
       "n,error\n100,0.04\n150,NA\n200,0.02\n,0.5\n400,0.01\n500,-\n800,0.005\n1600,0.0025\n", ""},
      {"empty lines and blanks",
       "\n n , error \n\n100, 0.04\n200 ,0.02\n\n400,0.01\n800,0.005\n1600,0.0025\n\n\n", ""},
      {"columns without a name",
       "n,error,,\n100,0.04,,\n200,0.02,,\n400,0.01,,\n800,0.005,,\n1600,0.0025,,\n", ""},
      {"no order", "error,n\n0.005,800\n0.04,100\n0.0025,1600\n0.01,400\n0.02,200\n", ""},
      {"columns of its own", "id,size,top1\n1,100,0.04\n2,200,0.02\n3,400,0.01\n4,800,0.005\n5,1600,0.0025\n",
       "--data size --error top1"},
  }};
  for (const auto& [name, table, options] : tables) EXPECT_NEAR(exponent(table, options), 1, 1e-9) << name;
}

// Errors of classes are chances, those of numbers squares.
TEST(Fit, TakesWhatPerformanceIsFromTheStudyOfARun) {
  const Scratch folder;
  for (const auto& [world, performance] :
       {std::pair{"logistic", "inverse"}, {"sparse_linear", "inverse-root"}}) {
    testing::write_text(folder / "s.toml",
                        "replicates = 4\nsizes = [100, 200, 400, 800]\n[world]\nkind = \"" +
                            std::string(world) +
                            "\"\ncandidates = 12\nrelevant = 4\n[[arm]]\nname = \"all\"\nmodel = "
                            "\"least_squares\"\n");
    ASSERT_EQ(run_quartic(folder, "run s.toml --out " + std::string(world)).status, 0);
    const Outcome fitted = run_quartic(folder, "fit --json " + std::string(world));
    ASSERT_EQ(fitted.status, 0) << fitted.err;
    EXPECT_EQ(json::parse(fitted.out)["performance"], performance);
  }
}

TEST(Fit, RefusesWhatItCannotRead) {
  const std::array<std::array<std::string, 4>, 16> tables = {{
      {"empty", "", "", "t.csv"},
      {"header alone", "n,error\n", "", "t.csv"},
      {"zero byte", std::string("n,error\n100,0.\0004\n", 17), "", "zero byte"},
      {"ragged", "n,error\n100,0.04,1\n", "", "t.csv:2: the row has 3"},
      {"open quote", "n,error\n\"100,0.04\n", "", "t.csv"},
      {"same name twice", "n,n,error\n1,2,3\n", "", "\"n\""},
      {"words for numbers", "n,error\n100,0.04\nmany,0.02\n", "", "t.csv:3: column n has \"many\""},
      {"negative error", "n,error\n100,0.04\n200,-0.02\n", "", "t.csv:3: the error -0.02 is below 0"},
      {"accuracy above one", "n,accuracy\n100,96\n200,98\n", "--accuracy", "percentages need a percent sign"},
      {"zero error", "n,error\n100,0.04\n200,0\n400,0.01\n", "", "t.csv:3: the error 0 is not above 0"},
      {"zero size", "n,error\n0,0.04\n200,0.02\n", "", "t.csv:2: n is 0"},
      {"infinite error", "n,error\n100,inf\n200,0.02\n", "", "t.csv:2: the error is infinite"},
      {"no such column", "n,error\n100,0.04\n", "--error eror", "Did you mean \"error\"?"},
      {"decimal commas that look like thousands", "n,error\n100,\"0,512\"\n", "",
       "t.csv:2: column error has \"0,512\""},
      {"a window without rows", plain, "--from 1e9", "no row between --from and --to (all 5 lie outside)"},
      {"nothing but missing", "n,error\n100,\n200,NA\n", "", "no row with an error and a size"},
  }};
  for (const auto& [name, table, options, message] : tables) {
    const Outcome outcome = fit(table, options);
    EXPECT_EQ(outcome.status, 2) << name << outcome.out;
    EXPECT_NE(outcome.err.find(message), std::string::npos) << name << "\n" << outcome.err;
    EXPECT_NE(outcome.err.find("). "), std::string::npos) << name << ": no remedy in " << outcome.err;
  }
}

TEST(Fit, SaysWhereThereIsNoExponent) {
  const json one_row = only_fit("n,error\n100,0.04\n");
  EXPECT_TRUE(one_row["estimate"].is_null());
  EXPECT_NE(one_row["note"].get<std::string>().find("five at least"), std::string::npos);
  const json constant = only_fit("n,error\n100,0.04\n200,0.04\n400,0.04\n800,0.04\n900,0.04\n");
  EXPECT_TRUE(constant["estimate"].is_null());
  for (const char* law : {"floor", "offset", "floor_offset", "automatic"}) {
    const json flat = only_fit("n,error\n100,0.5\n200,0.5\n400,0.5\n800,0.5\n900,0.5\n950,0.5\n",
                               std::string("--expect 3 --law ") + law);
    EXPECT_TRUE(flat["estimate"].is_null()) << law;
    EXPECT_EQ(flat["verdict"], "not_identified") << law;
  }
  const json one_size = only_fit("n,error\n100,0.04\n100,0.05\n100,0.06\n100,0.05\n100,0.03\n");
  EXPECT_TRUE(one_size["low"].is_null());
  const json huge = only_fit("n,error\n1e300,0.04\n2e300,0.02\n4e300,0.01\n8e300,0.005\n1.6e301,0.0025\n");
  EXPECT_NEAR(huge["estimate"].get<double>(), 1, 1e-9);
}

TEST(Fit, GivesBothLinesOfThePublishedTable) {
  const Scratch folder;
  testing::write_text(folder / "imagenet.csv", run_quartic(folder, "show imagenet").out);
  const Outcome outcome = run_quartic(
      folder, "fit imagenet.csv --error top1_error --compute gflop --expect 4 --margin 0.5 --json");
  const json found = json::parse(outcome.out)["fits"][0];
  EXPECT_NEAR(found["estimate"].get<double>(), 13.6, 0.05);
  EXPECT_NEAR(found["reverse"].get<double>(), 6.2, 0.05);
  EXPECT_EQ(found["quantity"], "compute_exponent");
  EXPECT_EQ(found["verdict"], "not_identified");
}

/// Replicates r of group g at four sizes, error 9/n (1 + spread), flops 2 n^2.
std::string replicated() {
  std::string table = "method,n,run,loss,cost\n";
  for (const int n : {100, 300, 1000, 3000})
    for (int r = 0; r < 12; ++r)
      for (const char* group : {"a", "b"})
        table += std::string(group) + "," + std::to_string(n) + "," + std::to_string(r) + "," +
                 std::to_string(9.0 / n * (1 + 0.1 * std::sin(r + n) + 0.05 * std::cos(3 * r))) + "," +
                 std::to_string(2L * n * n) + "\n";
  return table;
}
const std::string replicated_columns =
    "--group method --data n --replicate run --error loss --compute cost --performance inverse-root";

TEST(Fit, ReadsExponentsOfEveryGroupOverReplicates) {
  const Outcome outcome = fit(replicated(), replicated_columns + " --expect 4");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const json document = json::parse(outcome.out);
  ASSERT_EQ(document["fits"].size(), 4u);
  EXPECT_EQ(document["performance"], "inverse-root");
  const json &data = document["fits"][0], &compute = document["fits"][1];
  EXPECT_EQ(data["group"], "a");
  EXPECT_NEAR(data["estimate"].get<double>(), 2, 0.1);
  EXPECT_TRUE(data["verdict"].is_null());
  EXPECT_NEAR(compute["estimate"].get<double>(), 4, 0.2);
  EXPECT_EQ(compute["replicates"], 12);
  EXPECT_EQ(compute["verdict"], "supported") << compute;
  const std::string columns = replicated_columns.substr(0, replicated_columns.find(" --performance"));
  const json inverse = json::parse(fit(replicated(), columns).out);
  EXPECT_EQ(inverse["performance"], "inverse");
  EXPECT_NEAR(inverse["fits"][0]["estimate"].get<double>(), data["estimate"].get<double>() / 2, 1e-12);
}

TEST(Fit, RefusesTheSameReplicateTwice) {
  const Outcome outcome = fit(replicated(), "--data n --replicate run --error loss");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("twice"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("--group"), std::string::npos) << outcome.err;
}

TEST(Fit, RefusesReplicatesThatShareNoSizes) {
  std::string table = "seed,n,error\n";
  for (int row = 0; row < 4000; ++row) table += fmt::format("{0},{1},{2}\n", row, 100 + row, 1.0 / (row + 1));
  table += "0,101,0.5\n";
  const Outcome outcome = fit(table, "");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("4000 replicates at 4000 sizes"), std::string::npos) << outcome.err;
}

TEST(Fit, CountsSizesOfWhichOneReplicateHasNoError) {
  std::string table = "seed,n,error\n", without;
  for (const int n : {100, 200, 400, 800, 1600, 3200})
    for (int seed = 0; seed < 10; ++seed) {
      const double error = 1.0 / n * (1 + 0.1 * ((seed + n / 100) % 3 - 1));
      table += fmt::format("{},{},{}\n", seed, n, n == 3200 && seed == 0 ? 0 : error);
    }
  const json fitted = only_fit(table, "--law power");
  EXPECT_NEAR(fitted["estimate"].get<double>(), 1, 0.05);
  EXPECT_GT(fitted["high"].get<double>() - fitted["low"].get<double>(), 0.005)
      << "the size counts, and its scatter";
}

TEST(Fit, WritesJsonOfNamesThatAreNotUnicode) {
  const json fitted = only_fit(
      "group,n,error\ncaf\xe9,100,0.04\ncaf\xe9,200,0.02\ncaf\xe9,400,0.01\n"
      "caf\xe9,800,0.005\ncaf\xe9,1600,0.0025\n");
  EXPECT_NEAR(fitted["estimate"].get<double>(), 1, 1e-9);
}

TEST(Fit, SaysThatTheFloorOfPlainRowsIsNone) {
  const json fitted = only_fit(plain + "3200,0.00125\n", "--law floor");
  EXPECT_EQ(fitted["floor"], 0);
  bool warned = false;
  for (const json& warning : fitted["warnings"]) warned |= warning["kind"] == "edge_of_range";
  EXPECT_TRUE(warned) << fitted.dump(1);
}

TEST(Fit, FindsTheFloorUnderTheOffsetLaw) {
  std::string table = "replicate,n,e\n";
  for (int k = 0; k < 10; ++k) {
    const double n = std::round(100 * std::pow(100, k / 9.0));
    for (int r = 0; r < 20; ++r)
      table += fmt::format("{},{},{}\n", r, n,
                           (3 / (n - 80) + 3e-4) * (1 + 0.05 * std::sin(12.9898 * (r * r + 7 * k + 3 * r))));
  }
  const json fitted = only_fit(table, "--error e --expect 2 --margin 0.15 --performance inverse-root");
  EXPECT_EQ(fitted["law"], "floor_offset");
  EXPECT_EQ(fitted["verdict"], "supported") << fitted["reason"];
}

TEST(Fit, TakesFloorsFormsAndWindows) {
  std::string table = "n,error\n";
  for (int k = 0; k < 12; ++k) {
    const double n = 100 * std::pow(2, k);
    table += std::to_string(n) + "," + std::to_string(0.05 + 40 / n) + "\n";
  }
  EXPECT_GT(exponent(table, "--law power"), 2);
  EXPECT_NEAR(exponent(table), 1, 1e-2) << "the rows exclude a power law";
  EXPECT_NEAR(exponent(table, "--floor 0.05"), 1, 1e-2);
  const json free = only_fit(table, "--floor free");
  EXPECT_NEAR(free["estimate"].get<double>(), 1, 1e-2);
  EXPECT_NEAR(free["floor"].get<double>(), 0.05, 1e-4);
  EXPECT_EQ(only_fit(table, "--law automatic")["law"], "floor");
  EXPECT_EQ(only_fit(table, "--to 3500")["rows"], 6);
}

TEST(Fit, ReadsTheFolderOfARun) {
  const Scratch folder;
  testing::write_text(folder / "small.toml", testing::small_study);
  run_quartic(folder, "run small.toml --quiet --out made");
  const Outcome outcome = run_quartic(folder, "fit made");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const char* part : {"oracle, data exponent", "regularised, compute exponent", "R^2", "replicate"})
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
  EXPECT_EQ(run_quartic(folder, "fit made/records.csv --json").status, 0);
  EXPECT_EQ(run_quartic(folder, "fit .").status, 2);
}

/// A curve that bends is read where the replicates are, unless sizes count alike.
TEST(Fit, CountsSizesAlikeWhereAskedTo) {
  std::string alike = "n,error,replicate\n", uneven = alike;
  for (const int n : {10, 20, 40, 80, 160, 320})
    for (int replicate = 0; replicate < 200; ++replicate) {
      const double error = (1 + n / 50.) / n * (replicate % 2 == 0 ? 1.1 : 1 / 1.1);
      const std::string line = fmt::format("{},{},{}\n", n, error, replicate);
      alike += line;
      if (n < 80 || replicate < 10) uneven += line;
    }
  const std::string straight = "--law power --floor none ";
  const double whole = exponent(alike, straight);
  EXPECT_EQ(exponent(alike, straight + "--even"), whole);
  EXPECT_NEAR(exponent(uneven, straight + "--even"), whole, 0.01 * whole);
  EXPECT_LT(exponent(uneven, straight), 0.9 * whole);
}

TEST(Fit, ReadsTheFolderOfAnAdaptiveRunAsItsFindingsDo) {
  const Scratch folder;
  std::string study = testing::small_study;
  study.replace(
      study.find("replicates = 6"), std::string("replicates = 6").size(),
      "replicates = { between = [10, 2000] }\ntarget = { law = \"data_exponent\", arm = \"regularised\", "
      "form = \"power\", half_width = 0.1 }");
  study.erase(study.find("[effort.classroom]"));
  study.replace(study.find("arm = \"oracle\"\nlaw"), std::string("arm = \"oracle\"").size(),
                "arm = \"regularised\"");
  testing::write_text(folder / "adaptive.toml", study);
  const Outcome ran = run_quartic(folder, "run adaptive.toml --quiet --out made");
  ASSERT_EQ(ran.status, 0) << ran.err;
  const json finding = json::parse(testing::read_text(folder / "made/findings.json"))["findings"][0];
  for (const json& warning : finding["fit"]["warnings"]) EXPECT_NE(warning["kind"], "excluded_fits");
  const double found = finding["estimate"];
  const auto estimate = [&](const std::string& source) -> double {
    const json document = json::parse(run_quartic(folder, "fit " + source + " --law power --json").out);
    for (const json& fit : document["fits"])
      if (fit["group"] == "regularised" && fit["quantity"] == "data_exponent") return fit["estimate"];
    return 0;
  };
  EXPECT_NEAR(estimate("made"), found, 1e-9);
  EXPECT_NEAR(estimate("made/records.csv"), found, 1e-9);
  std::filesystem::copy(folder / "made/records.csv", folder / "alone.csv");
  EXPECT_GT(std::abs(estimate("alone.csv") - found), 1e-3);
}

TEST(Fit, TellsTheCurvesOfASweepByTheSettingsThatConcernThem) {
  const Scratch folder;
  testing::write_text(folder / "small.toml", testing::small_study);
  EXPECT_EQ(run_quartic(folder,
                        "run small.toml --quiet --out made --set world.noise=0.5,2 --set "
                        "arm.regularised.penalty=0.1,0.2")
                .status,
            0);
  const auto groups = [&](const std::string& options) {
    std::vector<std::string> names;
    const json document = json::parse(run_quartic(folder, "fit made --json" + options).out);
    for (const json& one : document["fits"])
      if (one["quantity"] == "data_exponent") names.push_back(one["group"]);
    return names;
  };
  const std::vector<std::string> expected = {"oracle, world.noise = 0.5",
                                             "flexible, world.noise = 0.5",
                                             "regularised, world.noise = 0.5, penalty = 0.1",
                                             "regularised, world.noise = 0.5, penalty = 0.2",
                                             "oracle, world.noise = 2",
                                             "flexible, world.noise = 2",
                                             "regularised, world.noise = 2, penalty = 0.1",
                                             "regularised, world.noise = 2, penalty = 0.2"};
  EXPECT_EQ(groups(""), expected);
  EXPECT_EQ(groups(" --group world.noise"), expected);
  const json fits = json::parse(run_quartic(folder, "fit made --json").out)["fits"];
  EXPECT_EQ(fits[0]["settings"], json::parse(R"({"world.noise": 0.5})"));
  EXPECT_EQ(fits[0]["rows"], 18);
  EXPECT_EQ(fits[4]["settings"], json::parse(R"({"world.noise": 0.5, "arm.regularised.penalty": 0.1})"));
}

TEST(Fit, LeavesOutFitsThatDidNotConverge) {
  std::string table = "cell,arm,n,replicate,status,normalised_error,fit_flops,tuning_flops\n";
  for (const int n : {10, 20, 40})
    for (int r = 0; r < 4; ++r)
      table += "0,a," + std::to_string(n) + "," + std::to_string(r) +
               (n == 20 && r == 1
                    ? ",not_converged,9,1,1\n"
                    : ",converged," + std::to_string((1 + 0.1 * r) / n) + "," + std::to_string(n) + ",0\n");
  const json fits = json::parse(fit(table).out)["fits"];
  EXPECT_NEAR(fits[0]["estimate"].get<double>(), 2, 0.2);
  EXPECT_EQ(fits[0]["rows"], 11);
  EXPECT_EQ(fits[0]["warnings"].back()["kind"], "excluded_fits");
}

TEST(Fit, SaysThatPerformanceIsAboveTheFloorOfTheLawInTwoCauses) {
  std::string table = "params,n,error\n";
  for (const double parameters : {10., 40., 160., 640., 2560.})
    for (const double n : {100., 400., 1600., 6400., 25600.})
      table +=
          fmt::format("{},{},{}\n", parameters, n, 0.05 + std::pow(parameters, -0.5) + 2 * std::pow(n, -0.4));
  const Scratch folder;
  testing::write_text(folder / "t.csv", table);
  const auto heading = [&](const std::string& options) {
    const std::string out = run_quartic(folder, "fit t.csv --parameters params" + options).out;
    return out.substr(0, out.find('\n'));
  };
  EXPECT_EQ(heading(""), "Data and computing grow as k^q, k = 1/(error - E), E the floor");
  EXPECT_EQ(heading(" --performance inverse-root"),
            "Data and computing grow as k^q, k = 1/root of (error - E), E the floor");
}

TEST(Fit, TellsTheLawInTwoCausesByName) {
  std::string table = "N,D,lab,loss\n";
  for (int N = 0; N < 6; ++N)
    for (int D = 0; D < 6; ++D)
      table += fmt::format("{},{},{},{}\n", 10 << 2 * N, 100 << 2 * D, (N + D) % 4,
                           (0.05 + std::pow(10 << 2 * N, -0.5) + 2 * std::pow(100 << 2 * D, -0.4)) *
                               (1 + 0.002 * ((3 * N + 5 * D) % 7 - 3)));
  const Scratch folder;
  testing::write_text(folder / "t.csv", table);
  for (const std::string options : {"", " --by huber --delta 0.01", " --cluster lab"}) {
    const Outcome outcome = run_quartic(folder, "fit t.csv --law nd" + options);
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    for (const char* part : {"two causes", "error = E + A/N^a + B/D^b", "where C = N D is best spent",
                             "E  the floor", "parameters  N grows as C to this power"})
      EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
    const json law = only_fit(table, "--law nd" + options)["two_causes"];
    EXPECT_NEAR(law["a"]["estimate"].get<double>(), 0.5, 0.05);
    EXPECT_NEAR(law["b"]["estimate"].get<double>(), 0.4, 0.05);
    EXPECT_LT(law["frontier"]["data"]["low"], 0.5 / 0.9);
    EXPECT_GT(law["frontier"]["data"]["high"], 0.5 / 0.9);
  }
}

TEST(Fit, TakesLinesThatWrongRowsDoNotDrawAway) {
  std::string table = plain;
  for (const int n : {3200, 6400, 12800}) table += fmt::format("{},{}\n", n, (n == 6400 ? 400. : 4.) / n);
  EXPECT_GT(exponent(table), 1.3);
  EXPECT_NEAR(exponent(table, "--by theil-sen"), 1, 0.01);
  EXPECT_NEAR(exponent(table, "--by huber"), 1, 0.01);
  EXPECT_NEAR(exponent(table, "--best envelope"), 1, 1e-6);
}

TEST(Fit, SaysHowItUnderstoodTheColumns) {
  const Scratch folder;
  testing::write_text(folder / "t.csv",
                      "model,err,flops\na,40,1e18\nb,35,1e19\nc,30,1e20\nd,26,1e21\ne,22,1e22\n");
  const Outcome outcome = run_quartic(folder, "fit t.csv --error err --percent");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const char* part :
       {"k = 1/error\n", "error err in per cent, computing flops.", "The column model names rows"})
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.out;
  EXPECT_EQ(run_quartic(folder, "fit t.csv --error err --group ''").out.find("names rows"),
            std::string::npos);
}

TEST(Fit, TellsTheBreakAndWhatIsBeyondIt) {
  std::string table = "n,error\n";
  for (int k = 0; k < 10; ++k)
    table += fmt::format("{},{:.10g}\n", 50 << k, 0.8 / std::sqrt(1 + (50 << k) / 1000.));
  const json fitted = only_fit(table, "--law broken");
  EXPECT_NEAR(fitted["break"].get<double>(), 1000, 10);
  EXPECT_NEAR(fitted["estimate_beyond"].get<double>(), 2, 0.01);
  const Scratch folder;
  testing::write_text(folder / "t.csv", table);
  const std::string out = run_quartic(folder, "fit t.csv --law broken").out;
  EXPECT_NE(out.find("beyond it 2.00 ["), std::string::npos) << out;
  EXPECT_TRUE(only_fit(plain)["break"].is_null());
}

TEST(Fit, ReadsOneColumnASize) {
  std::string table = "100,200,400,800,1600\n";
  for (int row = 0; row < 4; ++row)
    for (int k = 0; k < 5; ++k)
      table += fmt::format("{}{}", 4.0 / (100 << k) * (1 + 0.01 * ((row + k) % 3)), k < 4 ? "," : "\n");
  EXPECT_NEAR(exponent(table, "--wide"), 1, 0.05);
  const Outcome outcome = fit(table);
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("Add --wide"), std::string::npos) << outcome.err;
}

TEST(Fit, FindsTheColumnsOfThePublishedTable) {
  const Scratch folder;
  testing::write_text(folder / "imagenet.csv", run_quartic(folder, "show imagenet").out);
  const json found = json::parse(run_quartic(folder, "fit imagenet.csv --json").out)["fits"][0];
  EXPECT_NEAR(found["estimate"].get<double>(), 13.6, 0.05);
}

TEST(Fit, RefusesOptionsThatContradictEachOther) {
  for (const auto& [options, message] : {std::pair{"--law powr", "Did you mean \"power\"?"},
                                         {"--margin 1", "--expect"},
                                         {"--even", "--replicate"},
                                         {"--confidence 2", "probability"},
                                         {"--parameters n", "two things"},
                                         {"--law logarithm --floor free", "Give a number"},
                                         {"--performance root", "no such measure"},
                                         {"--by hubre", "Did you mean \"huber\"?"},
                                         {"--best sizes", "Did you mean \"size\"?"},
                                         {"--average median", "no such average"},
                                         {"--average geometric_mean", "--replicate"},
                                         {"--delta 1", "--law nd --by huber"},
                                         {"--cluster lab", "no column \"lab\""},
                                         {"--cluster ''", "--cluster"},
                                         {"--law nd --floor 0.1", "Leave one of them out"},
                                         {"--law nd", "--parameters"},
                                         {"--out made", "Add --plot"},
                                         {"--plot --out ''", "--out"},
                                         {"--law floor --by huber", "no straight line"}}) {
    const Outcome outcome = fit(plain, options);
    EXPECT_EQ(outcome.status, 2) << options;
    EXPECT_NE(outcome.err.find(message), std::string::npos) << options << "\n" << outcome.err;
  }
  const Outcome floored = fit("n,k,error\n100,9,0.04\n200,19,0.02\n", "--parameters k --floor 0.001");
  EXPECT_EQ(floored.status, 2);
  EXPECT_NE(floored.err.find("leave --law and --floor out"), std::string::npos) << floored.err;
}

}  // namespace
}  // namespace quartic::fit_test
