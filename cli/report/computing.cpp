#include <fmt/format.h>

#include <cmath>

#include "cli/report/report.hpp"
#include "cli/terminal/text.hpp"

namespace quartic {

namespace {

/// Sum over everything that was measured.
double total(const Cube& cube, Index arm, Measure measure) {
  double sum = 0;
  for (Index cell = 0; cell < cube.axes().cells; ++cell) {
    const Matrix values = cube.measure(cell, arm, measure);
    for (Index k = 0; k < values.size(); ++k) sum += std::isnan(values.data()[k]) ? 0 : values.data()[k];
  }
  return sum;
}

std::vector<std::string> make_row(const Cube& cube, Index arm) {
  const Index last = static_cast<Index>(cube.axes().sizes.size()) - 1;
  const double one =
      cube.mean(0, Measure::fit_flops)(arm, last) + cube.mean(0, Measure::tuning_flops)(arm, last);
  const double fitting = total(cube, arm, Measure::fit_flops),
               tuning = total(cube, arm, Measure::tuning_flops);
  const double share = fitting + tuning > 0 ? 100 * tuning / (fitting + tuning) : 0;
  return {cube.axes().arms[static_cast<std::size_t>(arm)], short_number(one), short_number(fitting + tuning),
          fmt::format("{:.0f} %", share)};
}

}  // namespace

std::string computing_text(const ReportInput& input, const Console& console) {
  const Cube& cube = input.result.cube;
  const std::string largest = fmt::format("one fit at n = {}", with_thousands(cube.axes().sizes.back()));
  std::vector<std::vector<std::string>> rows;
  for (std::size_t arm = 0; arm < cube.axes().arms.size(); ++arm)
    rows.push_back(make_row(cube, static_cast<Index>(arm)));
  return console.paint.bold("Computing, in floating-point operations of fits done alone") + "\n" +
         aligned_table({"arm", largest, "all fits", "spent on tuning"}, rows) + "\n";
}

}  // namespace quartic
