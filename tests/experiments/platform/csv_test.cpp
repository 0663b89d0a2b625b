#include "experiments/platform/csv.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/number_text.hpp"
#include "tests/support/thrown_message.hpp"

namespace quartic::csv_test {
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

TEST(Csv, TakesBlanksForSeparatorsWhereThereIsNoOther) {
  EXPECT_EQ(numbers("n   x\n100  0.5\n  20 0.25\n"), Vector(Eigen::Vector2d(0.5, 0.25)));
  EXPECT_EQ(numbers("the error\n0.5\n", "the error"), Vector::Constant(1, 0.5));
  EXPECT_EQ(parse_csv("\"the name\" x\n\"a b\" 1\n", "t.csv").at(0, 0), "a b");
}

TEST(Csv, TakesTheSeparatorThatExcelNames) {
  for (const char* line : {"sep=;\n", "\"sep=;\"\r\n", "\xEF\xBB\xBFsep=;\n"})
    EXPECT_EQ(numbers(std::string(line) + "\"a,b,c\";x\n1;0,5\n"), Vector::Constant(1, 0.5)) << line;
  EXPECT_EQ(parse_csv("sep=\t\na\tx\n1\t2\n", "t.csv").columns(), 2);
}

TEST(Csv, OverlooksComments) {
  EXPECT_EQ(numbers("# made by, my script\n\n# of May\nn,x\n1,2\n# half time\n3,4\n#5,6\n"),
            Vector(Eigen::Vector2d(2, 4)));
  EXPECT_EQ(problem("# one\nn,x\n1,2\n3,many\n").substr(0, 8), "t.csv:4:");
  EXPECT_EQ(parse_csv("#,x\n1,2\n", "t.csv").at(0, 0), "1") << "a column may be called #";
  EXPECT_EQ(parse_csv("a,x\n#N/A,2\n", "t.csv").rows(), 1) << "that is a missing value";
  EXPECT_EQ(parse_csv("a,x\n\"one\n# two\",2\n", "t.csv").at(0, 0), "one\n# two") << "not in quotes";
}

TEST(Csv, TakesTheCommentAboveBareNumbersForTheirHeader) {
  EXPECT_EQ(numbers("# numpy.savetxt\n# n,x\n100,0.5\n200,0.25\n"), Vector(Eigen::Vector2d(0.5, 0.25)));
  EXPECT_EQ(numbers("# n x\n1.0e+02 0.5\n2.0e+02 0.25\n"), Vector(Eigen::Vector2d(0.5, 0.25)));
}

TEST(Csv, ReadsTheRowNamesThatRWrites) {
  for (const char* text : {"\"n\",\"x\"\n\"1\",100,0.3\n\"2\",200,0.2\n", "n,x\n1,100,0.3\n2,200,0.2\n",
                           "\"n\" \"x\"\n\"1\" 100 0.3\n\"2\" 200 0.2\n", "n,x\na,100,0.3\nb,200,0.2\n"})
    EXPECT_EQ(numbers(text), Vector(Eigen::Vector2d(0.3, 0.2))) << text;
}

TEST(Csv, LeavesColumnsOfOneNameAloneUntilSomebodyAsksForThem) {
  const CsvTable table = parse_csv("x,note,note\n1,a,b\n", "t.csv");
  EXPECT_EQ(read_numbers(table, table.column("x")), Vector::Constant(1, 1));
  EXPECT_NE(thrown_message([&] { (void)table.column("note"); }).find("two columns are named \"note\""),
            std::string::npos);
}

TEST(Csv, OverlooksMarksLineEndsAndEmptyLines) {
  EXPECT_EQ(numbers("\xEF\xBB\xBFx,y\r\n\r\n 1 ,2\r\n\r\n3,4\r\n"), Vector(Eigen::Vector2d(1, 3)));
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

TEST(Csv, NamesTheFormatOfWhatIsNoTable) {
  const auto format_of = [](const char* text) { return thrown_message([&] { parse_csv(text, "t"); }); };
  EXPECT_TRUE(format_of("[\n{\"n\":1}]").starts_with("t is JSON"));
  EXPECT_TRUE(format_of("{\"n\": [1, 2]}").starts_with("t is JSON"));
  EXPECT_TRUE(format_of("| n | error |\n|---|---|\n| 1 | 2 |\n").starts_with("t is a table of Markdown"));
  EXPECT_TRUE(format_of("<html><table></table></html>").starts_with("t is HTML"));
  EXPECT_EQ(parse_csv("[n],<e>\n1,2\n", "t").header, (std::vector<std::string>{"[n]", "<e>"}));
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
}  // namespace quartic::csv_test
