#include "experiments/findings/total_flops.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace quartic::total_flops_test {
namespace {

double total(const Usage& usage, std::map<Measure, double> bill) {
  return total_flops(usage, [&](Measure measure) { return bill.at(measure); }).sum();
}

const std::map<Measure, double> whole = {{Measure::fit_flops, 100},
                                         {Measure::tuning_flops, 20},
                                         {Measure::pretraining_flops, 3000},
                                         {Measure::inference_flops, 7}};

TEST(TotalFlops, AddsWhatCameBeforeAndEveryUse) {
  EXPECT_EQ(total({}, whole), 100 + 20 + 3000);
  EXPECT_EQ(total({.uses = 1e6}, whole), 100 + 20 + 3000 + 7e6);
  EXPECT_EQ(total({.uses = 10, .pretraining_shared_by = 30}, whole), 100 + 20 + 100 + 70);
}

TEST(TotalFlops, AreNotKnownWhereAPartThatCountsIsNot) {
  auto bill = whole;
  bill[Measure::inference_flops] = nan;
  EXPECT_EQ(total({}, bill), 3120) << "nobody uses the rule";
  EXPECT_TRUE(std::isnan(total({.uses = 1}, bill)));
  bill[Measure::pretraining_flops] = nan;
  EXPECT_TRUE(std::isnan(total({}, bill)));
}

TEST(TotalFlops, AreCountedWhereAFitHasNone) {
  Cube cube({.cells = 2, .arms = {"a", "b"}, .sizes = {5, 10}, .replicates = 3});
  EXPECT_EQ(count_unbilled(cube), 0) << "nothing ran";
  const Slot older{.cell = 1, .arm = 0, .size = 1, .replicate = 2}, newer{.arm = 1};
  for (const Slot& slot : {older, newer}) {
    cube.set(slot, Measure::status, 0);
    cube.set(slot, Measure::fit_flops, 100);
  }
  cube.set(newer, Measure::pretraining_flops, 0);
  cube.set({.arm = 1, .size = 1}, Measure::status, static_cast<double>(FitStatus::failed));
  EXPECT_EQ(count_unbilled(cube), 1);
}

}  // namespace
}  // namespace quartic::total_flops_test
