#include "laws/frontiers/two_causes.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "laws/statistics/jackknife.hpp"
#include "laws/statistics/weights.hpp"

namespace quartic {
namespace {

using Five = Eigen::Matrix<double, 5, 1>;  // log e, log a, q, log b, r
using Three = Eigen::Vector3d;             // e, a, b

constexpr double least_exponent = 0.01, most_exponent = 5;
/// A term below a millionth of the least value counts as nothing.
constexpr double vanishing = -14;

/// The points in logarithms, sizes in units of their geometric means: those make the terms comparable.
struct Points {
  Eigen::ArrayXd first, second, log_y, weight;
  double first_unit = 0, second_unit = 0;
};

bool usable(const TwoCausePoints& points) {
  const auto positive = [](const Vector& values) { return (values.array() > 0).all() && values.allFinite(); };
  return (points.weights.array() > 0).count() >= 5 && (points.weights.array() >= 0).all() &&
         points.weights.allFinite() && positive(points.first) && positive(points.second) &&
         positive(points.values);
}

Points prepared(const TwoCausePoints& points) {
  std::vector<Index> used;
  for (Index i = 0; i < points.weights.size(); ++i)
    if (points.weights[i] > 0) used.push_back(i);
  Points kept{points.first(used).array().log(), points.second(used).array().log(),
              points.values(used).array().log(), points.weights(used)};
  kept.first_unit = kept.first.mean();
  kept.second_unit = kept.second.mean();
  kept.first -= kept.first_unit;
  kept.second -= kept.second_unit;
  return kept;
}

/// The least z'Gz - 2 h'z over z >= 0, by trying every set of positive ones (there are seven).
Three non_negative_minimum(const Eigen::Matrix3d& gram, const Three& right) {
  Three best = Three::Zero();
  double least = 0;
  for (unsigned set = 1; set < 8; ++set) {
    Eigen::Matrix3d part = Eigen::Matrix3d::Identity();
    Three side = Three::Zero();
    for (int i = 0; i < 3; ++i) {
      if ((set >> i & 1U) == 0) continue;
      side[i] = right[i];
      for (int j = 0; j < 3; ++j)
        if ((set >> j & 1U) != 0) part(i, j) = gram(i, j);
    }
    part.diagonal() *= 1 + 1e-12;
    const Three z = part.ldlt().solve(side);
    const double value = -side.dot(z);
    if ((z.array() >= 0).all() && value < least) least = value, best = z;
  }
  return best;
}

struct Candidate {
  double squares;
  Five p;
};

Five parameters(const Three& z, double q, double r, double nothing) {
  const auto log_or_nothing = [&](double value) { return std::max(std::log(value), nothing); };
  return Five{{log_or_nothing(z[0]), log_or_nothing(z[1]), q, log_or_nothing(z[2]), r}};
}

double squares_at(const Points& points, const Five& p) {
  const Eigen::ArrayXd y =
      std::exp(p[0]) + (p[1] - p[2] * points.first).exp() + (p[3] - p[4] * points.second).exp();
  return (points.weight * (points.log_y - y.log()).square()).sum();
}

/// Powers of one size over the grid of its exponent: a column for each.
constexpr std::array grid_exponents = {0.03, 0.08, 0.15, 0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 3.0};

Eigen::MatrixXd powers(const Eigen::ArrayXd& log_size, const Eigen::ArrayXd& relative) {
  Eigen::MatrixXd columns(log_size.size(), static_cast<Index>(grid_exponents.size()));
  for (std::size_t k = 0; k < grid_exponents.size(); ++k)
    columns.col(static_cast<Index>(k)) = (relative * (-grid_exponents[k] * log_size).exp()).matrix();
  return columns;
}

/// The grid's points, linear parameters projected, best first. Residuals are relative there: sqrt(w) (1 -
/// y/y_i).
std::vector<Candidate> starts(const Points& points) {
  const Eigen::ArrayXd root = points.weight.sqrt(), relative = root * (-points.log_y).exp();
  const Eigen::MatrixXd first = powers(points.first, relative), second = powers(points.second, relative);
  const Eigen::MatrixXd cross = first.transpose() * second;
  const Eigen::VectorXd first_one = first.transpose() * relative.matrix(),
                        second_one = second.transpose() * relative.matrix(),
                        first_right = first.transpose() * root.matrix(),
                        second_right = second.transpose() * root.matrix();
  const double one = relative.square().sum(), one_right = (relative * root).sum();
  const double nothing = points.log_y.minCoeff() + vanishing;
  std::vector<Candidate> candidates;
  for (Index i = 0; i < first.cols(); ++i)
    for (Index j = 0; j < second.cols(); ++j) {
      Eigen::Matrix3d gram;
      gram << one, first_one[i], second_one[j],                   //
          first_one[i], first.col(i).squaredNorm(), cross(i, j),  //
          second_one[j], cross(i, j), second.col(j).squaredNorm();
      const Three right{one_right, first_right[i], second_right[j]};
      const Three z = non_negative_minimum(gram, right);
      candidates.push_back({z.dot(gram * z) - 2 * right.dot(z),
                            parameters(z, grid_exponents[static_cast<std::size_t>(i)],
                                       grid_exponents[static_cast<std::size_t>(j)], nothing)});
    }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.squares < b.squares; });
  return candidates;
}

/// Residuals' normal equations at p.
struct Normal {
  Eigen::Matrix<double, 5, 5> matrix;
  Five gradient;
};

Normal normal_equations(const Points& points, const Five& p) {
  const Eigen::ArrayXd first = (p[1] - p[2] * points.first).exp(),
                       second = (p[3] - p[4] * points.second).exp(), y = std::exp(p[0]) + first + second;
  Eigen::Matrix<double, Eigen::Dynamic, 5> jacobian(y.size(), 5);
  jacobian.col(0) = (std::exp(p[0]) / y).matrix();
  jacobian.col(1) = (first / y).matrix();
  jacobian.col(2) = (-points.first * first / y).matrix();
  jacobian.col(3) = (second / y).matrix();
  jacobian.col(4) = (-points.second * second / y).matrix();
  const Eigen::Matrix<double, Eigen::Dynamic, 5> weighted = points.weight.matrix().asDiagonal() * jacobian;
  return {weighted.transpose() * jacobian, weighted.transpose() * (points.log_y - y.log()).matrix()};
}

Five bounded(Five p, double nothing) {
  for (const int k : {0, 1, 3}) p[k] = std::clamp(p[k], nothing, 700.);
  for (const int k : {2, 4}) p[k] = std::clamp(p[k], least_exponent, most_exponent);
  return p;
}

/// Levenberg (1944) and Marquardt (1963), within the bounds.
Candidate refine(const Points& points, Candidate start, int steps) {
  const double nothing = points.log_y.minCoeff() + vanishing;
  double damping = 1e-3;
  start.squares = squares_at(points, start.p);
  for (int k = 0; k < steps; ++k) {
    const Normal normal = normal_equations(points, start.p);
    Candidate next = start;
    bool better = false;
    for (; damping < 1e10 && !better; damping *= better ? 0.1 : 10) {
      Eigen::Matrix<double, 5, 5> damped = normal.matrix;
      damped.diagonal().array() += damping * (normal.matrix.diagonal().array() + 1e-9);
      next.p = bounded(start.p + damped.ldlt().solve(normal.gradient), nothing);
      next.squares = squares_at(points, next.p);
      better = next.squares < start.squares;
    }
    if (!better) break;
    const double gained = start.squares - next.squares;
    start = next;
    damping = std::max(damping, 1e-14);
    if (gained <= 1e-12 * start.squares) break;
  }
  return start;
}

Candidate best_fit(const Points& points) {
  constexpr std::size_t tried = 3;
  constexpr int first_steps = 8, steps = 200;
  std::vector<Candidate> candidates = starts(points);
  candidates.resize(tried);
  for (Candidate& candidate : candidates) candidate = refine(points, candidate, first_steps);
  const auto best =
      std::min_element(candidates.begin(), candidates.end(),
                       [](const Candidate& a, const Candidate& b) { return a.squares < b.squares; });
  return refine(points, *best, steps);
}

bool at_an_edge(const Points& points, const Five& p) {
  const double nothing = points.log_y.minCoeff() + vanishing + 0.2;
  const auto ends = [](double q) { return q <= least_exponent || q >= most_exponent; };
  return p[0] <= nothing || p[1] <= nothing || p[3] <= nothing || ends(p[2]) || ends(p[4]);
}

}  // namespace

double TwoCauseLaw::at(double n, double p) const {
  return floor + first_scale * std::pow(n, -first_exponent) + second_scale * std::pow(p, -second_exponent);
}

TwoCauseFit fit_two_causes(const TwoCausePoints& points) {
  TwoCauseFit fit;
  fit.residuals = Vector::Constant(points.values.size(), std::numeric_limits<double>::quiet_NaN());
  if (!usable(points)) return fit;
  const Points used = prepared(points);
  const Candidate best = best_fit(used);
  const Five& p = best.p;
  const double nothing = used.log_y.minCoeff() + vanishing + 0.2;
  const auto scale = [&](double log_scale, double shift) {
    return log_scale <= nothing ? 0 : std::exp(log_scale + shift);
  };
  fit.law = {scale(p[0], 0), scale(p[1], p[2] * used.first_unit), p[2], scale(p[3], p[4] * used.second_unit),
             p[4]};
  fit.squares = best.squares;
  for (Index i = 0; i < points.values.size(); ++i)
    fit.residuals[i] = std::log(points.values[i]) - std::log(fit.law.at(points.first[i], points.second[i]));
  fit.at_edge = at_an_edge(used, p);
  return fit;
}

TwoCauseExponents two_cause_exponents(const TwoCauseTable& table, Average average, double confidence) {
  const Index blocks = jackknife_blocks(table.errors.rows());
  const Resampled averages = resample(table.errors, {average, blocks});
  TwoCausePoints points{table.first, table.second, {}, log_average_weights(table.errors, average)};
  std::vector<TwoCauseFit> fits;
  for (Index row = 0; row <= blocks; ++row) {
    points.values = averages.averages.row(row).transpose();
    fits.push_back(fit_two_causes(points));
  }
  const auto interval = [&](double TwoCauseLaw::*slope) {
    const Statistic statistic = [&](Index row) { return fits[static_cast<std::size_t>(row)].law.*slope; };
    return jackknife(statistic, {blocks, averages.degrees, confidence});
  };
  return {fits[0], interval(&TwoCauseLaw::first_exponent), interval(&TwoCauseLaw::second_exponent)};
}

}  // namespace quartic
