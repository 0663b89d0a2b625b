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

/// "0 %", "over 99 %": all of it only where it is all.
std::string share_text(double part, double whole) {
  const double share = whole > 0 ? 100 * part / whole : 0;
  return share > 99 && part < whole ? "over 99 %" : fmt::format("{:.0f} %", share);
}

std::vector<std::string> make_row(const ReportInput& input, Index arm) {
  const Cube& cube = input.result.cube;
  const Index last = cube.largest_size();
  const double one =
      cube.mean(0, Measure::fit_flops)(arm, last) + cube.mean(0, Measure::tuning_flops)(arm, last);
  const double fitting = total(cube, arm, Measure::fit_flops),
               tuning = total(cube, arm, Measure::tuning_flops);
  return {starred(input.study, cube.axes().arms[static_cast<std::size_t>(arm)]), short_number(one),
          short_number(fitting + tuning), share_text(tuning, fitting + tuning)};
}

}  // namespace

std::string computing_text(const ReportInput& input, const Console& console) {
  const Cube& cube = input.result.cube;
  const Index n = cube.axes().sizes[static_cast<std::size_t>(cube.largest_size())];
  const std::string largest = fmt::format("mean fit at n = {}", with_thousands(n));
  std::vector<std::vector<std::string>> rows;
  for (std::size_t arm = 0; arm < cube.axes().arms.size(); ++arm)
    rows.push_back(make_row(input, static_cast<Index>(arm)));
  return console.paint.bold("Computing, in floating-point operations of fits done alone") + "\n" +
         aligned_table({"arm", largest, "all fits", "spent on tuning"}, rows) + "\n";
}

}  // namespace quartic
