// Coverage of what a law in two causes tells, on tables of some budgets of computing.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "core/random/stream.hpp"
#include "laws/frontiers/two_causes_jackknife.hpp"

namespace quartic::two_causes_jackknife_statistics {
namespace {

/// Besiroglu et al. 2024.
constexpr TwoCauseLaw planted{1.817, 482, 0.348, 2085, 0.366};

/// Budgets from 6e18 operations, tenfold apart or what is left of three decades, each spent on models from a
/// tenth of the best size to ten times it; or single rows of each, or several replicates.
struct Design {
  Index budgets, sizes, replicates;
  double spread;
};

struct Drawn {
  TwoCauseRows rows;
  std::vector<std::string> replicates;
};

Drawn draw(const Design& design, Stream stream) {
  const Index count = design.budgets * design.sizes * design.replicates;
  Drawn drawn{{Vector(count), Vector(count), Vector(count), {}, {}}, {}};
  const TwoCauseFrontier best = planted.frontier({6, 1, 1});
  Index row = 0;
  for (Index budget = 0; budget < design.budgets; ++budget)
    for (Index size = 0; size < design.sizes; ++size)
      for (Index replicate = 0; replicate < design.replicates; ++replicate, ++row) {
        const double C =
            6e18 * std::pow(1e3, static_cast<double>(budget) / static_cast<double>(design.budgets - 1));
        const double N =
            best.first_scale * std::pow(C, best.first_power) *
            std::pow(100, static_cast<double>(size) / static_cast<double>(design.sizes - 1) - 0.5);
        drawn.rows.first[row] = N;
        drawn.rows.second[row] = C / (6 * N);
        drawn.rows.values[row] = planted.at(N, C / (6 * N)) * std::exp(design.spread * stream.normal());
        drawn.replicates.push_back(std::to_string(replicate));
      }
  drawn.rows.units = design.replicates > 1 ? units_named(drawn.replicates) : single_rows(count);
  return drawn;
}

/// Shares of tables whose intervals hold the truth, among those that have one.
std::map<std::string, double> coverage(const Design& design, int tables, const TwoCauseRowOptions& options) {
  std::map<std::string, double> held, told;
  const auto count = [&](const std::string& name, const Interval& interval, double truth) {
    if (std::isnan(interval.low)) return;
    told[name] += 1;
    held[name] += interval.low <= truth && truth <= interval.high;
  };
  const TwoCauseFrontier best = planted.frontier();
  for (int table = 0; table < tables; ++table) {
    const TwoCauseJackknife found =
        jackknife_rows(draw(design, Stream(21).child(static_cast<std::uint64_t>(table))).rows, options);
    count("E", found.of(&TwoCauseLaw::floor), planted.floor);
    count("a", found.of(&TwoCauseLaw::first_exponent), planted.first_exponent);
    count("b", found.of(&TwoCauseLaw::second_exponent), planted.second_exponent);
    count("slope", found.of(&TwoCauseFrontier::slope), best.slope);
    count("parameters", found.of(&TwoCauseFrontier::first_power), best.first_power);
    count("data", found.of(&TwoCauseFrontier::second_power), best.second_power);
  }
  std::map<std::string, double> shares{{"told", told["slope"] / tables}};
  for (const auto& [name, number] : held) shares[name] = number / told[name];
  return shares;
}

void expect_coverage(const Design& design, int tables, const TwoCauseRowOptions& options = {}) {
  const double tolerance = 5 * std::sqrt(0.95 * 0.05 / tables);
  for (const auto& [name, share] : coverage(design, tables, options)) {
    if (name == "told")
      EXPECT_GT(share, 0.95) << design.budgets << " budgets";
    else
      EXPECT_NEAR(share, 0.95, tolerance) << name << ", " << design.budgets << " budgets";
  }
}

TEST(TwoCauseJackknifeStatistics, HoldsTheTruthOverSingleRows) {
  for (const Index budgets : {2, 3, 4}) expect_coverage({budgets, 12, 1, 0.005}, 400);
}

TEST(TwoCauseJackknifeStatistics, HoldsTheTruthOverReplicates) {
  for (const Index budgets : {2, 3, 4}) expect_coverage({budgets, 8, 10, 0.01}, 400);
}

TEST(TwoCauseJackknifeStatistics, HoldsTheTruthUnderHubersLoss) {
  expect_coverage({4, 30, 1, 0.005}, 200, {.fit = {.delta = 1e-3}});
}

}  // namespace
}  // namespace quartic::two_causes_jackknife_statistics
