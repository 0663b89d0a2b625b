#include "cli/gnuplot/sheet.hpp"

#include <gtest/gtest.h>

#include <string>

namespace quartic::sheet_test {
namespace {

TEST(Sheet, KeepsLabelsApartWithinThePanel) {
  constexpr double pixels = 560;
  std::vector<EndLabel> labels;
  for (std::size_t k = 0; k < 9; ++k)
    labels.push_back({k, "arm", k % 2 ? "k^{2} [1, 3]" : "", k < 5 ? 1.0 : 0.5});
  const std::vector<EndLabel> apart = spread(labels, pixels);
  double ceiling = 0;
  for (const EndLabel& label : apart) {
    const double low = label.height * pixels - (label.number.empty() ? 15 : 39),
                 high = label.height * pixels + 15;
    EXPECT_GE(low, ceiling - 1e-9);
    ceiling = high;
  }
  EXPECT_LE(ceiling, pixels + 1e-9);
}

double height_of(const std::string& script) {
  const std::size_t at = script.find("size ") + 5;
  return std::stod(script.substr(script.find(',', at) + 1));
}

TEST(Sheet, GrowsWithItsLabels) {
  Sheet sheet{
      .name = "p", .data = "d", .title = "", .source = "", .caption = "", .settings = "", .panels = {{}}};
  const double without = height_of(sheet_script(sheet));
  for (std::size_t k = 0; k < 60; ++k) sheet.panels[0].labels.push_back({k, "arm", "k^{2}", 0.5});
  EXPECT_GE(height_of(sheet_script(sheet)), without + 60 * 54 - 560);
}

TEST(Sheet, WrapsTitlesOfAnyLengthAndCutsNames) {
  std::string title;
  for (int k = 0; k < 60; ++k) title += "a title of many words ";
  const std::string name(200, 'x');
  Sheet sheet{.name = "p",
              .data = "d",
              .title = title,
              .source = "",
              .caption = title,
              .settings = "",
              .panels = {{"", {{0, name, "", 0.5}}, ""}}};
  const std::string script = sheet_script(sheet);
  EXPECT_EQ(script.find(name), std::string::npos);
  EXPECT_NE(script.find(std::string(43, 'x') + "\u2026'"), std::string::npos);
  for (std::size_t at = script.find("set label 10"); at != std::string::npos;
       at = script.find("set label 10", at + 1))
    EXPECT_LT(script.find('\n', at) - at, 330U);
}

TEST(Sheet, CutsNamesBetweenLettersAndNotWithin) {
  EXPECT_EQ(shortened("grün", 4), "grün");
  EXPECT_EQ(shortened("grün", 3), "gr\u2026");
  EXPECT_EQ(shortened("üüüü", 3), "üü\u2026");
}

}  // namespace
}  // namespace quartic::sheet_test
