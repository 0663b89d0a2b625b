#include "cli/pictures/pictures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/pictures/curve_picture.hpp"
#include "cli/pictures/curves.hpp"
#include "core/require.hpp"
#include "tests/cli/run_quartic.hpp"

namespace quartic::pictures_test {
namespace {

using testing::Scratch;

constexpr const char* header =
    "cell,arm,n,replicates,mean_error,mean_error_se,geometric_mean_error,theory_error,fit_flops,tuning_"
    "flops\n";

std::vector<SummaryRow> two_arms() {
  return {{0, "oracle", 10, 5, 0.5, 0.1, 0.4, 0.45, 1e3, 0},
          {0, "oracle", 100, 5, 0.05, 0.01, 0.04, 0.045, 1e4, 0},
          {0, "flexible", 10, 5, 1.0, 0.1, 0.9, SummaryRow::not_measured, 1e6, 1e6},
          {0, "flexible", 100, 5, 0.9, 0.1, 0.8, SummaryRow::not_measured, 1e8, 1e8}};
}

TEST(SummaryFile, IsReadByTheNamesOfItsColumns) {
  const Scratch folder;
  testing::write_text(folder / "summary.csv", std::string(header) + "1,\"the, arm\",10,5,0.5,,0.4,,100,\n");
  const std::vector<SummaryRow> rows = read_summary(folder.path());
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].cell, 1);
  EXPECT_EQ(rows[0].arm, "the, arm");
  EXPECT_EQ(rows[0].mean_error, 0.5);
  EXPECT_TRUE(std::isnan(rows[0].mean_error_se));
  EXPECT_TRUE(std::isnan(rows[0].tuning_flops));
}

TEST(SummaryFile, RefusesFilesThatAreNotOne) {
  const Scratch folder;
  EXPECT_THROW(read_summary(folder.path()), InvalidInput);
  const std::vector<std::string> broken = {"a,b\n1,2\n", header, std::string(header) + "0,oracle,10\n",
                                           std::string(header) + "0,oracle,10,5,half,,,,,\n"};
  for (const std::string& text : broken) {
    testing::write_text(folder / "summary.csv", text);
    EXPECT_THROW(read_summary(folder.path()), InvalidInput) << text;
  }
}

TEST(Pictures, PlotTheMeanWithItsIntervalOnTheLogScale) {
  const std::string data = picture_data(two_arms());
  const double t = 2.7764451051978;  // 97.5 % quantile of Student t, 4 degrees of freedom
  const double factor = std::exp(t * 0.1 / 0.5);
  double n = 0, flops = 0, mean = 0, low = 0, high = 0, theory = 0;
  const std::size_t line = data.find("\n10 ");
  ASSERT_EQ(
      std::sscanf(data.c_str() + line, "%lf %lf %lf %lf %lf %lf", &n, &flops, &mean, &low, &high, &theory),
      6);
  EXPECT_DOUBLE_EQ(mean, 0.5);
  EXPECT_NEAR(low, 0.5 / factor, 1e-9);
  EXPECT_NEAR(high, 0.5 * factor, 1e-9);
  EXPECT_DOUBLE_EQ(theory, 0.45);
}

TEST(Pictures, CountTuningAsComputing) {
  EXPECT_NE(picture_data(two_arms()).find("10 2e+06 1 "), std::string::npos);
}

RunView view_of(std::vector<SummaryRow> rows) {
  return {std::move(rows), {}, {}};
}

TEST(Pictures, LabelEveryArmAndDrawTheoryInItsColourOnlyWhereThereIsSome) {
  const std::string script = picture_script(view_of(two_arms()), PictureOf::data);
  EXPECT_NE(script.find("'oracle'"), std::string::npos);
  EXPECT_NE(script.find("'flexible'"), std::string::npos);
  EXPECT_NE(script.find("index 0 using 1:6 with lines lw 2.5 dt (12,8) lc rgb \"#0072B2\""),
            std::string::npos);
  EXPECT_EQ(script.find("index 2 using 1:6"), std::string::npos);
}

TEST(Pictures, GiveEachOfTheFirstSixCellsAPanelWithTheSameAxes) {
  std::vector<SummaryRow> rows;
  for (Index cell = 0; cell < 8; ++cell)
    for (SummaryRow row : two_arms()) {
      row.cell = cell;
      row.mean_error /= static_cast<double>(cell + 1);
      rows.push_back(row);
    }
  const std::string script = picture_script(view_of(rows), PictureOf::computing);
  EXPECT_NE(script.find("cell 5'"), std::string::npos);
  EXPECT_EQ(script.find("cell 6'"), std::string::npos);
  EXPECT_NE(script.find("The first 6 of 8 cells"), std::string::npos);
  std::set<std::string> ranges;
  for (std::size_t at = script.find("set yrange"); at != std::string::npos;
       at = script.find("set yrange", at + 1))
    ranges.insert(script.substr(at, script.find('\n', at) - at));
  EXPECT_EQ(ranges.size(), 1U);
}

TEST(Pictures, SayWhichArmHasNothingToDraw) {
  std::vector<SummaryRow> rows = two_arms();
  for (SummaryRow& row : rows)
    if (row.arm == "flexible") row.mean_error = NAN, row.replicates = 0;
  const std::string script = picture_script(view_of(rows), PictureOf::data);
  EXPECT_NE(script.find("nothing measured"), std::string::npos) << script;
  EXPECT_EQ(script.find("mean over 0"), std::string::npos) << script;
}

TEST(Pictures, DrawTheTotalWhereTheStudySaysHowOftenRulesAreUsed) {
  RunView view = view_of(two_arms());
  for (SummaryRow& row : view.rows) row.total_flops = 1e9 * static_cast<double>(row.n);
  view.found = {
      {.cell = 0, .arm = "oracle", .law = LawKind::compute_exponent, .to = INFINITY, .value = {5, 4, 6}}};
  EXPECT_EQ(curve_pictures(view).size(), 3u);
  view.about.has_uses = true;
  const std::vector<PictureFile> files = curve_pictures(view);
  ASSERT_EQ(files.size(), 5u);
  EXPECT_EQ(files[3].name, "totals.dat");
  EXPECT_NE(files[3].text.find("10 1e+10 1 "), std::string::npos) << files[3].text;
  EXPECT_EQ(files[4].name, "error_by_total.gp");
  EXPECT_NE(files[4].text.find("\"totals.dat\" index 0 using 2:3"), std::string::npos) << files[4].text;
  EXPECT_EQ(files[4].text.find("k^{5"), std::string::npos) << "an exponent of training is none of the total";
  view.found.front().over = Expense::total;
  EXPECT_NE(curve_pictures(view)[4].text.find("k^{5"), std::string::npos);
}

TEST(Pictures, WriteExponentsPlateausAndCrossingsWithTheirIntervals) {
  RunView view = view_of(two_arms());
  view.about.title = "Knowing and looking";
  view.about.observations = "patients";
  view.found = {
      {.cell = 0, .arm = "oracle", .law = LawKind::data_exponent, .to = INFINITY, .value = {2.1, 1.9, 2.34}},
      {.cell = 0, .arm = "flexible", .law = LawKind::plateau, .to = INFINITY, .value = {.95, .9, .99}},
      {.cell = 0,
       .arm = "oracle",
       .against = "flexible",
       .law = LawKind::crossing,
       .to = INFINITY,
       .value = {30, 20, 50}}};
  const std::string script = picture_script(view, PictureOf::data);
  for (const char* part : {"'k^{2.10} [1.90, 2.34]'", "'plateau 0.950 [0.900, 0.990]'", "Knowing and looking",
                           "set xlabel 'patients'", "'k^{2}'", "'k^{4}'", "heads size"})
    EXPECT_NE(script.find(part), std::string::npos) << part << "\n" << script;
  EXPECT_NE(script.find("Rings: oracle needs 30.0 [20.0, 50.0] patients"), std::string::npos) << script;
  const std::string computing = picture_script(view, PictureOf::computing);
  EXPECT_EQ(computing.find("k^{2.1"), std::string::npos) << "an exponent of data is none of computing";
}

TEST(Pictures, TellTheSizesAndTheLawOfAnExponentAndItsMissingEnd) {
  RunView view = view_of(two_arms());
  view.found = {{.cell = 0,
                 .arm = "oracle",
                 .law = LawKind::data_exponent,
                 .from = 20,
                 .to = INFINITY,
                 .value = {2, 1, 3},
                 .form = "offset"},
                {.cell = 0,
                 .arm = "flexible",
                 .law = LawKind::data_exponent,
                 .to = 50,
                 .value = {30, 12, std::nan("")}}};
  const std::string script = picture_script(view, PictureOf::data);
  EXPECT_NE(script.find("'k^{2.00} [1.00, 3.00], offset law, n \u2265 20'"), std::string::npos) << script;
  EXPECT_NE(script.find("'above k^{12.0}, n \u2264 50'"), std::string::npos) << script;
}

TEST(Pictures, SayOfACrossingWhoNeedsHowManyAndDrawALineToIt) {
  RunView view = view_of(two_arms());
  view.found = {{.cell = 0,
                 .arm = "flexible",
                 .against = "oracle",
                 .against_n = 10,
                 .law = LawKind::crossing,
                 .to = INFINITY,
                 .value = {50, 20, 1398}},
                {.cell = 0,
                 .arm = "flexible",
                 .against = "oracle",
                 .against_n = 10,
                 .law = LawKind::crossing,
                 .to = INFINITY,
                 .value = {60, 50, 70},
                 .typical = true}};
  const std::string script = picture_script(view, PictureOf::data);
  for (const char* part : {"flexible needs 50.0 [20.0, 1,398]", "set arrow from 10,0.5 to 50,"})
    EXPECT_NE(script.find(part), std::string::npos) << part << "\n" << script;
  EXPECT_EQ(script.find("60.0"), std::string::npos) << "a crossing of geometric means, among lines of means";
}

TEST(Pictures, SayNothingOfAnExponentThatMayBeAnything) {
  RunView view = view_of(two_arms());
  view.found = {
      {.cell = 0,
       .arm = "flexible",
       .law = LawKind::data_exponent,
       .to = INFINITY,
       .value = {3, 0.02, std::nan("")}},
      {.cell = 0, .arm = "oracle", .law = LawKind::data_exponent, .to = INFINITY, .value = {13, 0.05, 29.6}}};
  const std::string script = picture_script(view, PictureOf::data);
  EXPECT_EQ(script.find("above"), std::string::npos) << script;
  EXPECT_EQ(script.find("29.6"), std::string::npos) << script;
  EXPECT_EQ(script.find("'k^{4}'"), std::string::npos) << "no exponent, so no slopes to compare it with";
}

TEST(Pictures, TellThePlateauOfAnArmThatStallsAndNotItsExponent) {
  RunView view = view_of(two_arms());
  view.found = {
      {.cell = 0, .arm = "flexible", .law = LawKind::data_exponent, .to = INFINITY, .value = {111, 99, 125}},
      {.cell = 0, .arm = "flexible", .law = LawKind::plateau, .to = INFINITY, .value = {.95, .9, .99}}};
  const std::string script = picture_script(view, PictureOf::data);
  EXPECT_NE(script.find("'plateau 0.950 [0.900, 0.990]'"), std::string::npos) << script;
  EXPECT_NE(script.find("Dotted: plateaus"), std::string::npos) << script;
}

TEST(Pictures, CutBandsAtTheEdgeOfThePicture) {
  std::vector<SummaryRow> rows = two_arms();
  rows[0].mean_error_se = 10;  // an interval over hundreds of decades
  const Extent error = shown_errors(find_extents(rows).error);
  const std::string data = picture_data(rows);
  const std::size_t block = data.find("n flops low high\n") + 17;
  double n = 0, flops = 0, low = 0, high = 0;
  ASSERT_EQ(std::sscanf(data.c_str() + block, "%lf %lf %lf %lf", &n, &flops, &low, &high), 4);
  EXPECT_EQ(n, 10);
  EXPECT_NEAR(low, error.low, 1e-9 * error.low);
  EXPECT_NEAR(high, error.high, 1e-9 * error.high);
  ASSERT_EQ(std::sscanf(data.c_str() + data.find('\n', block), "%lf %lf %lf %lf", &n, &flops, &low, &high),
            4);
  EXPECT_GT(n, 10);
  EXPECT_LT(n, 100) << "the place where an edge comes back into the picture";
}

/// A sweep of two axes, 3 x 2, of one size.
void write_sweep(const Scratch& folder) {
  std::string summary = header;
  nlohmann::json cells = nlohmann::json::array();
  int cell = 0;
  for (const char* features : {"round(0.5*n)", "n", "4*n"})
    for (const char* penalty : {"0", "0.03"}) {
      summary += std::to_string(cell) + ",random,300,5,0." + std::to_string(3 + cell) + ",0.1,0.4,,1e3,0\n";
      cells.push_back({{"cell", cell++},
                       {"settings", {{"arm.random.features", features}, {"arm.random.penalty", penalty}}}});
    }
  testing::write_text(folder / "summary.csv", summary);
  const nlohmann::json study = {{"title", "A peak"}, {"name", "peak"}, {"effort", ""}, {"seed", 1}};
  testing::write_text(folder / "manifest.json", nlohmann::json{{"study", study}, {"cells", cells}}.dump());
}

TEST(SettingPictures, DrawAStudyOfOneSizeByWhatItVariesMost) {
  const Scratch folder;
  write_sweep(folder);
  const auto files = make_pictures(folder.path(), {}, built_in_catalogues());
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[1].name, "error_by_setting.gp");
  EXPECT_NE(files[0].text.find("150 0.3 "), std::string::npos) << files[0].text;
  EXPECT_NE(files[0].text.find("1200 0.7 "), std::string::npos) << files[0].text;
  for (const char* part : {"'random, penalty = 0.03'", "set logscale x", "'n = 300'", "A peak",
                           "set xlabel 'features of random'"})
    EXPECT_NE(files[1].text.find(part), std::string::npos) << part << "\n" << files[1].text;
}

TEST(SettingPictures, DrawAMapOverTwoAxesWithContours) {
  const Scratch folder;
  write_sweep(folder);
  const auto files =
      make_pictures(folder.path(), {.x = {"features", "arm.random.penalty"}}, built_in_catalogues());
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[1].name, "error_over_settings.gp");
  for (const char* part : {"'round(0.5*n)' 0, 'n' 1, '4*n' 2", "set label '0.300'", "set table $contours0",
                           "$contours0 using 1:2 with lines", "Contours"})
    EXPECT_NE(files[1].text.find(part), std::string::npos) << part << "\n" << files[1].text;
}

/// Crossings of the arm in the first four cells of the sweep: two numbers, one that is not identified, and one that
/// never comes.
void write_crossings(const Scratch& folder) {
  nlohmann::json findings = nlohmann::json::array();
  const auto add = [&](int cell, nlohmann::json estimate, nlohmann::json low, nlohmann::json high) {
    nlohmann::json finding = {{"cell", cell},
                              {"arm", "random"},
                              {"law", "crossing"},
                              {"from", 10},
                              {"to", 3000},
                              {"average", "mean"},
                              {"against", {{"arm", "doctor"}}},
                              {"fit", nullptr},
                              {"estimate", estimate},
                              {"low", low},
                              {"high", high}};
    if (cell == 1)
      finding["expect"] = 1991.0;
    else
      finding["at_most"] = 5;
    findings.push_back(finding);
  };
  add(0, 1234.4, 1100.2, nullptr);
  add(1, 1998.0, 1989.0, 2008.0);
  add(2, nullptr, nullptr, nullptr);
  add(3, nullptr, 3e6, nullptr);
  testing::write_text(folder / "findings.json", nlohmann::json{{"findings", findings}}.dump());
}

TEST(SettingPictures, DrawCrossingsByWhatTheSweepVaries) {
  const Scratch folder;
  write_sweep(folder);
  write_crossings(folder);
  const auto map =
      make_pictures(folder.path(), {.x = {"features", "penalty"}, .y = "crossing"}, built_in_catalogues());
  ASSERT_EQ(map.size(), 2U);
  EXPECT_EQ(map[1].name, "crossing_over_settings.gp");
  for (const char* part : {"random overtakes doctor", "'1,234'", "[1,100, \u221e]", "'1,998'",
                           "claimed: 1,991", "'not identified'", "'never'"})
    EXPECT_NE(map[1].text.find(part), std::string::npos) << part << "\n" << map[1].text;
  const auto lines =
      make_pictures(folder.path(), {.x = {"features"}, .y = "crossing"}, built_in_catalogues());
  EXPECT_EQ(lines[1].name, "crossing_by_setting.gp");
  EXPECT_NE(lines[1].text.find("observations where it overtakes"), std::string::npos) << lines[1].text;
}

TEST(SettingPictures, KeepTheCellsThatWereChosen) {
  const Scratch folder;
  write_sweep(folder);
  const auto files =
      make_pictures(folder.path(), {.x = {"features"}, .cells = {{"penalty", "0.0"}}}, built_in_catalogues());
  EXPECT_EQ(files[1].text.find("= 0.03"), std::string::npos) << files[1].text;
}

TEST(SettingPictures, RefuseWhatTheSweepDoesNotHave) {
  const Scratch folder;
  write_sweep(folder);
  const std::vector<std::pair<PictureChoice, std::string>> cases = {
      {{.x = {"feature"}}, "The choices are arm.random.features, arm.random.penalty."},
      {{.x = {"n"}}, "it varies arm.random.features, arm.random.penalty"},
      {{.x = {"features", "features"}}, "two different ones"},
      {{.x = {"features", "penalty", "penalty"}}, "a picture has two axes"},
      {{.x = {"features"}, .y = "exponent"}, "data_exponent"},
      {{.x = {"features"}, .y = "crossing"}, "the study claims none of two whole curves"},
      {{.x = {"features"}, .cells = {{"penalty", "7"}}}, "no cell of the sweep has the settings"}};
  for (const auto& [choice, says] : cases) {
    std::string said;
    try {
      make_pictures(folder.path(), choice, built_in_catalogues());
    } catch (const InvalidInput& problem) {
      said = problem.what();
    }
    EXPECT_NE(said.find(says), std::string::npos) << says << "\n" << said;
  }
}

/// What gnuplot, a shell or a browser would do something with.
const std::vector<std::string> hostile_texts = {"`touch ran`",
                                                "$(touch ran)",
                                                "'",
                                                "''",
                                                "a'.system('touch ran').'b",
                                                "\" . system(\"touch ran\") . \"",
                                                "\\",
                                                "\\\" `touch ran`",
                                                "@GPVAL_PWD",
                                                "x\n`touch ran`\n!touch ran",
                                                "# } {",
                                                "%s %d",
                                                "; !touch ran",
                                                "<script>alert(1)</script>",
                                                "\033c\a",
                                                "| touch ran"};

std::string in_quotes(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

/// A folder that somebody sent: these texts are the names of arms and the settings of cells.
void write_run(const Scratch& folder, const std::vector<std::string>& texts) {
  std::string summary = header;
  nlohmann::json cells = nlohmann::json::array();
  for (std::size_t k = 0; k < texts.size(); ++k) {
    for (const char* n : {"10", "100"})
      summary += std::to_string(k % most_panels) + "," + in_quotes(texts[k]) + "," + n +
                 ",5,0.5,0.1,0.4,0.45,1e3,0\n";
    if (k < most_panels)
      cells.push_back({{"cell", k}, {"settings", {{texts[k], texts[texts.size() - 1 - k]}}}});
  }
  testing::write_text(folder / "summary.csv", summary);
  testing::write_text(folder / "manifest.json", nlohmann::json{{"cells", cells}}.dump());
}

TEST(Pictures, DoNothingThatANameSays) {
  if (!testing::has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  for (std::size_t first = 0; first < hostile_texts.size(); first += most_panels) {
    const Scratch folder;
    std::vector<std::string> texts = hostile_texts;
    std::rotate(texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(first), texts.end());
    write_run(folder, texts);
    const testing::Outcome outcome = testing::run_quartic(folder, "plot .");
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_FALSE(std::filesystem::exists(folder / "ran")) << hostile_texts[first];
    const std::string drawing = testing::read_text(folder / "error_by_data.svg");
    EXPECT_NE(drawing.find("touch ran"), std::string::npos);
    EXPECT_EQ(drawing.find("<script"), std::string::npos);
  }
}

TEST(Pictures, OfCausesAndTablesDoNothingThatANameSays) {
  if (!testing::has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const Scratch folder;
  write_run(folder, {"arm"});
  nlohmann::json share{{"cause", ""}, {"estimate", 1}, {"low", 0}, {"high", 2}};
  nlohmann::json causes{{"base", share}, {"shares", nlohmann::json::array()}, {"total", share}};
  std::string points = "label,flops,error\n";
  for (const std::string& text : hostile_texts) {
    share["cause"] = text;
    causes["shares"].push_back(share);
    points += in_quotes(text) + ",1e" + std::to_string(causes["shares"].size()) + ",0.5\n";
  }
  testing::write_text(folder / "findings.json", nlohmann::json{{"causes", causes}}.dump());
  EXPECT_EQ(testing::run_quartic(folder, "plot .").status, 0);
  EXPECT_NE(testing::read_text(folder / "causes.svg").find("touch ran"), std::string::npos);
  testing::write_text(folder / "points.csv", points);
  testing::write_text(folder / "findings.json", R"({"exponents": [], "projections": []})");
  EXPECT_EQ(testing::run_quartic(folder, "plot .").status, 0);
  EXPECT_NE(testing::read_text(folder / "recorded.svg").find("touch ran"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder / "ran"));
}

TEST(Pictures, ReplaceLinksAndDoNotFollowThem) {
  if (!testing::has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const Scratch folder;
  write_run(folder, {"arm"});
  testing::write_text(folder / "thesis", "mine");
  for (const char* name : {"errors.dat", "error_by_data.gp", "error_by_data.svg", "error_by_computing.png"})
    std::filesystem::create_symlink(folder / "thesis", folder / name);
  EXPECT_EQ(testing::run_quartic(folder, "plot .").status, 0);
  EXPECT_EQ(testing::read_text(folder / "thesis"), "mine");
}

TEST(Pictures, RefuseJsonThatQuarticDidNotWrite) {
  const auto refusal = [](const Scratch& folder, const std::string& name, const std::string& text) {
    testing::write_text(folder / name, text);
    const testing::Outcome outcome = testing::run_quartic(folder, "plot .");
    EXPECT_EQ(outcome.status, 2) << text << outcome.err;
    EXPECT_NE(outcome.err.find(name + " is not as quartic wrote it"), std::string::npos)
        << text << outcome.err;
  };
  const Scratch run, table;
  write_run(run, {"arm"});
  const std::string nested = std::string(100000, '[') + std::string(100000, ']');
  for (const char* text : {R"({"cells":[{}]})", "[1]", "[null]", R"({"cells":5})", R"({"cells":[null]})", "{",
                           "", R"({"cells":[{"cell":"x","settings":{"a":1}}]})"})
    refusal(run, "manifest.json", text);
  testing::write_text(run / "manifest.json", R"({"cells":[{"cell":0,"settings":{"a":)" + nested + "}}]}");
  for (const char* text : {R"({"causes":1})", R"({"causes":{"total":5}})", R"({"causes":{}})", "no"})
    refusal(run, "findings.json", text);
  testing::write_text(table / "points.csv", "label,flops,error\na,1e9,0.5\nb,1e10,0.4\n");
  for (const char* tables : {"null", "5", "\"x\"", "{}", "[null]", "[{}]", R"([{"projections":[{}]}])"})
    refusal(table, "findings.json", std::string(R"({"exponents":[],"projections":)") + tables + "}");
  for (const std::string& text :
       {std::string("[]"), std::string("{}"), std::string("null"),
        std::string(R"({"exponents":[1],"projections":[]})"),
        R"({"exponents":[],"projections":[{"projections":[{"decades_beyond":)" + nested + "}]}]}"})
    refusal(table, "findings.json", text);
}

}  // namespace
}  // namespace quartic::pictures_test
