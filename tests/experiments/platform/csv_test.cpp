#include "experiments/platform/csv.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/number_text.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic {
namespace {

using support::thrown_message;

Vector numbers(std::string_view text, std::string_view name = "x") {
  const CsvTable table = parse_csv(text, "t.csv");
  return read_numbers(table, table.column(name));
}

std::string problem(std::string_view text) {
  return thrown_message([&] { numbers(text); });
}

TEST(Csv, ReadsFieldsInQuotes) {
  const CsvTable table = parse_csv("name,x\n\"Smith, \"\"J\"\"\",1\n\"two\nlines\",2\nlast,3", "t.csv");
  EXPECT_EQ(table.rows(), 3);
  EXPECT_EQ(table.at(0, 0), "Smith, \"J\"");
  EXPECT_EQ(table.at(1, 0), "two\nlines");
  EXPECT_EQ(table.at(2, 1), "3");
  EXPECT_EQ(table.lines, (std::vector<Index>{2, 4, 5}));
}

TEST(Csv, TakesTheSeparatorThatTheHeaderHoldsMostOf) {
  EXPECT_EQ(numbers("a;x\n1;0,5\n"), Vector::Constant(1, 0.5));
  EXPECT_EQ(numbers("a\tx\n1\t0.5\n"), Vector::Constant(1, 0.5));
  EXPECT_EQ(numbers("\"a;b;c\",x\n1,0.5\n"), Vector::Constant(1, 0.5));
  EXPECT_EQ(numbers("x\n0.5\n"), Vector::Constant(1, 0.5));
}

TEST(Csv, OverlooksMarksLineEndsAndEmptyLines) {
  EXPECT_EQ(numbers("\xEF\xBB\xBFx,y\r\n\r\n 1 ,2\r\n\r\n3,4\r\n"), Vector(Eigen::Vector2d(1, 3)));
}

TEST(Csv, ReadsPercentThousandsAndSigns) {
  EXPECT_EQ(numbers("x,y\n12.5 %,\n-5%,\n\"1,501,632,000\",\n+2e3,\n\"1,234.5\",\n"),
            (Vector(5) << 0.125, -0.05, 1501632000, 2000, 1234.5).finished());
}

TEST(Csv, KnowsWhatIsMissing) {
  const Vector missing = numbers("x,y\n,1\nNA,1\nn/a,1\nNaN,1\n-,1\n?,1\nnull,1\nNone,1\n");
  EXPECT_EQ(missing.size(), 8);
  EXPECT_TRUE(missing.array().isNaN().all());
}

TEST(Csv, SaysWhereWhatIsNotANumberStands) {
  EXPECT_EQ(problem("x,y\n1,2\n\n\"0,5\",2\n"),
            "t.csv:4: column x has \"0,5\" (a number is expected there). Correct it, or leave it empty.");
  EXPECT_NE(problem("x,y\n1,2\n1.2.3,2\n").find("t.csv:3"), std::string::npos);
  EXPECT_NE(problem("x,y\n\"12,34,567\",2\n").find("12,34,567"), std::string::npos);
}

TEST(Csv, RefusesWhatIsNoTable) {
  EXPECT_NE(problem("").find("is empty"), std::string::npos);
  EXPECT_NE(problem("\n\r\n").find("is empty"), std::string::npos);
  EXPECT_NE(problem("x,y\n").find("no rows"), std::string::npos);
  EXPECT_NE(problem("x,y\n1,2\n1,2,3\n").find("t.csv:3: the row has 3 fields (the header has 2)"),
            std::string::npos);
  EXPECT_NE(problem("x,y\n1,2\n\"1,2\n3,4\n").find("quote"), std::string::npos);
  EXPECT_NE(problem("x,y\n1,a\"b\n").find("t.csv:2: a quote stands"), std::string::npos);
  EXPECT_NE(problem("x,x\n1,2\n").find("two columns are named \"x\""), std::string::npos);
  EXPECT_NE(problem(std::string_view("x\n\0\n", 4)).find("zero byte"), std::string::npos);
}

TEST(Csv, SuggestsTheNearestColumn) {
  const CsvTable table = parse_csv("error,flops\n1,2\n", "t.csv");
  EXPECT_TRUE(table.has("flops"));
  EXPECT_FALSE(table.has("eror"));
  EXPECT_EQ(thrown_message([&] { (void)table.column("eror"); }),
            "t.csv has no column \"eror\" (its columns are error, flops). Did you mean \"error\"?");
}

TEST(CsvFields, QuoteTextAsRfc4180Asks) {
  EXPECT_EQ(csv_field("plain text"), "plain text");
  EXPECT_EQ(csv_field("one, two"), "\"one, two\"");
  EXPECT_EQ(csv_field("say \"no\""), "\"say \"\"no\"\"\"");
  EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
}

TEST(CsvFields, WriteNumbersThatReadBackToTheSameBits) {
  for (const double number :
       {0.1, 1.0 / 3, 1e300, 5e-324, -0.0, 123456789.123, std::numeric_limits<double>::infinity()}) {
    const std::string text = csv_field(number);
    const std::optional<double> back = read_number(text);
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, number) << text;
    EXPECT_EQ(std::signbit(*back), std::signbit(number));
  }
  EXPECT_EQ(csv_field(std::nan("")), "");
}

TEST(CsvFields, AreNothingThatASpreadsheetComputes) {
  for (const std::string formula : {"=1+1", "+1+1", "-2+3", "@SUM(1)", "\t=1",
                                    "\xEF\xBC\x9D"
                                    "1",
                                    "=HYPERLINK(\"x\",\"y\")"}) {
    EXPECT_TRUE(begins_a_formula(formula)) << formula;
    const std::string field = csv_field(formula);
    EXPECT_TRUE(field.starts_with("'") || field.starts_with("\"'")) << field;
  }
  for (const char* text : {"", "a-b", "1+1", "ridge",
                           "\xE2\x88\x92"
                           "1"}) {
    EXPECT_FALSE(begins_a_formula(text)) << text;
    EXPECT_EQ(csv_field(text), text);
  }
}

}  // namespace
}  // namespace quartic
