#include <gtest/gtest.h>

#include <cmath>
#include <initializer_list>

#include "experiments/platform/csv.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::number_columns_test {
namespace {

using support::thrown_message;

Vector vector_of(std::initializer_list<double> values) {
  return Eigen::Map<const Vector>(values.begin(), std::ssize(values));
}

Vector numbers(std::string_view text, std::string_view name = "x") {
  const CsvTable table = parse_csv(text, "t.csv");
  return read_numbers(table, table.column(name));
}

TEST(NumberColumns, ReadPercentThousandsAndSigns) {
  EXPECT_EQ(numbers("x,y\n12.5 %,\n-5%,\n\"1,501,632,000\",\n+2e3,\n\"1,234.5\",\n"),
            vector_of({0.125, -0.05, 1501632000, 2000, 1234.5}));
  EXPECT_EQ(numbers("x,y\n1 600,\n1'600,\n1_600_000,\n1\u00A0600,\n\u22125,\n"),
            vector_of({1600, 1600, 1600000, 1600, -5}));
}

TEST(NumberColumns, KnowWhatIsMissing) {
  std::string text = "y,x\n";
  for (const char* word :
       {"", "NA", "n/a", "NaN", "-", "?", "null", "None", "#N/A", "<NA>", "#DIV/0!", "n.a.", "."})
    text += std::string("1,") + word + "\n";
  const Vector missing = numbers(text);
  EXPECT_EQ(missing.size(), 13);
  EXPECT_TRUE(missing.array().isNaN().all());
}

TEST(NumberColumns, TakeMarksAsOtherFieldsOfTheColumnSay) {
  EXPECT_EQ(numbers("x;y\n50,000;a\n1,600,000;b\n"), vector_of({50000, 1600000}));
  EXPECT_EQ(numbers("x;y\n2,345;a\n0,125;b\n1.234,5;c\n"), vector_of({2.345, 0.125, 1234.5}));
  EXPECT_EQ(numbers("x\ty\n1.600\ta\n1.600.000\tb\n"), vector_of({1600, 1600000}));
  EXPECT_EQ(numbers("x\ty\n1.600\ta\n0.5\tb\n"), vector_of({1.6, 0.5}));
}

TEST(NumberColumns, TakeMarksAsOtherColumnsSay) {
  EXPECT_EQ(numbers("x;e\n50,000;0.5\n400,000;0.25\n"), vector_of({50000, 400000}));
  EXPECT_EQ(numbers("x;e\n1.600;0,5\n3.200;0,25\n"), vector_of({1600, 3200}));
  EXPECT_EQ(numbers("x;when\n1.600;1.2.2020\n3.200;2.2.2020\n"), vector_of({1.6, 3.2}))
      << "dates say nothing";
}

TEST(NumberColumns, TakeMarksForThousandsBesideSmallNumbersWithoutOne) {
  EXPECT_EQ(numbers("x;e\n400;28 %\n800;20 %\n1,600;14 %\n"), vector_of({400, 800, 1600}));
  EXPECT_EQ(numbers("x;e\n400;28 %\n800;20 %\n1.600;14 %\n"), vector_of({400, 800, 1600}));
  EXPECT_EQ(numbers("x;e\n2,345;28 %\n2,125;20 %\n"), vector_of({2.345, 2.125})) << "nothing else says so";
}

TEST(NumberColumns, RefuseAMarkThatTheColumnUsesBothWays) {
  EXPECT_EQ(
      thrown_message([] { numbers("x;y\n1,234.5;a\n0,25;b\n1,600;c\n"); }),
      "t.csv:4: column x has \"1,600\" (its mark may part thousands or decimals: other fields there say "
      "both). Write it without a mark of thousands.");
}

TEST(NumberColumns, ReadTheLettersOfLargeNumbers) {
  EXPECT_EQ(numbers("x\n500\n1.5k\n20K\n300M\n7 B\n1.3G\n2T\n"),
            vector_of({500, 1500, 20e3, 300e6, 7e9, 1.3e9, 2e12}));
  EXPECT_EQ(numbers("x;e\n1,5k;0,1\n1.600k;0,2\n"), vector_of({1500, 1600e3}));
  for (const char* no_number : {"5m", "k", "1kk", "5%k", "1.5Kb"})
    EXPECT_NE(thrown_message([&] { numbers(std::string("x\n") + no_number + "\n"); }), "") << no_number;
}

TEST(NumberColumns, AskForUncertaintiesInAColumnOfTheirOwn) {
  for (const char* field : {"0.107 \u00B1 0.01", "0.107+-0.01", "0.1048(3)"})
    EXPECT_NE(thrown_message([&] { numbers(std::string("x\n") + field + "\n"); }).find("a column of its own"),
              std::string::npos)
        << field;
}

TEST(NumberColumns, AreReadInPowersOfTenWhateverTheirMark) {
  EXPECT_EQ(numbers("x;y\n1,234e18;a\n1.234e18;b\n1,5E+3;c\n"), vector_of({1.234e18, 1.234e18, 1500}));
}

}  // namespace
}  // namespace quartic::number_columns_test
