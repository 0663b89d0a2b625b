/// Directions learned from many tasks, against plain simulations.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "laws/theory/shared_subspace.hpp"
#include "tests/support/task_simulation.hpp"

namespace quartic::shared_subspace_statistics {
namespace {

using testing::draw_rows;
using testing::least_squares;
using testing::normals;
using testing::RunningMean;
using testing::TaskRows;

Index whole(double count) {
  return static_cast<Index>(count);
}

Matrix random_matrix(Index rows, Index columns, const Stream& stream) {
  Matrix m(rows, columns);
  for (Index j = 0; j < columns; ++j) m.col(j) = normals(rows, stream.child(static_cast<std::uint64_t>(j)));
  return m;
}

// k orthonormal columns.
Matrix random_frame(Index rows, Index k, const Stream& stream) {
  return Eigen::HouseholderQR<Eigen::MatrixXd>(random_matrix(rows, k, stream)).householderQ() *
         Eigen::MatrixXd::Identity(rows, k);
}

Matrix learned_tasks(const Matrix& tasks, const SubspaceDesign& design, const Stream& stream) {
  Matrix learned(tasks.rows(), tasks.cols());
  for (Index t = 0; t < tasks.cols(); ++t) {
    const TaskRows rows =
        draw_rows(tasks.col(t), whole(design.source_rows), std::sqrt(design.source_noise_variance),
                  stream.child(static_cast<std::uint64_t>(t)));
    learned.col(t) = least_squares(rows.x, rows.y);
  }
  return learned;
}

struct Means {
  std::vector<RunningMean> recall;
  RunningMean risk;
};

/// Tasks B diag(strengths) V', V of orthonormal rows of length sqrt(T): their singular values are those of the design.
Means simulate(const SubspaceDesign& design, int replicates, int targets) {
  const Index d = whole(design.columns), T = whole(design.tasks), k = design.strengths.size();
  Means means{std::vector<RunningMean>(static_cast<std::size_t>(k)), {}};
  for (int r = 0; r < replicates; ++r) {
    const Stream stream = Stream(17).child(static_cast<std::uint64_t>(r));
    const Matrix directions = random_frame(d, k, stream.child("directions"));
    const Matrix tasks = directions * design.strengths.asDiagonal() *
                         (std::sqrt(design.tasks) * random_frame(T, k, stream.child("tasks"))).transpose();
    const Matrix learned = learned_tasks(tasks, design, stream.child("sources"));
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> squares(learned * learned.transpose());
    const Matrix found = squares.eigenvectors().rightCols(k);
    for (Index i = 0; i < k; ++i)
      means.recall[static_cast<std::size_t>(i)].add((found.transpose() * directions.col(i)).squaredNorm());
    RunningMean risk;
    for (int j = 0; j < targets; ++j) {
      const Stream target = stream.child("target").child(static_cast<std::uint64_t>(j));
      const Vector w = directions * normals(k, target.child("a")).cwiseProduct(design.loadings.cwiseSqrt());
      const TaskRows rows = draw_rows(w, whole(design.rows), std::sqrt(design.noise_variance), target);
      risk.add((found * least_squares(rows.x * found, rows.y) - w).squaredNorm());
    }
    means.risk.add(risk.mean());
  }
  return means;
}

TEST(SubspaceTheory, HasTheRecallAndTheRisksOfSimulation) {
  const std::vector<SubspaceDesign> designs = {{.source_noise_variance = 4},  // the golden setting
                                               {.source_noise_variance = 1, .rows = 10},
                                               {.columns = 60,
                                                .tasks = 300,
                                                .source_rows = 90,
                                                .strengths = Vector{{2, 1, 0.5}},
                                                .loadings = Vector{{1, 1, 1}}},
                                               {.columns = 80,
                                                .tasks = 40,
                                                .source_rows = 120,
                                                .strengths = Vector{{1.5, 1}},
                                                .loadings = Vector{{0.5, 2}}},
                                               {.columns = 100,
                                                .tasks = 100,
                                                .source_rows = 300,
                                                .source_noise_variance = 9,
                                                .strengths = Vector{{1}},
                                                .loadings = Vector{{1}},
                                                .noise_variance = 0.1},
                                               {.columns = 100,
                                                .tasks = 100,
                                                .source_rows = 150,
                                                .source_noise_variance = 4,
                                                .strengths = Vector{{2, 0.1}},
                                                .loadings = Vector{{1, 1}}}};  // the second is not found
  for (std::size_t k = 0; k < designs.size(); ++k) {
    const SubspaceDesign& design = designs[k];
    const Means means = simulate(design, 16, 200);
    const Vector recall = subspace_recall(design);
    for (Index i = 0; i < recall.size(); ++i) {
      const RunningMean& found = means.recall[static_cast<std::size_t>(i)];
      EXPECT_NEAR(found.errors_above(recall[i]), 0, 5)
          << k << " " << i << " " << found.mean() << " " << recall[i];
    }
    const double risk = subspace_risk(design);
    EXPECT_NEAR(means.risk.errors_above(risk), 0, 5) << k << " " << means.risk.mean() << " " << risk;
    EXPECT_LT(means.risk.standard_error(), 0.05 * risk) << k;
  }
}

}  // namespace
}  // namespace quartic::shared_subspace_statistics
