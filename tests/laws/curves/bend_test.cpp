#include "laws/curves/bend.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/stream.hpp"

namespace quartic::bend_test {
namespace {

/// Rows evenly apart on a logarithmic axis from 50 to 6,400, errors by a law with log-normal scatter.
template <class Law>
LawPoints rows(Index count, double spread, Stream stream, const Law& law) {
  LawPoints points{Vector(count), Vector(count), Vector::Ones(count)};
  for (Index k = 0; k < count; ++k) {
    points.sizes[k] = 50 * std::pow(128, static_cast<double>(k) / static_cast<double>(count - 1));
    points.values[k] = law(points.sizes[k]) * std::exp(spread * stream.normal());
  }
  return points;
}

TEST(BendOfRows, IsSeldomSeenInAPowerLaw) {
  constexpr int tables = 1000;
  for (const double slope : {0., 0.1, 0.25, 1.})
    for (const Index count : {6, 12, 30})
      for (const double spread : {0.05, 0.2, 0.5}) {
        int bent = 0;
        for (int seed = 0; seed < tables; ++seed)
          bent += !find_bend_of_rows(
                       rows(count, spread, Stream(seed), [&](double n) { return std::pow(n, -slope); }), "n")
                       .empty();
        EXPECT_LE(bent, 20) << slope << " " << count << " " << spread << ": 10 are expected at most";
      }
}

TEST(BendOfRows, IsSeenInAPeakAndInATrough) {
  const auto peak = [](double n) { return n < 400 ? std::sqrt(n) : 4000 / n; };
  const auto trough = [](double n) { return std::exp(std::abs(std::log(n / 500))); };
  for (int seed = 0; seed < 20; ++seed) {
    EXPECT_NE(find_bend_of_rows(rows(12, 0.05, Stream(seed), peak), "n").find("and falls beyond"),
              std::string::npos);
    EXPECT_NE(find_bend_of_rows(rows(12, 0.05, Stream(seed), trough), "flops").find("rises from flops = "),
              std::string::npos);
  }
}

TEST(BendOfRows, DoesNotDependOnTheOrderOfRows) {
  LawPoints points = rows(12, 0.05, Stream(3), [](double n) { return n < 400 ? n : 160000 / n; });
  const std::string one = find_bend_of_rows(points, "n");
  EXPECT_NE(one, "");
  points.sizes.reverseInPlace();
  points.values.reverseInPlace();
  EXPECT_EQ(find_bend_of_rows(points, "n"), one);
}

TEST(BendOfRows, NeedsSixRowsOfMoreThanOneSize) {
  EXPECT_EQ(find_bend_of_rows(rows(5, 0, Stream(1), [](double n) { return n < 400 ? n : 1 / n; }), "n"), "");
  LawPoints alike = rows(12, 0.5, Stream(1), [](double) { return 1.; });
  alike.sizes.setConstant(100);
  EXPECT_EQ(find_bend_of_rows(alike, "n"), "");
}

TEST(Bend, OfAveragesIsSeenWhereItIsSure) {
  const Vector values = Eigen::Vector4d(1, 2, 0.5, 0.2), sizes = Eigen::Vector4d(1, 2, 3, 4);
  EXPECT_NE(find_bend({sizes, values, Vector::Constant(4, 1e4)}).find("rises from n = 1 to n = 2 and falls"),
            std::string::npos);
  EXPECT_EQ(find_bend({sizes, values, Vector::Constant(4, 1)}), "");
}

}  // namespace
}  // namespace quartic::bend_test
