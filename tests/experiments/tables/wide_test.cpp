#include "experiments/tables/wide.hpp"

#include <gtest/gtest.h>

#include "tests/support/thrown_message.hpp"

namespace quartic::detail::wide_test {
namespace {

TEST(Wide, TablesHaveOneRowAfterwardsForEachRowAndSize) {
  const CsvTable wide = parse_csv("arm,100,n=200,X400\na,0.3,0.2,0.1\nb,0.5,,0.4\n", "t.csv");
  EXPECT_EQ(size_columns(wide), (std::vector<Index>{1, 2, 3}));
  const CsvTable table = lengthen(wide);
  EXPECT_EQ(table.header, (std::vector<std::string>{"arm", "n", "error", "row"}));
  EXPECT_EQ(table.rows(), 6);
  EXPECT_EQ(read_numbers(table, 1).head(3), Vector(Eigen::Vector3d(100, 200, 400)));
  EXPECT_EQ(table.at(4, 0), "b");
  EXPECT_EQ(table.at(4, 2), "");
  EXPECT_EQ(table.at(5, 3), "2");
  EXPECT_EQ(render_place(table, 5), "t.csv:3: ");
}

TEST(Wide, TablesNeedColumnsThatAreSizes) {
  const CsvTable table = parse_csv("n,error,name\n1,2,3\n", "t.csv");
  EXPECT_TRUE(size_columns(table).empty());
  EXPECT_NE(support::thrown_message([&] { (void)lengthen(table); }).find("leave --wide out"),
            std::string::npos);
}

}  // namespace
}  // namespace quartic::detail::wide_test
