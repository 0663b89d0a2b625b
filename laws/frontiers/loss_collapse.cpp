#include "laws/frontiers/loss_collapse.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace quartic {
namespace {

/// Logarithms, of points that have weight.
struct Points {
  Eigen::ArrayXd size, computing, loss, root;
};

/// Those with weight and a loss within reach of the least that no more computing gave.
std::vector<Index> used_points(const LossGrid& grid, const CollapseOptions& options) {
  constexpr double alike = 1.01;
  const Eigen::ArrayXd computing = grid.sizes.array() * grid.steps.array(),
                       loss = grid.losses.array() - options.floor;
  std::vector<Index> used;
  for (Index i = 0; i < loss.size(); ++i) {
    double least = loss[i];
    for (Index j = 0; j < loss.size(); ++j)
      if (grid.weights[j] > 0 && computing[j] <= alike * computing[i]) least = std::min(least, loss[j]);
    if (grid.weights[i] > 0 && !(loss[i] > options.within * least)) used.push_back(i);
  }
  return used;
}

Points prepared(const LossGrid& grid, const CollapseOptions& options) {
  const std::vector<Index> used = used_points(grid, options);
  const Eigen::ArrayXd size = grid.sizes(used).array().log(), steps = grid.steps(used).array().log();
  return {size, size + steps, (grid.losses(used).array() - options.floor).log(),
          grid.weights(used).array().sqrt()};
}

/// Of the ratio log N - s log C.
struct Unit {
  double centre, half;
};
Unit make_unit(const Eigen::ArrayXd& ratio) {
  const double low = ratio.minCoeff(), high = ratio.maxCoeff();
  return {(low + high) / 2, std::max((high - low) / 2, 1e-12)};
}

/// Columns: the powers 0 .. degree of the ratio, then log C.
struct Fitted {
  Vector p;
  double squares;
};

Fitted fit_at(const Points& points, Index degree, double s) {
  const Eigen::ArrayXd ratio = points.size - s * points.computing;
  const Unit unit = make_unit(ratio);
  Eigen::MatrixXd design(ratio.size(), degree + 2);
  design.col(0) = points.root.matrix();
  for (Index k = 1; k <= degree; ++k)
    design.col(k) = design.col(k - 1).array() * ((ratio - unit.centre) / unit.half);
  design.col(degree + 1) = (points.root * (points.computing - points.computing.mean())).matrix();
  const Vector right = (points.root * points.loss).matrix();
  Vector p = design.colPivHouseholderQr().solve(right);
  const double squares = (right - design * p).squaredNorm();
  return {std::move(p), squares};
}

/// Where squares(s) is least.
double best_exponent(const Points& points, Index degree) {
  constexpr double width = 0.025;
  const auto squares = [&](double s) { return fit_at(points, degree, s).squares; };
  double best = 0, least = squares(0);
  for (double s = width; s < 1 + width / 2; s += width)
    if (const double here = squares(s); here < least) best = s, least = here;
  double low = best - width, high = best + width;
  while (high - low > 1e-7) {
    const double cut = (high - low) / std::numbers::phi, left = high - cut, right = low + cut;
    if (squares(left) < squares(right))
      high = right;
    else
      low = left;
  }
  return (low + high) / 2;
}

}  // namespace

LossCollapse fit_loss_collapse(const LossGrid& grid, const CollapseOptions& options) {
  LossCollapse collapse;
  if (!((grid.losses.array() > options.floor) || (grid.weights.array() == 0)).all()) return collapse;
  const Points points = prepared(grid, options);
  if (points.loss.size() < options.degree + 4 || !points.loss.allFinite() || !points.computing.allFinite())
    return collapse;
  collapse.size_exponent = best_exponent(points, options.degree);
  collapse.loss_exponent = -fit_at(points, options.degree, collapse.size_exponent).p[options.degree + 1];
  return collapse;
}

}  // namespace quartic
