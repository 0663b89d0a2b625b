/// Least squares whose small coefficients are cut, against plain simulations.
#include <gtest/gtest.h>

#include <vector>

#include "laws/theory/pruning.hpp"
#include "tests/support/task_simulation.hpp"

namespace quartic::pruning_statistics {
namespace {

using testing::draw_rows;
using testing::least_squares;
using testing::RunningMean;
using testing::TaskRows;

struct Setting {
  PruningDesign design;
  double threshold = 0;
  int replicates = 1000;
};

struct Means {
  RunningMean risk, kept;
};

Means simulate(const Setting& setting) {
  const auto d = static_cast<Index>(setting.design.columns), n = static_cast<Index>(setting.design.rows);
  Vector b = Vector::Zero(d);
  b.head(setting.design.coefficients.size()) = setting.design.coefficients;
  Means means;
  for (int r = 0; r < setting.replicates; ++r) {
    const TaskRows rows = draw_rows(b, n, std::sqrt(setting.design.noise_variance),
                                    Stream(18).child(static_cast<std::uint64_t>(r)));
    const Vector learned = least_squares(rows.x, rows.y);
    const Vector cut = (learned.array().abs() > setting.threshold).select(learned, 0);
    means.risk.add((cut - b).squaredNorm());
    means.kept.add(static_cast<double>((cut.array() != 0).count()));
  }
  return means;
}

TEST(PruningTheory, HasTheRisksOfSimulation) {
  const std::vector<Setting> settings = {
      {{.rows = 400, .columns = 100}, 0.25},  // the golden settings
      {{.rows = 100, .columns = 300}, 0.3},
      {{.rows = 150, .columns = 100, .coefficients = Vector::Constant(20, 0.5)}, 0.2},
      {{.rows = 200, .columns = 60, .coefficients = Vector{{2, 1, 0.5, 0.25, 0.1}}, .noise_variance = 4},
       0.4},
      {{.rows = 50, .columns = 200, .coefficients = Vector::Constant(20, 1), .noise_variance = 0.25}, 0.2},
      {{.rows = 150, .columns = 250, .coefficients = Vector::Constant(30, -0.5)}, 0.15},
      {{.rows = 30, .columns = 120, .coefficients = Vector::Constant(120, 0.2), .noise_variance = 0.5}, 0.05},
      {{.rows = 90, .columns = 60, .coefficients = Vector::Constant(6, 1), .noise_variance = 0.36},
       0.35,
       4000},
      {{.rows = 70, .columns = 60, .coefficients = Vector::Constant(6, 1), .noise_variance = 0.36},
       0.35,
       4000}};
  for (std::size_t k = 0; k < settings.size(); ++k) {
    const Setting& setting = settings[k];
    const Means means = simulate(setting);
    const double risk = pruned_risk(setting.design, setting.threshold);
    const double kept = kept_by_pruning(setting.design, setting.threshold);
    EXPECT_NEAR(means.risk.errors_above(risk), 0, 5) << k << ": " << means.risk.mean() << " where " << risk;
    EXPECT_NEAR(means.kept.errors_above(kept), 0, 5) << k << ": " << means.kept.mean() << " where " << kept;
    EXPECT_LT(means.risk.standard_error(), 0.03 * risk) << k;
  }
}

}  // namespace
}  // namespace quartic::pruning_statistics
