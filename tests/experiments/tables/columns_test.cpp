#include "experiments/tables/columns.hpp"

#include <gtest/gtest.h>

#include "tests/support/thrown_message.hpp"

namespace quartic::columns_test {
namespace {

using support::thrown_message;

CsvTable table_of(const std::string& header) {
  std::string row = header;
  for (char& c : row)
    if (c != ',') c = '1';
  return parse_csv(header + "\n" + row + "\n", "t.csv");
}

TEST(Columns, PreferErrorsOfDataHeldOut) {
  EXPECT_EQ(find_errors(table_of("loss,val_loss"), {}).name, "val_loss");
  EXPECT_EQ(find_errors(table_of("error,Test Error,n"), {}).name, "Test Error");
  EXPECT_EQ(find_errors(table_of("acc,val_acc"), {.accuracy = true}).name, "val_acc");
  EXPECT_EQ(find_errors(table_of("val_loss,error"), {}).name, "error") << "an error before a loss";
}

TEST(Columns, AreFoundInWhateverCase) {
  EXPECT_EQ(find_errors(table_of("N,ERROR"), {}).name, "ERROR");
  EXPECT_EQ(find_column(table_of("N,ERROR"), "", {"n"}), "N");
  EXPECT_EQ(find_column(table_of("N,n"), "", {"n"}), "n") << "the exact name first";
  EXPECT_EQ(find_computing(table_of("e,FLOPs"), ""), "FLOPs");
  EXPECT_EQ(find_computing(table_of("e,name"), ""), "");
}

TEST(Columns, AreFoundWithTheirUnitBehindThem) {
  EXPECT_EQ(find_data(table_of("tokens (B),loss"), ""), "tokens (B)");
  EXPECT_EQ(find_parameters(table_of("Params [M],loss"), ""), "Params [M]");
  EXPECT_EQ(find_computing(table_of("Training compute (FLOP),loss"), ""), "Training compute (FLOP)");
  EXPECT_EQ(find_computing(table_of("PF-days,loss"), ""), "PF-days");
  EXPECT_EQ(find_data(table_of("(n),loss"), ""), "(n)");
  EXPECT_EQ(find_data(table_of("n,tokens"), "", "n"), "tokens") << "n is taken";
}

TEST(Columns, SayWhatTheirUnitIs) {
  for (const auto& [name, unit] : {std::pair{"flops", 1.},
                                   {"fit_flops", 1.},
                                   {"gflop", 1e9},
                                   {"GFLOPs", 1e9},
                                   {"Compute (PFLOP)", 1e15},
                                   {"train_tflops", 1e12},
                                   {"petaFLOP", 1e15},
                                   {"pflop_s_days", 86400e15},
                                   {"pf-days", 86400e15},
                                   {"exaflops", 1e18},
                                   {"compute", 1.},
                                   {"gpu_days", 1.},
                                   {"profit", 1.}})
    EXPECT_EQ(unit_in_name(name), unit) << name;
}

TEST(Columns, TellErrorsAsTheyAreWritten) {
  const Vector numbers = Eigen::Vector2d(60, 80);
  EXPECT_TRUE(errors_from(numbers, {.name = "a", .accuracy = true, .percent = true})
                  .isApprox(Vector(Eigen::Vector2d(0.4, 0.2))));
  EXPECT_EQ(errors_from(numbers, {.name = "a"}), numbers);
  const CsvTable table = parse_csv("error (%),acc_pct,e\n60,70,80 %\n", "t.csv");
  EXPECT_EQ(find_errors(table, {}).name, "error (%)");
  EXPECT_TRUE(find_errors(table, {}).percent) << "its name says so";
  EXPECT_TRUE(find_errors(table, {.accuracy = true}).percent);
  EXPECT_FALSE(find_errors(table, {.name = "e"}).percent);
  EXPECT_NE(thrown_message([&] {
              (void)find_errors(table, {.name = "e", .percent = true});
            }).find("Leave --percent out"),
            std::string::npos);
  const CsvTable mixed = parse_csv("error,n\n40 %,1\n,1\n0,1\n35,1\n", "t.csv");
  EXPECT_NE(thrown_message([&] { (void)find_errors(mixed, {}); }).find("t.csv:5: \"35\" has no percent sign"),
            std::string::npos);
}

TEST(Columns, CountPerCentOnlyByTheirUnit) {
  const auto percent = [](const std::string& name, const std::string& number) {
    return find_errors(parse_csv("n,\"" + name + "\"\n1," + number + "\n", "t.csv"), {.name = name}).percent;
  };
  for (const char* name : {"error (%)", "error [%]", "error %", "error percent", "error_pct"})
    EXPECT_TRUE(percent(name, "35")) << name;
  for (const char* name : {"error_at_10%_noise", "error (95% CI half-width unknown)", "error"})
    EXPECT_FALSE(percent(name, "35")) << name;
  EXPECT_FALSE(percent("error (%)", "0.35")) << "a share";
  const ErrorColumn shares = find_errors(parse_csv("n,error (%)\n1,0.35\n", "t.csv"), {});
  EXPECT_NE(shares.note.find("read as shares"), std::string::npos) << shares.note;
}

TEST(Columns, RefuseAnErrorInAnotherUnit) {
  const CsvTable table = table_of("error");
  const auto problem = [&](double error, std::initializer_list<double> errors) {
    const Vector column = Eigen::Map<const Vector>(errors.begin(), std::ssize(errors));
    return thrown_message([&] { require_same_unit("--target", error, table, column); });
  };
  EXPECT_EQ(
      problem(5, {0.4, 0.2}),
      "--target is 5, and the errors of t.csv are shares, from 0.2 to 0.4 (it would be 500 %). Write 5% "
      "for per cent.");
  EXPECT_NE(problem(0.05, {40, 18, nan})
                .find("go from 18 to 40 (they may be per cent without a sign). Give "
                      "--percent"),
            std::string::npos);
  EXPECT_EQ(problem(5, {40, 18}), "");
  EXPECT_EQ(problem(0.001, {0.4, 0.2}), "");
  EXPECT_EQ(problem(1.5, {4, 2}), "") << "losses";
}

}  // namespace
}  // namespace quartic::columns_test
